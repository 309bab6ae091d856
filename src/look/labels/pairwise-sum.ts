/** Numbers that are added with eight running sums. */
const BLOCK = 128;

/**
 * Returns the sum of `values[from]` to `values[from + n − 1]` by pairwise summation with eight running sums in a block of 128,
 * as NumPy adds: the same bits as `np.sum` of contiguous doubles, with an error that grows with log N instead of N.
 */
export function pairwiseSum(values: Float64Array, from = 0, n = values.length - from): number {
  if (n < 8) {
    let sum = 0;
    for (let i = from; i < from + n; i++) sum += values[i];
    return sum;
  }
  if (n > BLOCK) {
    const half = (n >>> 1) - ((n >>> 1) % 8);
    return pairwiseSum(values, from, half) + pairwiseSum(values, from + half, n - half);
  }
  let [a, b, c, d] = [values[from], values[from + 1], values[from + 2], values[from + 3]];
  let [e, f, g, h] = [values[from + 4], values[from + 5], values[from + 6], values[from + 7]];
  let i = 8;
  for (; i < n - (n % 8); i += 8) {
    const at = from + i;
    a += values[at];
    b += values[at + 1];
    c += values[at + 2];
    d += values[at + 3];
    e += values[at + 4];
    f += values[at + 5];
    g += values[at + 6];
    h += values[at + 7];
  }
  let sum = a + b + (c + d) + (e + f + (g + h));
  for (; i < n; i++) sum += values[from + i];
  return sum;
}
