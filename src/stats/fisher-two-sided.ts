import { check, integer } from '../core/options';
import { logChoose } from './log-choose';

/**
 * Returns Fisher's exact two-sided p-value for two shares, `a` of `n` and `b` of `m`: how often luck alone would lay them at
 * least as far apart (tables no more probable than this one, given the margins). 1 where nothing can differ.
 *
 * @param a how many of the first n; an integer from 0 to n
 * @param n size of the first group
 * @param b how many of the second m; an integer from 0 to m
 * @param m size of the second group
 * @returns a probability
 * @throws InputError `out-of-range`
 * @example
 * fisherTwoSided(3, 4, 1, 4).toFixed(4) // => '0.4857'
 * @see Ronald Fisher, "The Design of Experiments", 1935, on the lady tasting tea
 */
export function fisherTwoSided(a: number, n: number, b: number, m: number): number {
  const fn = 'fisherTwoSided';
  check(fn, 'n', n, integer(0));
  check(fn, 'm', m, integer(0));
  check(fn, 'a', a, integer(0, n));
  check(fn, 'b', b, integer(0, m));
  const total = a + b;
  const logOf = (k: number): number => logChoose(n, k) + logChoose(m, total - k) - logChoose(n + m, total);
  const own = logOf(a);
  let sum = 0;
  for (let k = Math.max(0, total - m); k <= Math.min(n, total); k++) {
    // Equal probabilities differ in their last digits.
    if (logOf(k) <= own + 1e-7) sum += Math.exp(logOf(k));
  }
  return Math.min(1, sum);
}
