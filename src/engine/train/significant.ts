/**
 * Returns a number with nine significant digits, so that a log of many is half as long. What is not finite stays.
 *
 * @example
 * significant(2 / 3) // => 0.666666667
 */
export function significant(value: number): number {
  if (value === 0 || !Number.isFinite(value)) return value;
  const digits = 8 - Math.floor(Math.log10(Math.abs(value)));
  // Beyond it a power of ten is no exact number, and rounding by it would add digits.
  if (digits < 0 || digits > 22) return Number(value.toPrecision(9));
  const scale = 10 ** digits;
  return Math.round(value * scale) / scale;
}
