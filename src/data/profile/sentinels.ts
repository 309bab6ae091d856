import type { Sentinel } from './types';

/** A value of fewer examples, and of a smaller share of them, is an outlier. */
const FEWEST = 3;
const LEAST_SHARE = 0.003;
/** The others must be a spread of values, not a handful of codes. */
const FEWEST_OTHERS = 10;

function spreadOf(sorted: Float64Array): number {
  let sum = 0;
  for (const value of sorted) sum += value;
  const mean = sum / sorted.length;
  let squares = 0;
  for (const value of sorted) squares += (value - mean) ** 2;
  return Math.sqrt(squares / sorted.length);
}

/**
 * Returns the value at the lower or the upper end of a column that many examples have and that lies far from all others,
 * the farther of the two; null where there is none.
 *
 * @param sorted values in ascending order, none of them NaN
 */
export function sentinelOf(column: string, sorted: Float64Array): Sentinel | null {
  const n = sorted.length;
  const least = Math.max(FEWEST, LEAST_SHARE * n);
  const low = sorted.lastIndexOf(sorted[0]) + 1;
  const high = n - sorted.indexOf(sorted[n - 1]);
  const ends = [
    { value: sorted[0], count: low, others: sorted.subarray(low) },
    { value: sorted[n - 1], count: high, others: sorted.subarray(0, n - high) },
  ];
  let found: Sentinel | null = null;
  for (const { value, count, others } of ends) {
    if (count < least || count > n / 2 || new Set(others).size < FEWEST_OTHERS) continue;
    const nearest = value < others[0] ? others[0] : others[others.length - 1];
    // A second such value at the other end, or a few that are farther out still, would widen the spread of the others.
    const middle = others.subarray(Math.ceil(0.01 * others.length), Math.floor(0.99 * others.length));
    const gap = Math.abs(nearest - value) / spreadOf(middle.length > 2 ? middle : others);
    if (gap > (found?.gap ?? 0)) found = { column, value, count, gap };
  }
  return found;
}
