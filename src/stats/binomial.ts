import { check, integer, numberIn } from '../core/options';
import { incompleteBeta } from './incomplete-beta';
import { logChoose } from './log-choose';

/**
 * Returns the probability of exactly `k` successes in `n` independent tries.
 *
 * @param k successes, an integer from 0 to n
 * @param n tries
 * @param p probability of a success
 * @returns a probability; 0 log 0 counts as 0, so p = 0 and p = 1 are fine
 * @throws InputError `out-of-range`
 * @example
 * binomialPmf(1, 2, 0.5).toFixed(6) // => '0.500000'
 */
export function binomialPmf(k: number, n: number, p: number): number {
  check('binomialPmf', 'n', n, integer(0));
  check('binomialPmf', 'k', k, integer(0, n));
  check('binomialPmf', 'p', p, numberIn(0, 1));
  const power = (times: number, log: number): number => (times === 0 ? 0 : times * log);
  return Math.exp(logChoose(n, k) + power(k, Math.log(p)) + power(n - k, Math.log1p(-p)));
}

/**
 * Returns the probability of at most `k` successes in `n` independent tries.
 *
 * @param k successes, an integer from 0 to n
 * @param n tries
 * @param p probability of a success
 * @returns a probability
 * @throws InputError `out-of-range`
 * @example
 * binomialCdf(1, 2, 0.5).toFixed(6) // => '0.750000'
 * @see Abramowitz & Stegun, "Handbook of Mathematical Functions", 1964, 26.5.24
 */
export function binomialCdf(k: number, n: number, p: number): number {
  check('binomialCdf', 'n', n, integer(0));
  check('binomialCdf', 'k', k, integer(0, n));
  check('binomialCdf', 'p', p, numberIn(0, 1));
  return k === n ? 1 : incompleteBeta(1 - p, n - k, k + 1);
}
