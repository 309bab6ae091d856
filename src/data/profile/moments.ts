/** What one column is like; NaN values count as missing and for nothing else. */
export interface Moments {
  readonly n: number;
  readonly mean: number;
  readonly sd: number;
  readonly min: number;
  readonly max: number;
  readonly missing: number;
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
  let squares = 0;
  for (const value of values) if (!Number.isNaN(value)) squares += (value - mean) ** 2;
  const sd = min === max ? 0 : Math.sqrt(squares / n);
  return { n, mean, sd, min, max, missing: values.length - n };
}
