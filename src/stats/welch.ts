import { meanAndVariance, type Moments } from './moments';
import { studentTCdf } from './student-t-cdf';

/**
 * Returns how far the mean of a group lies above that of another, in standard errors, and the one-sided probability of
 * that by luck: Welch's t-test, which lets both spread differently.
 *
 * @param a the group that may be higher
 * @param b the other
 * @returns t, its degrees of freedom and p; NaN where a group has fewer than two numbers or nothing varies
 * @example
 * const moments = (xs) => ({ n: xs.length, sum: xs.reduce((s, x) => s + x, 0), squares: xs.reduce((s, x) => s + x * x, 0) });
 * const { t, df, pValue } = welch(moments([3, 4, 5]), moments([1, 2, 3]));
 * [t, df, pValue].map((x) => x.toFixed(3)) // => ['2.449', '4.000', '0.035']
 * @see Bernard Welch, "The generalization of Student's problem when several different population variances are involved", 1947
 */
export function welch(a: Moments, b: Moments): { t: number; df: number; pValue: number } {
  const [first, second] = [meanAndVariance(a), meanAndVariance(b)];
  const [u, v] = [first.variance / a.n, second.variance / b.n];
  const t = (first.mean - second.mean) / Math.sqrt(u + v);
  const df = (u + v) ** 2 / (u ** 2 / (a.n - 1) + v ** 2 / (b.n - 1));
  if (!Number.isFinite(t) || !Number.isFinite(df)) return { t: NaN, df: NaN, pValue: NaN };
  return { t, df, pValue: studentTCdf(-t, df) };
}
