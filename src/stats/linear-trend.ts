import { check, checkSameLength, numbers } from '../core/options';
import { studentTCdf } from './student-t-cdf';

/** A weighted straight line with the test of its slope. */
export interface LinearTrend {
  readonly slope: number;
  readonly intercept: number;
  /** Of the slope, allowing unequal spread along x. */
  readonly standardError: number;
  /** slope / standardError; NaN where no slope can be tested. */
  readonly t: number;
  /** Two-sided, Student t with n − 2 degrees of freedom. */
  readonly pValue: number;
  readonly n: number;
}

/**
 * Returns the weighted least-squares line of y on x with a heteroscedasticity-robust (HC1) test of its slope.
 * For errors whose spread grows with their size; NaN with fewer than three points, one x only, or a perfect fit.
 *
 * @param x positions, length n
 * @param y values, length n
 * @param weights weights ≥ 0, length n; defaults to 1 each
 * @returns slope in units of y per unit of x
 * @throws InputError `invalid-type`, `length-mismatch`
 * @example
 * linearTrend([0, 1, 2, 3], [0, 2, 1, 3]).slope.toFixed(2) // => '0.80'
 * @see James MacKinnon & Halbert White, "Some heteroskedasticity-consistent covariance matrix estimators", 1985
 */
export function linearTrend(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  weights?: ArrayLike<number>,
): LinearTrend {
  const fn = 'linearTrend';
  check(fn, 'x', x, numbers);
  check(fn, 'y', y, numbers);
  if (weights !== undefined) check(fn, 'weights', weights, numbers);
  const n = x.length;
  checkSameLength(fn, { x: n, y: y.length, ...(weights && { weights: weights.length }) });
  const w = (i: number): number => weights?.[i] ?? 1;
  let sw = 0;
  let sx = 0;
  let sy = 0;
  for (let i = 0; i < n; i++) {
    sw += w(i);
    sx += w(i) * x[i];
    sy += w(i) * y[i];
  }
  const mx = sx / sw;
  const my = sy / sw;
  let sxx = 0;
  let sxy = 0;
  for (let i = 0; i < n; i++) {
    sxx += w(i) * (x[i] - mx) ** 2;
    sxy += w(i) * (x[i] - mx) * (y[i] - my);
  }
  const slope = sxx > 0 ? sxy / sxx : NaN;
  const intercept = my - slope * mx;
  let meat = 0;
  for (let i = 0; i < n; i++) meat += (w(i) * (x[i] - mx) * (y[i] - intercept - slope * x[i])) ** 2;
  const standardError = n > 2 ? Math.sqrt(((n / (n - 2)) * meat) / (sxx * sxx)) : NaN;
  const t = standardError > 0 ? slope / standardError : NaN;
  const pValue = Number.isNaN(t) ? NaN : Math.min(1, 2 * studentTCdf(-Math.abs(t), n - 2));
  return { slope, intercept, standardError, t, pValue, n };
}
