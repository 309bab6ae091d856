import { check, numberIn } from '../core/options';
import { normalQuantile } from './normal-quantile';
import { studentTCdf } from './student-t-cdf';

/** From here on the first two corrections to the normal quantile (Abramowitz & Stegun 26.7.5) are exact to 12 digits. */
const NEARLY_NORMAL = 1e5;

/**
 * Returns the value that a Student t variable with `df` degrees of freedom stays below with probability `p`.
 *
 * @param p a probability from 0 to 1; 0 and 1 give ∓Infinity
 * @param df degrees of freedom, > 0
 * @returns the quantile, good to about 12 digits
 * @throws InputError `out-of-range` when p is not a probability or df is not above 0
 * @example
 * studentTQuantile(0.975, 4).toFixed(6) // => '2.776445'
 * @see William Gosset ("Student"), "The probable error of a mean", 1908
 */
export function studentTQuantile(p: number, df: number): number {
  check('studentTQuantile', 'p', p, numberIn(0, 1));
  check('studentTQuantile', 'df', df, numberIn(0, Infinity, { open: true }));
  const z = normalQuantile(p);
  if (z === 0 || !Number.isFinite(z)) return z;
  if (df >= NEARLY_NORMAL) {
    return z + (z ** 3 + z) / (4 * df) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * df * df);
  }
  if (z > 0) return -studentTQuantile(1 - p, df);
  let high = z;
  let low = 2 * z - 1;
  while (studentTCdf(low, df) > p && low > -1e300) low *= 2;
  for (let i = 0; i < 200; i++) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (studentTCdf(middle, df) > p) high = middle;
    else low = middle;
  }
  return (low + high) / 2;
}
