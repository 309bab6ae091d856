import { check, numberIn } from '../core/options';
import { logGamma } from './log-gamma';

/** The lower incomplete gamma function P(a, x) by its series, for x < a + 1. */
function lowerSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let k = 1; k < 100_000 && term > sum * 1e-17; k++) {
    term *= x / (a + k);
    sum += term;
  }
  return sum * Math.exp(-x + a * Math.log(x) - logGamma(a));
}

/** The upper one, Q(a, x), by its continued fraction (Lentz), for x ≥ a + 1. */
function upperFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let h = d;
  for (let k = 1; k < 100_000; k++) {
    const step = -k * (k - a);
    b += 2;
    d = 1 / (step * d + b);
    c = b + step / c;
    h *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return h * Math.exp(-x + a * Math.log(x) - logGamma(a));
}

/**
 * Returns the probability that a chi-square variable is at least `x`.
 *
 * @param x any number; below 0 counts as 0
 * @param df degrees of freedom, > 0; need not be whole
 * @returns a probability; NaN for NaN
 * @throws InputError `out-of-range` when df is not above 0
 * @example
 * chiSquareTail(3.841459, 1).toFixed(6) // => '0.050000'
 * @see Abramowitz & Stegun, "Handbook of Mathematical Functions", 1964, 26.4.19
 */
export function chiSquareTail(x: number, df: number): number {
  check('chiSquareTail', 'df', df, numberIn(0, Infinity, { open: true }));
  if (Number.isNaN(x)) return NaN;
  if (x <= 0) return 1;
  if (x === Infinity) return 0;
  return x / 2 < df / 2 + 1 ? 1 - lowerSeries(df / 2, x / 2) : upperFraction(df / 2, x / 2);
}
