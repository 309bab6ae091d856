import { InputError } from '../../core/input-error';
import { check, integer } from '../../core/options';

const FN = 'learningCurve';
/** The smallest size is this part of the whole, where that leaves enough examples. */
const SPAN = 64;

/**
 * Returns the numbers of training examples, ascending: as given, or in geometric steps from a 64th of n (at least 10, and
 * 2 a class) to n.
 */
export function curveSizes(sizes: number | readonly number[] = 8, n: number, classes: number): number[] {
  if (typeof sizes === 'number') {
    check(FN, 'sizes', sizes, integer(2, 50));
    const least = Math.min(n, Math.max(10, 2 * classes, Math.round(n / SPAN)));
    const step = (n / least) ** (1 / (sizes - 1));
    const made = Array.from({ length: sizes }, (_, i) => Math.round(least * step ** i));
    return [...new Set(made)];
  }
  check(FN, 'sizes', sizes, {
    code: 'invalid-type',
    expected: 'be a number or an array of numbers',
    holds: Array.isArray as unknown as (value: unknown) => value is number[],
  });
  if (sizes.length === 0) {
    throw new InputError({ code: 'empty', fn: FN, param: 'sizes', expected: 'hold at least one number' });
  }
  sizes.forEach((size, i) => check(FN, `sizes[${i}]`, size, integer(1, n)));
  return [...new Set(sizes)].sort((a, b) => a - b);
}
