import { check, integer, numberIn } from '../core/options';
import { normalQuantile } from './normal-quantile';

/**
 * Returns Wilson's interval for a share whose standard error is known: that of as many yes-or-no examples as would give the same
 * error, `share·(1 − share) / standardError²`. For shares that are no plain count of examples, such as F1 or the share of wrong
 * labels where an example has several. Where the error is 0 or not known, as for a share of 0 or 1, that of n examples.
 *
 * @param share from 0 to 1; NaN gives [NaN, NaN]
 * @param standardError of the share, ≥ 0
 * @param n examples; 0 gives [0, 1], since nothing is known
 * @param level confidence level strictly between 0 and 1; defaults to 0.95
 * @returns lower and upper bound, both from 0 to 1
 * @throws InputError `out-of-range`
 * @example
 * effectiveWilson(0.1, 0.03 * Math.sqrt(10), 10).map((x) => x.toFixed(4)) // => ['0.0179', '0.4042']
 * @see Korn & Graubard, "Confidence intervals for proportions with small expected number of positive counts estimated from
 *   survey data", 1998
 */
export function effectiveWilson(
  share: number,
  standardError: number,
  n: number,
  level = 0.95,
): readonly [number, number] {
  check('effectiveWilson', 'n', n, integer(0));
  check('effectiveWilson', 'level', level, numberIn(0, 1, { open: true }));
  if (n === 0) return [0, 1];
  if (Number.isNaN(share)) return [NaN, NaN];
  check('effectiveWilson', 'share', share, numberIn(0, 1));
  const size = standardError > 0 && share > 0 && share < 1 ? (share * (1 - share)) / standardError ** 2 : n;
  const z = normalQuantile(0.5 + level / 2);
  const scale = 1 + (z * z) / size;
  const centre = (share + (z * z) / (2 * size)) / scale;
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / size + (z * z) / (4 * size * size));
  return [share === 0 ? 0 : Math.max(0, centre - half), share === 1 ? 1 : Math.min(1, centre + half)];
}
