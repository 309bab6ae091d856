/**
 * Returns the covariance of the sizes' mean errors that the choice of the test examples brings: sizes are tested on the same
 * examples, so that hard ones raise them all.
 *
 * @param itemErrors for each size, the mean error of each kept test example
 * @param testN all test examples
 */
export function itemCovariance(itemErrors: readonly (readonly number[])[], testN: number): number[][] {
  const centred = itemErrors.map((row) => {
    const mean = row.reduce((sum, value) => sum + value, 0) / row.length;
    return row.map((value) => value - mean);
  });
  return centred.map((a) =>
    centred.map((b) => {
      if (a.length < 2 || a.length !== b.length) return 0;
      return a.reduce((sum, value, k) => sum + value * b[k], 0) / (a.length - 1) / testN;
    }),
  );
}

/** What sizes share of the most they can: 0.46 to 0.48 on the curves of `bench forecast`, however far apart. */
const SHARED = 0.47;

/**
 * Returns the same for error rates of which no single errors are known. Two sizes share most when the better one is wrong on
 * nothing else than the worse: q·(1 − p) / n for rates p ≥ q. About half of that is there; on the diagonal comes what
 * the seeds do not share, divided by their number.
 */
export function assumedCovariance(means: readonly number[], testN: number, seeds: number): number[][] {
  return means.map((p, i) =>
    means.map((q, j) => {
      const most = (Math.min(p, q) * (1 - Math.max(p, q))) / testN;
      return most * (i === j ? SHARED + (1 - SHARED) / seeds : SHARED);
    }),
  );
}
