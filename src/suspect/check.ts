import type { CauseWeights } from '../confirm/causes';
import type { RunLog } from '../build/types';
import type { DifficultySlices } from '../look/types';
import type { Predictions } from '../metrics/types';
import type { FindingData, Measure, Need, Reference } from './types';

/** What a check may look at; parts that lack are null. */
export interface CheckInput {
  readonly log: RunLog;
  readonly predictions: Predictions | null;
  readonly slices: DifficultySlices | null;
}

/**
 * How the score of a symptom is to be read: `z`, standard errors beyond what is expected; `size`, in the unit of the check;
 * `fact`, 1 where it is so. Below `least` it is not worth telling, however sure it is; of `z` the quantile that the level
 * asks for counts too. The calibration may ask for more.
 */
export interface Symptom {
  readonly scale: 'z' | 'size' | 'fact';
  readonly least: number;
}

/** A finding before its words, its rates and its causes' sentences are added. Told where its score reaches the threshold. */
export interface Suspicion extends Pick<
  FindingData,
  'code' | 'severity' | 'where' | 'evidence' | 'interval'
> {
  /** How strange it is; higher is stranger, NaN cannot be told. */
  readonly score: number;
  readonly causes: CauseWeights;
}

/** What a check concludes from its own measure: what it suspects, however faintly, or that the measure does not decide it. */
export type Verdict =
  | { readonly status: 'judged'; readonly suspicions: readonly Suspicion[] }
  | { readonly status: 'cannot-tell'; readonly reason: string };

/** One question put to a run: numbers first, thresholds second, words never. */
export interface Check<M extends Measure = Measure> {
  readonly id: string;
  readonly title: string;
  readonly question: string;
  readonly needs: readonly Need[];
  readonly references: readonly Reference[];
  /** Every code that it may suspect. */
  readonly symptoms: Readonly<Record<string, Symptom>>;
  measure(input: CheckInput): M;
  judge(measure: M): Verdict;
}

/** Verdict: these look strange, each as much as its score says. */
export function suspect(...suspicions: readonly (Suspicion | false | null)[]): Verdict {
  return { status: 'judged', suspicions: suspicions.filter((one): one is Suspicion => Boolean(one)) };
}

/** Verdict: looked, and all is in order. */
export const NOTHING_FOUND: Verdict = { status: 'judged', suspicions: [] };

/** Verdict: looked, and the data does not decide it. */
export function cannotTell(reason: string): Verdict {
  return { status: 'cannot-tell', reason };
}
