import { check, numberIn, numbers } from '../core/options';

/**
 * Returns p-values adjusted so that, of all tests whose null hypothesis holds, any one falls below a level no more often
 * than that level says (Holm's step-down). Stricter than `benjaminiHochberg`: for few tests of which none may be wrong.
 * NaN stays NaN and is not counted as a test.
 *
 * @param pValues each from 0 to 1
 * @returns adjusted p-values in the same order, at most 1
 * @throws InputError `invalid-type`, `out-of-range`
 * @example
 * holm([0.01, 0.04, 0.03]).map((p) => p.toFixed(2)) // => ['0.03', '0.06', '0.06']
 * @see Sture Holm, "A simple sequentially rejective multiple test procedure", 1979
 */
export function holm(pValues: ArrayLike<number>): number[] {
  check('holm', 'pValues', pValues, numbers);
  const order = Array.from(pValues, (_, i) => i)
    .filter((i) => !Number.isNaN(pValues[i]))
    .sort((a, b) => pValues[a] - pValues[b]);
  for (const i of order) check('holm', `pValues[${i}]`, pValues[i], numberIn(0, 1));
  const adjusted = new Array<number>(pValues.length).fill(NaN);
  let largest = 0;
  order.forEach((i, rank) => {
    largest = Math.max(largest, (order.length - rank) * pValues[i]);
    adjusted[i] = Math.min(1, largest);
  });
  return adjusted;
}
