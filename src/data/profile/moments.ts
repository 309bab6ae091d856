/** What one column is like; NaN values count as missing and for nothing else. */
export interface Moments {
  readonly n: number;
  readonly mean: number;
  readonly sd: number;
  readonly min: number;
  readonly max: number;
  readonly missing: number;
  /** Mean fourth power of the distance from the mean, in units of sd⁴: 3 for normal values, more for heavy tails. */
  readonly kurtosis: number;
}

/** Returns mean, population standard deviation and bounds of the values that are numbers. */
export function momentsOf(values: Float64Array): Moments {
  let [n, sum, min, max] = [0, 0, Infinity, -Infinity];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    n++;
    sum += value;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const mean = sum / n;
  let [squares, fourths] = [0, 0];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    const square = (value - mean) ** 2;
    squares += square;
    fourths += square * square;
  }
  const sd = min === max ? 0 : Math.sqrt(squares / n);
  const kurtosis = sd > 0 ? fourths / n / sd ** 4 : NaN;
  return { n, mean, sd, min, max, missing: values.length - n, kurtosis };
}
