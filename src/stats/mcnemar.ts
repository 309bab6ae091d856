import { check, integer } from '../core/options';
import { binomialCdf } from './binomial';

/**
 * Returns McNemar's exact two-sided p-value for two models judged on the same examples: how often luck alone would share out
 * the examples that only one of them gets right as unevenly as this. 1 where there are none.
 *
 * @param onlyFirst examples that only the first model gets right; an integer ≥ 0
 * @param onlySecond examples that only the second gets right
 * @returns a probability
 * @throws InputError `out-of-range`
 * @example
 * mcnemar(1, 7).toFixed(4) // => '0.0703'
 * @see Quinn McNemar, "Note on the sampling error of the difference between correlated proportions or percentages", 1947
 */
export function mcnemar(onlyFirst: number, onlySecond: number): number {
  check('mcnemar', 'onlyFirst', onlyFirst, integer(0));
  check('mcnemar', 'onlySecond', onlySecond, integer(0));
  const n = onlyFirst + onlySecond;
  return n === 0 ? 1 : Math.min(1, 2 * binomialCdf(Math.min(onlyFirst, onlySecond), n, 0.5));
}
