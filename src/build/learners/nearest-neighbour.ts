import type { SparseFeatures } from '../../data/prepare/sparse-features';

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

/**
 * As {@link nearestNeighbours}, for rows of which most features are 0: ‖q‖² − 2 q·x + ‖x‖², over the features of x alone.
 *
 * @param pause awaited between queries; true ends the search, and rows not yet compared hold −1
 */
export async function nearestSparse(
  train: SparseFeatures,
  queries: SparseFeatures,
  pause?: () => Promise<boolean>,
): Promise<Int32Array> {
  const nearest = new Int32Array(queries.n).fill(-1);
  const norms = new Float64Array(train.n);
  for (let i = 0; i < train.n; i++)
    for (let e = train.starts[i]; e < train.starts[i + 1]; e++) norms[i] += train.values[e] ** 2;
  const query = new Float64Array(train.size);
  for (let q = 0; q < queries.n; q++) {
    if (await pause?.()) break;
    for (let e = queries.starts[q]; e < queries.starts[q + 1]; e++)
      query[queries.indices[e]] = queries.values[e];
    let least = Infinity;
    for (let i = 0; i < train.n; i++) {
      let product = 0;
      for (let e = train.starts[i]; e < train.starts[i + 1]; e++)
        product += train.values[e] * query[train.indices[e]];
      const distance = norms[i] - 2 * product;
      if (distance < least) {
        least = distance;
        nearest[q] = i;
      }
    }
    for (let e = queries.starts[q]; e < queries.starts[q + 1]; e++) query[queries.indices[e]] = 0;
  }
  return nearest;
}
