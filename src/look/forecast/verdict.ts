import type { Gain, Rise, Verdict } from './types';

/** How sure a verdict must be. */
const SURE = 0.9;
/** A training error of at least this part of the test error, both over the level that can be reached, is bias. */
const MOST = 0.5;

/** What a verdict rests on. */
export interface VerdictFacts {
  readonly rises: readonly Rise[];
  /** Of twice the data. */
  readonly double: Gain;
  /** That four times the data bring less than the smallest gain that counts. */
  readonly flat: number;
  readonly error: number;
  /** Lower end of the interval of the error. */
  readonly lowError: number;
  /** Training error at the largest size; NaN where it is not known. */
  readonly train: number;
  /** Error that can be reached: human level, noise floor, or 0. */
  readonly reachable: number;
  readonly smallestGain: number;
}

/** Returns the answer to "would more data help?". */
export function verdictOf(facts: VerdictFacts): Verdict {
  const { rises, double, flat, error, lowError, train, reachable, smallestGain } = facts;
  if (rises.length > 0) return 'ill-behaved';
  if (double.probability >= SURE) return 'more-data-helps';
  if (!(flat >= SURE)) return 'cannot-tell';
  const arrived = !(lowError > reachable + smallestGain);
  if (arrived || Number.isNaN(train)) return 'saturated';
  // A flat curve far above the training error is variance, which often gives way later: wine and breast cancer did.
  return train - reachable >= MOST * (error - reachable) ? 'limited-by-bias' : 'cannot-tell';
}
