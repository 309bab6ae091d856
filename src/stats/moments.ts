/** What is known of the numbers of a group: how many, their sum and the sum of their squares. */
export interface Moments {
  readonly n: number;
  readonly sum: number;
  readonly squares: number;
}

/** Mean and the variance of one number, NaN of fewer than two. */
export function meanAndVariance({ n, sum, squares }: Moments): { mean: number; variance: number } {
  const mean = sum / n;
  return { mean, variance: n < 2 ? NaN : Math.max(0, squares - n * mean * mean) / (n - 1) };
}

/** What is left of a group without a part of it. */
export const withoutPart = (whole: Moments, part: Moments): Moments => ({
  n: whole.n - part.n,
  sum: whole.sum - part.sum,
  squares: whole.squares - part.squares,
});
