import { InputError } from '../core/input-error';
import { check, numbers } from '../core/options';

/**
 * Returns p-values adjusted by Benjamini and Hochberg: rejecting those ≤ q keeps the expected share of false
 * alarms among the rejections at most q. Fit for independent or positively dependent tests. NaN stays NaN and does not count as a test.
 *
 * @param pValues probabilities from 0 to 1, or NaN
 * @returns one adjusted value each, in the order given, never below the p-value
 * @throws InputError `invalid-type`, `out-of-range`
 * @example
 * Array.from(benjaminiHochberg([0.01, 0.04, 0.03]), (p) => p.toFixed(3)) // => ['0.030', '0.040', '0.040']
 * @see Yoav Benjamini & Yosef Hochberg, "Controlling the false discovery rate", 1995
 */
export function benjaminiHochberg(pValues: ArrayLike<number>): Float64Array {
  const fn = 'benjaminiHochberg';
  check(fn, 'pValues', pValues, numbers);
  const order: number[] = [];
  for (let i = 0; i < pValues.length; i++) {
    if (Number.isNaN(pValues[i])) continue;
    if (!(pValues[i] >= 0 && pValues[i] <= 1)) {
      throw new InputError({
        code: 'out-of-range',
        fn,
        param: `pValues[${i}]`,
        expected: 'be a number between 0 and 1',
        received: pValues[i],
      });
    }
    order.push(i);
  }
  order.sort((i, j) => pValues[j] - pValues[i]);
  const adjusted = new Float64Array(pValues.length).fill(NaN);
  let least = 1;
  order.forEach((index, above) => {
    const rank = order.length - above;
    least = Math.min(least, (pValues[index] * order.length) / rank);
    adjusted[index] = least;
  });
  return adjusted;
}
