/**
 * Returns the median of some numbers, NaN left out; of an even number of them the upper of the two in the middle, so that it is
 * always one of them. NaN of none.
 *
 * @example
 * median([4, 1, NaN, 3, 2]) // => 3
 */
export function median(values: ArrayLike<number>): number {
  const known = Float64Array.from(values).filter((value) => !Number.isNaN(value));
  return known.length === 0 ? NaN : known.sort()[known.length >> 1];
}
