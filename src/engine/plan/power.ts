/**
 * Returns base to a whole power by multiplications alone: they are rounded the same way on every machine, which `Math.pow` need
 * not be, and the rates of an optimizer are part of what gives the same bits.
 *
 * @param exponent ≥ 0
 * @example
 * power(0.5, 3) // => 0.125
 */
export function power(base: number, exponent: number): number {
  let result = 1;
  let square = base;
  for (let left = exponent; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result *= square;
    square *= square;
  }
  return result;
}
