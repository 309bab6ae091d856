import { logGamma } from './log-gamma';

/** The continued fraction of the incomplete beta function, evaluated by Lentz's method. */
function continuedFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  const away = (v: number): number => (Math.abs(v) < tiny ? tiny : v);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let h = d;
  for (let m = 1; m < 20_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    h *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    h *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return h;
}

/** I_x(a, b) where the fraction converges fast: x below (a + 1) / (a + b + 2). */
function lowerSide(x: number, a: number, b: number): number {
  const front = a * Math.log(x) + b * Math.log1p(-x) + logGamma(a + b) - logGamma(a) - logGamma(b);
  return (Math.exp(front) * continuedFraction(x, a, b)) / a;
}

/**
 * Returns the regularised incomplete beta function I_x(a, b): the distribution function of Beta(a, b), on which
 * Student's t and the binomial rest.
 *
 * @param x a number from 0 to 1; outside gives NaN
 * @param a first shape, > 0
 * @param b second shape, > 0
 * @returns a probability
 * @example
 * incompleteBeta(0.25, 1, 1) // => 0.25
 * @see Abramowitz & Stegun, "Handbook of Mathematical Functions", 1964, 26.5.8
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (!(x >= 0 && x <= 1 && a > 0 && b > 0)) return NaN;
  if (x === 0 || x === 1 || (a === 1 && b === 1)) return x;
  if (x > (a + 1) / (a + b + 2)) return 1 - lowerSide(1 - x, b, a);
  return lowerSide(x, a, b);
}
