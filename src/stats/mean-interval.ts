import { check, numberIn, numbers } from '../core/options';
import { studentTQuantile } from './student-t-quantile';

/** A mean with the interval that luck alone would give it. */
export interface MeanInterval {
  readonly mean: number;
  /** Both NaN for fewer than two values. */
  readonly interval: readonly [number, number];
  /** Standard error of the mean; NaN for fewer than two values. */
  readonly standardError: number;
  /** Values that count: those that are not NaN. */
  readonly n: number;
  /** NaN values left out. */
  readonly missing: number;
}

/**
 * Returns the mean of `values` with its Student t interval. Fit for means of many or of roughly normal values;
 * for a few heavily skewed ones prefer `bootstrapMean`. NaN values are left out and counted.
 *
 * @param values any unit
 * @param level confidence level strictly between 0 and 1; defaults to 0.95
 * @returns mean and interval in the unit of the values; NaN when there are none
 * @throws InputError `invalid-type`, `out-of-range`
 * @example
 * meanInterval([1, 2, 3]).interval.map((x) => x.toFixed(3)) // => ['-0.484', '4.484']
 * @see William Gosset ("Student"), "The probable error of a mean", 1908
 */
export function meanInterval(values: ArrayLike<number>, level = 0.95): MeanInterval {
  check('meanInterval', 'values', values, numbers);
  check('meanInterval', 'level', level, numberIn(0, 1, { open: true }));
  let n = 0;
  let mean = 0;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    const x = values[i];
    if (Number.isNaN(x)) continue;
    n++;
    const away = x - mean;
    mean += away / n;
    squares += away * (x - mean);
  }
  const missing = values.length - n;
  if (n < 2) return { mean: n === 0 ? NaN : mean, interval: [NaN, NaN], standardError: NaN, n, missing };
  const standardError = Math.sqrt(squares / (n - 1) / n);
  const half = standardError * studentTQuantile(0.5 + level / 2, n - 1);
  return { mean, interval: [mean - half, mean + half], standardError, n, missing };
}
