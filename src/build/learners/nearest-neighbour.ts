/** Examples that are looked at together: a few hundred rows stay in the cache. */
const BLOCK = 256;
/** Features after which a distance that is too large already is given up. */
const STRIDE = 16;

/**
 * Returns for each query the place of the training example that is nearest in Euclidean distance; of equally near ones the
 * first. Exact: every pair is looked at, block by block, and a sum of squares is given up once it exceeds the best.
 *
 * @param train flat values N×D
 * @param queries flat values M×D
 * @param d features, ≥ 1
 * @param pause awaited between blocks; true ends the search, and rows not yet compared hold −1
 */
export async function nearestNeighbours(
  train: Float32Array,
  queries: Float32Array,
  d: number,
  pause?: () => Promise<boolean>,
): Promise<Int32Array> {
  const n = train.length / d;
  const m = queries.length / d;
  const nearest = new Int32Array(m).fill(-1);
  const least = new Float64Array(m).fill(Infinity);
  for (let first = 0; first < n; first += BLOCK) {
    if (await pause?.()) break;
    const last = Math.min(n, first + BLOCK);
    for (let q = 0; q < m; q++) {
      const at = q * d;
      let best = least[q];
      for (let i = first; i < last; i++) {
        const row = i * d;
        let sum = 0;
        for (let j = 0; j < d && sum < best;) {
          const stop = Math.min(d, j + STRIDE);
          for (; j < stop; j++) {
            const away = train[row + j] - queries[at + j];
            sum += away * away;
          }
        }
        if (sum < best) {
          best = sum;
          nearest[q] = i;
        }
      }
      least[q] = best;
    }
  }
  return nearest;
}
