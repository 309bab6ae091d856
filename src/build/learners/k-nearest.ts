import { BLOCK, distanceBlock } from '../../engine/distance-block';

/** For each query the k nearest points, nearest first; −1 and Infinity where there are fewer. */
export interface Neighbours {
  readonly k: number;
  /** M×k places of points. */
  readonly indices: Int32Array;
  /** M×k squared Euclidean distances. */
  readonly distances: Float64Array;
}

/** Pairs of equal codes are not neighbours: an example and itself, examples of one fold. */
export interface NearestCodes {
  readonly queries: ArrayLike<number>;
  readonly points: ArrayLike<number>;
}

/** The nearest so far; of equal distances the point of the lower number stands first. */
function insert({ k, distances, indices }: Neighbours, query: number, point: number, far: number): void {
  const first = query * k;
  let at = first + k - 1;
  if (!(far < distances[at] || (far === distances[at] && point < indices[at]))) return;
  while (at > first && (distances[at - 1] > far || (distances[at - 1] === far && indices[at - 1] > point))) {
    distances[at] = distances[at - 1];
    indices[at] = indices[at - 1];
    at--;
  }
  distances[at] = far;
  indices[at] = point;
}

/** Distances above which those of a block are of no interest; below any for rows beyond the end. */
function setBounds({ k, distances }: Neighbours, first: number, scale: number, into: Float32Array): void {
  for (let row = 0; row < BLOCK; row++) {
    const kth = (first + row + 1) * k - 1;
    into[row] = kth < distances.length ? distances[kth] * scale : -1;
  }
}

/**
 * Returns for each query the k nearest points by Euclidean distance, of equally near ones those of lower number. Exact: block
 * by block single precision says which pairs may be near, and the distances of these are added up in double.
 *
 * @param points flat values N×D, finite
 * @param d features, ≥ 1
 * @param k neighbours, ≥ 1
 * @param queries flat values M×D; the same array as `points` for the neighbours of each among the others, at half the cost
 * @param codes pairs that are left out; defaults to each with itself where queries and points are the same
 */
export function kNearest(
  points: Float32Array,
  d: number,
  k: number,
  queries: Float32Array = points,
  codes?: NearestCodes,
): Neighbours {
  const same = queries === points;
  const n = points.length / d;
  const m = queries.length / d;
  const found: Neighbours = {
    k,
    indices: new Int32Array(m * k).fill(-1),
    distances: new Float64Array(m * k).fill(Infinity),
  };
  const { distances: nearest } = found;
  const block = distanceBlock(d);
  const { distances, bounds } = block;
  const scale = 1 + 4 * block.error;
  const [ofQueries, ofPoints] = [bounds.subarray(0, BLOCK), bounds.subarray(BLOCK).fill(-1)];
  const exactly = (query: number, point: number): number => {
    let sum = 0;
    for (let u = query * d, v = point * d, end = u + d; u < end; u++, v++) {
      const away = queries[u] - points[v];
      sum += away * away;
    }
    return sum;
  };
  for (let p = 0; p < n; p += BLOCK) {
    block.setPoints(points, p);
    const pointsHere = Math.min(BLOCK, n - p);
    for (let q = 0; q < (same ? p + 1 : m); q += BLOCK) {
      block.setQueries(queries, q);
      setBounds(found, q, scale, ofQueries);
      if (same) setBounds(found, p, scale, ofPoints);
      block.run();
      const queriesHere = Math.min(BLOCK, m - q);
      for (let a = 0; a < queriesHere; a++) {
        const query = q + a;
        const kth = query * k + k - 1;
        for (let b = same && q === p ? a + 1 : 0; b < pointsHere; b++) {
          const about = distances[a * BLOCK + b];
          if (about > ofQueries[a] && about > ofPoints[b]) continue;
          const point = p + b;
          if (codes && codes.queries[query] === codes.points[point]) continue;
          const far = exactly(query, point);
          if (far <= nearest[kth]) insert(found, query, point, far);
          if (same && far <= nearest[point * k + k - 1]) insert(found, point, query, far);
        }
        ofQueries[a] = nearest[kth] * scale;
      }
    }
  }
  return found;
}
