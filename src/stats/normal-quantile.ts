import { check, numberIn } from '../core/options';
import { normalCdf } from './normal-cdf';

/** A start within 4.5e-4 of the quantile of p ≤ 1/2 (Abramowitz & Stegun 26.2.23). */
function roughLower(p: number): number {
  const t = Math.sqrt(-2 * Math.log(p));
  const top = 2.515517 + t * (0.802853 + t * 0.010328);
  return top / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t;
}

/**
 * Returns the value that a standard normal variable stays below with probability `p`.
 *
 * @param p a probability from 0 to 1; 0 and 1 give ∓Infinity
 * @returns the quantile, good to about 14 digits
 * @throws InputError `out-of-range` when p is not a probability
 * @example
 * normalQuantile(0.975).toFixed(6) // => '1.959964'
 * @see Abramowitz & Stegun, "Handbook of Mathematical Functions", 1964, 26.2.23, refined by Halley's method
 */
export function normalQuantile(p: number): number {
  check('normalQuantile', 'p', p, numberIn(0, 1));
  if (p === 0) return -Infinity;
  if (p === 1) return Infinity;
  if (p === 0.5) return 0;
  if (p > 0.5) return -normalQuantile(1 - p);
  let z = roughLower(p);
  for (let i = 0; i < 3; i++) {
    const u = (normalCdf(z) - p) * Math.sqrt(2 * Math.PI) * Math.exp(0.5 * z * z);
    z -= u / (1 + 0.5 * z * u);
  }
  return z;
}
