import type { GroupDifference } from './difference-of-shares';
import { meanInterval } from './mean-interval';
import { studentTCdf } from './student-t-cdf';
import { studentTQuantile } from './student-t-quantile';

/**
 * Returns the difference of the means of two groups of different examples, with Welch's interval and test: the groups may
 * spread differently. NaN values are left out.
 *
 * @param first values of the first group
 * @param second values of the second group
 * @param level confidence level strictly between 0 and 1; defaults to 0.95
 * @returns first less second; interval and p-value are NaN with fewer than two values in a group, or where nothing spreads
 * @throws InputError `invalid-type`, `out-of-range`
 * @example
 * differenceOfMeans([3, 4, 5, 6, 7], [1, 2, 3]).interval.map((v) => v.toFixed(3)) // => ['0.755', '5.245']
 * @see Bernard Welch, "The generalization of Student's problem when several different population variances are involved", 1947
 */
export function differenceOfMeans(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  level = 0.95,
): GroupDifference {
  const a = meanInterval(first, level);
  const b = meanInterval(second, level);
  const difference = a.mean - b.mean;
  const va = a.standardError ** 2;
  const vb = b.standardError ** 2;
  const variance = va + vb;
  if (!(variance > 0)) return { difference, interval: [NaN, NaN], pValue: NaN };
  const df = variance ** 2 / (va ** 2 / (a.n - 1) + vb ** 2 / (b.n - 1));
  const error = Math.sqrt(variance);
  const half = error * studentTQuantile(0.5 + level / 2, df);
  return {
    difference,
    interval: [difference - half, difference + half],
    pValue: 2 * studentTCdf(-Math.abs(difference) / error, df),
  };
}
