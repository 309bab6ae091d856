import { check, checkOptions, checkSameLength, boolean, numberIn, numbers } from '../core/options';
import { studentTQuantile } from './student-t-quantile';

/** Options of {@link pairedDifference}. */
export interface PairedDifferenceOptions {
  /** The values are shares from 0 to 1 (right or wrong, or means of that over seeds); defaults to false. */
  readonly shares?: boolean;
  /** Variance of the difference that comes from elsewhere than the examples, such as the seeds; defaults to 0. */
  readonly otherVariance?: number;
  /** Confidence level strictly between 0 and 1; defaults to 0.95. */
  readonly level?: number;
}

/** A mean difference with the interval that luck alone would give it. */
export interface PairedDifference {
  readonly difference: number;
  /** Both NaN for fewer than two pairs of values that are no shares. */
  readonly interval: readonly [number, number];
  readonly n: number;
}

/**
 * Returns the mean of `first − second` over the same examples with its interval. What both models find easy or hard cancels
 * out, so it is narrower than two intervals side by side. Student's t for values; for shares Agresti and Min's interval, as if
 * each model had been the only right one in half an example more, which keeps its level for few disagreements.
 *
 * @param first one value an example, any unit
 * @param second the other model's, in the same order
 * @returns difference and interval in the unit of the values
 * @throws InputError `length-mismatch`, `invalid-type`, `out-of-range`, `unknown-option`
 * @example
 * pairedDifference([1, 1, 0, 1], [1, 0, 0, 1], { shares: true }).difference // => 0.25
 * @see Alan Agresti & Yongyi Min, "Simple improved confidence intervals for comparing matched proportions", 2005
 */
export function pairedDifference(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  options: PairedDifferenceOptions = {},
): PairedDifference {
  const fn = 'pairedDifference';
  check(fn, 'first', first, numbers);
  check(fn, 'second', second, numbers);
  checkSameLength(fn, { first: first.length, second: second.length });
  const {
    shares = false,
    otherVariance = 0,
    level = 0.95,
  } = checkOptions(fn, options, {
    shares: boolean,
    otherVariance: numberIn(0, Infinity),
    level: numberIn(0, 1, { open: true }),
  });
  const n = first.length;
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < n; i++) sum += first[i] - second[i];
  const difference = sum / n;
  const centre = shares ? sum / (n + 2) : difference;
  for (let i = 0; i < n; i++) squares += (first[i] - second[i] - centre) ** 2;
  // Two half examples on either side: (±1 − centre)², each counted once.
  if (shares) squares += (1 - centre) ** 2 / 2 + (1 + centre) ** 2 / 2 + centre ** 2;
  const variance = (shares ? squares / (n + 2) ** 2 : squares / (n - 1) / n) + otherVariance;
  const freedom = shares ? n + 1 : n - 1;
  const half = freedom > 0 && n > 0 ? studentTQuantile(0.5 + level / 2, freedom) * Math.sqrt(variance) : NaN;
  return { difference, interval: [centre - half, centre + half], n };
}
