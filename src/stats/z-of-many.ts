import { normalCdf } from './normal-cdf';
import { normalQuantile } from './normal-quantile';

/**
 * Returns the z-score of the largest of m z-scores, as if it were the only one that was looked at (Šidák: the chance that the
 * largest of m independent ones is as large). Far out, where the chance cannot be told from zero, it is z less what m costs there.
 *
 * @example
 * zOfMany(3, 100) < 1.2 && zOfMany(3, 1) === 3 // => true
 */
export function zOfMany(z: number, m: number): number {
  if (m <= 1 || Number.isNaN(z)) return z;
  if (z > 7) return Math.sqrt(z * z - 2 * Math.log(m));
  const chance = normalCdf(-z);
  return -normalQuantile(-Math.expm1(m * Math.log1p(-chance)));
}
