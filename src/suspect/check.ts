import type { CauseWeights } from '../confirm/causes';
import type { SplitDuplicates } from '../confirm/duplicates';
import type { RunLog } from '../build/types';
import type { DifficultySlices } from '../look/types';
import type { Predictions } from '../metrics/types';
import type { FindingData, Measure, Need, Reference } from './types';

/** What a check may look at; parts that lack are null. */
export interface CheckInput {
  readonly log: RunLog;
  readonly predictions: Predictions | null;
  readonly slices: DifficultySlices | null;
  /** From the data of a live run. */
  readonly duplicates: SplitDuplicates | null;
}

/** How sure a check must be before it speaks up. */
export interface CheckOptions {
  /** Chance that this one check speaks up on a healthy run, as far as its statistics hold. */
  readonly alpha: number;
}

/** A finding before its words, its false-alarm rate and its causes' sentences are added. */
export interface Suspicion extends Pick<
  FindingData,
  'code' | 'severity' | 'where' | 'evidence' | 'interval'
> {
  readonly causes: CauseWeights;
}

/** What a check concludes from its own measure. */
export type Verdict =
  | { readonly status: 'found'; readonly suspicions: readonly Suspicion[] }
  | { readonly status: 'nothing-found' }
  | { readonly status: 'cannot-tell'; readonly reason: string };

/** One question put to a run: numbers first, thresholds second, words never. */
export interface Check<M extends Measure = Measure> {
  readonly id: string;
  readonly title: string;
  readonly question: string;
  readonly needs: readonly Need[];
  readonly references: readonly Reference[];
  measure(input: CheckInput): M;
  judge(measure: M, options: CheckOptions): Verdict;
}

/** Verdict: one or more things look strange. */
export function found(...suspicions: readonly Suspicion[]): Verdict {
  return { status: 'found', suspicions };
}

/** Verdict: looked, and all is in order. */
export const NOTHING_FOUND: Verdict = { status: 'nothing-found' };

/** Verdict: looked, and the data does not decide it. */
export function cannotTell(reason: string): Verdict {
  return { status: 'cannot-tell', reason };
}
