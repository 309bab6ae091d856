import { check, integer, numberIn } from '../core/options';
import { normalQuantile } from './normal-quantile';

/**
 * Returns Wilson's score interval for a share: the true shares that `successes` of `n` does not speak against.
 * Right for small n and for shares near 0 and 1, where the textbook interval is not; assumes independent examples.
 *
 * @param successes how many of the n; an integer from 0 to n
 * @param n examples; 0 gives [0, 1], since nothing is known
 * @param level confidence level strictly between 0 and 1; defaults to 0.95
 * @returns lower and upper bound, both from 0 to 1
 * @throws InputError `out-of-range`
 * @example
 * wilsonInterval(1, 10).map((x) => x.toFixed(4)) // => ['0.0179', '0.4042']
 * @see Edwin Wilson, "Probable inference, the law of succession, and statistical inference", 1927
 */
export function wilsonInterval(successes: number, n: number, level = 0.95): readonly [number, number] {
  check('wilsonInterval', 'n', n, integer(0));
  check('wilsonInterval', 'successes', successes, integer(0, n));
  check('wilsonInterval', 'level', level, numberIn(0, 1, { open: true }));
  if (n === 0) return [0, 1];
  const z = normalQuantile(0.5 + level / 2);
  const share = successes / n;
  const scale = 1 + (z * z) / n;
  const centre = (share + (z * z) / (2 * n)) / scale;
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  return [successes === 0 ? 0 : Math.max(0, centre - half), successes === n ? 1 : Math.min(1, centre + half)];
}
