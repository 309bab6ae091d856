import fc from 'fast-check';
import { kNearest } from '../../../src/build/learners/k-nearest';
import { random } from '../../../src/core/random';

/** Every pair, sorted by distance and number. */
function naive(
  points: ArrayLike<number>,
  d: number,
  k: number,
  queries: ArrayLike<number>,
  differ: (query: number, point: number) => boolean,
): number[][] {
  return Array.from({ length: queries.length / d }, (_, q) =>
    Array.from({ length: points.length / d }, (_, p) => p)
      .filter((p) => differ(q, p))
      .map((p) => {
        let sum = 0;
        for (let j = 0; j < d; j++) sum += (queries[q * d + j] - points[p * d + j]) ** 2;
        return { p, sum };
      })
      .sort((a, b) => a.sum - b.sum || a.p - b.p)
      .slice(0, k)
      .map(({ p }) => p),
  );
}

const rowsOf = (indices: Int32Array, k: number): number[][] =>
  Array.from({ length: indices.length / k }, (_, q) => Array.from(indices.subarray(q * k, (q + 1) * k)).filter((p) => p >= 0)); // prettier-ignore

const whole = (n: number, d: number, seed: number, levels: number): Float32Array => {
  const stream = random(seed);
  return Float32Array.from({ length: n * d }, () => stream.integer(levels));
};

describe('kNearest', () => {
  it('finds the nearest others, the lower number first where they are equally near', () => {
    const found = kNearest(Float32Array.of(0, 1, 2, 10), 1, 2);
    expect(rowsOf(found.indices, 2)).toEqual([[1, 2], [0, 2], [1, 0], [2, 1]]); // prettier-ignore
    expect(Array.from(found.distances)).toEqual([1, 4, 1, 1, 1, 4, 64, 81]);
  });

  it('has −1 where there are fewer than k', () => {
    expect(Array.from(kNearest(Float32Array.of(0, 1), 1, 3).indices)).toEqual([1, -1, -1, 0, -1, -1]);
    expect(Array.from(kNearest(Float32Array.of(5), 1, 1).indices)).toEqual([-1]);
  });

  it('agrees with every pair sorted, ties and all', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 0, max: 1e6 }),
        (n, d, k, seed) => {
          const points = whole(n, d, seed, 3);
          expect(rowsOf(kNearest(points, d, k).indices, k)).toEqual(
            naive(points, d, k, points, (q, p) => q !== p),
          );
          const queries = whole(70, d, seed + 1, 3);
          expect(rowsOf(kNearest(points, d, k, queries).indices, k)).toEqual(
            naive(points, d, k, queries, () => true),
          );
        },
      ),
      { numRuns: 40 },
    );
  });

  it('leaves out pairs of equal codes', () => {
    const points = whole(150, 3, 4, 5);
    const fold = Int32Array.from({ length: 150 }, (_, i) => i % 4);
    const found = kNearest(points, 3, 5, points, { queries: fold, points: fold });
    expect(rowsOf(found.indices, 5)).toEqual(naive(points, 3, 5, points, (q, p) => fold[q] !== fold[p]));
  });
});
