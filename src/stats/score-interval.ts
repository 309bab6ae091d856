import { check, numberIn } from '../core/options';
import { normalQuantile } from './normal-quantile';

/**
 * Returns Wilson's score interval for a share that rests on `size` examples, where that need not be a whole number: the size of
 * the plain sample that would know as much. For a sample of n without replacement from a finite number N, of which the share is
 * wanted, that size is n·(N − 1)/(N − n): infinite once all are seen.
 *
 * @param share from 0 to 1; NaN gives [NaN, NaN]
 * @param size > 0 or Infinity; 0 gives [0, 1], since nothing is known
 * @param level confidence level strictly between 0 and 1; defaults to 0.95
 * @returns lower and upper bound, both from 0 to 1
 * @throws InputError `out-of-range`
 * @example
 * scoreInterval(0.1, 10).map((x) => x.toFixed(4)) // => ['0.0179', '0.4042']
 * @see Edwin Wilson, "Probable inference, the law of succession, and statistical inference", 1927; William Cochran, "Sampling
 *   Techniques", 1977, 2.6, on finite populations
 */
export function scoreInterval(share: number, size: number, level = 0.95): readonly [number, number] {
  check('scoreInterval', 'level', level, numberIn(0, 1, { open: true }));
  if (Number.isNaN(share)) return [NaN, NaN];
  check('scoreInterval', 'share', share, numberIn(0, 1));
  if (size === Infinity) return [share, share];
  if (!(size > 0)) return [0, 1];
  const z = normalQuantile(0.5 + level / 2);
  const scale = 1 + (z * z) / size;
  const centre = (share + (z * z) / (2 * size)) / scale;
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / size + (z * z) / (4 * size * size));
  return [share === 0 ? 0 : Math.max(0, centre - half), share === 1 ? 1 : Math.min(1, centre + half)];
}
