import { InputError } from '../core/input-error';
import { check, checkSameLength, numbers } from '../core/options';
import { normalCdf } from './normal-cdf';

/** A test statistic that is standard normal when there is no trend. */
export interface TrendTest {
  /** Above 0: the share grows with the score. NaN where no trend can be tested. */
  readonly z: number;
  /** Two-sided; NaN where no trend can be tested. */
  readonly pValue: number;
}

/**
 * Returns the Cochran–Armitage test for a linear trend of a share over ordered groups.
 * Undefined (NaN) with fewer than two scores in use or when every share is 0 or every share is 1.
 *
 * @param counts events in each group; integers from 0 to the group's total
 * @param totals examples in each group
 * @param scores position of each group; defaults to 0, 1, 2, …
 * @returns z (above 0 when the share grows) and the two-sided p-value, without continuity correction
 * @throws InputError `invalid-type`, `length-mismatch`, `out-of-range`
 * @example
 * cochranArmitage([1, 2, 9], [10, 10, 10]).z.toFixed(3) // => '3.651'
 * @see Peter Armitage, "Tests for linear trends in proportions and frequencies", 1955
 */
export function cochranArmitage(
  counts: ArrayLike<number>,
  totals: ArrayLike<number>,
  scores: ArrayLike<number> = Array.from({ length: counts.length }, (_, i) => i),
): TrendTest {
  const fn = 'cochranArmitage';
  check(fn, 'counts', counts, numbers);
  check(fn, 'totals', totals, numbers);
  check(fn, 'scores', scores, numbers);
  checkSameLength(fn, { counts: counts.length, totals: totals.length, scores: scores.length });
  let n = 0;
  let events = 0;
  let scoreSum = 0;
  for (let i = 0; i < counts.length; i++) {
    if (!(Number.isInteger(counts[i]) && counts[i] >= 0 && counts[i] <= totals[i])) {
      throw new InputError({
        code: 'out-of-range',
        fn,
        param: `counts[${i}]`,
        expected: `be an integer from 0 to totals[${i}] = ${totals[i]}`,
        received: counts[i],
      });
    }
    n += totals[i];
    events += counts[i];
    scoreSum += totals[i] * scores[i];
  }
  const share = events / n;
  const centre = scoreSum / n;
  let covered = 0;
  let spread = 0;
  for (let i = 0; i < counts.length; i++) {
    const away = scores[i] - centre;
    covered += away * (counts[i] - totals[i] * share);
    spread += totals[i] * away * away;
  }
  const variance = share * (1 - share) * spread;
  if (!(variance > 0)) return { z: NaN, pValue: NaN };
  const z = covered / Math.sqrt(variance);
  return { z, pValue: Math.min(1, 2 * normalCdf(-Math.abs(z))) };
}
