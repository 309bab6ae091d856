import type { Warning } from '../core/warning';

/** How a learning rate is read off the curve of a range test. */
export type RateMethod = 'valley' | 'steepest' | 'minimum/10';

/** Why a range test suggests nothing. */
export type RateRefusal =
  | 'non-finite-at-start'
  | 'diverges-at-once'
  | 'already-learnt'
  | 'never-falls'
  | 'falls-only-at-the-end'
  | 'stopped';

/** A learning rate with how far the repeats lie apart. */
export interface SuggestedRate {
  /** Median over the repeats that suggest one. */
  readonly rate: number;
  /** Smallest and largest of theirs. */
  readonly range: readonly [number, number];
  /** Repeats that suggest one. */
  readonly n: number;
}

/** One range test. */
export interface RateCurve {
  readonly seed: number;
  /** Loss of each step's mini-batch before its update; may be shorter than `rates`. */
  readonly losses: readonly number[];
  /** The same, smoothed. */
  readonly smoothed: readonly number[];
  readonly stopped: 'completed' | 'diverged' | 'non-finite' | 'aborted';
  readonly suggestions: Readonly<Record<RateMethod, number>> | null;
  readonly reason: RateRefusal | null;
}

/** What the range tests of a model say of its learning rate. */
export interface LearningRateSearch {
  readonly kind: 'learning-rate-search';
  readonly name: string;
  /** By `method`; null where the curves say nothing. */
  readonly suggestion: number | null;
  readonly method: RateMethod;
  readonly suggestions: Readonly<Record<RateMethod, SuggestedRate>> | null;
  /** Why there is no suggestion; null where there is one. */
  readonly reason: { readonly code: RateRefusal; readonly message: string; readonly mend: string } | null;
  /** Learning rate of each step. */
  readonly rates: readonly number[];
  readonly curves: readonly RateCurve[];
  readonly n: number;
  readonly batchSize: number;
  readonly optimizer: string;
  readonly loss: string;
  /** How much of the smoothed loss is kept from step to step. */
  readonly smoothing: number;
  readonly seeds: readonly number[];
  /** What ran the steps. */
  readonly steps: 'plan' | 'autograd';
  readonly seconds: number;
  readonly warnings: readonly Warning[];
}
