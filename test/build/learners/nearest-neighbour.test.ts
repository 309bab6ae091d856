import { nearestNeighbours, nearestSparse } from '../../../src/build/learners/nearest-neighbour';
import type { SparseFeatures } from '../../../src/data/prepare/sparse-features';
import { datasets } from '../../../src/data/datasets';
import { standardize } from '../../../src/data/standardize';
import { takeExamples } from '../../../src/data/take-examples';
import { random } from '../../../src/core/random';
import reference from './scikit-learn.json';

describe('nearestNeighbours', () => {
  it('finds the neighbours that scikit-learn 1.9 finds (wine, even rows for odd ones)', async () => {
    const rows = Array.from({ length: 178 }, (_, i) => i);
    const half = (odd: number): number[] => rows.filter((i) => i % 2 === odd);
    const [train, rest] = standardize(
      takeExamples(datasets.wine(), half(0)),
      takeExamples(datasets.wine(), half(1)),
    );
    const found = await nearestNeighbours(train.features.values, rest.features.values, 13);
    expect(Array.from(found)).toEqual(reference.nn);
  });

  it('agrees with the plain double loop over several blocks, the first of equals taken', async () => {
    const stream = random(3);
    const draw = (n: number): Float32Array => Float32Array.from({ length: n * 20 }, () => stream.integer(3));
    const [train, queries] = [draw(700), draw(30)];
    const plain = Array.from({ length: 30 }, (_, q) => {
      let best = [0, Infinity];
      for (let i = 0; i < 700; i++) {
        let sum = 0;
        for (let j = 0; j < 20; j++) sum += (train[i * 20 + j] - queries[q * 20 + j]) ** 2;
        if (sum < best[1]) best = [i, sum];
      }
      return best[0];
    });
    expect(Array.from(await nearestNeighbours(train, queries, 20))).toEqual(plain);
  });

  it('finds the same among rows without their zeros', async () => {
    const stream = random(5);
    const draw = (n: number): Float32Array =>
      Float32Array.from({ length: n * 30 }, () => (stream.next() < 0.8 ? 0 : stream.normal()));
    const sparse = (values: Float32Array): SparseFeatures => {
      const entries = [...values.keys()].filter((e) => values[e] !== 0);
      const n = values.length / 30;
      return {
        n,
        size: 30,
        starts: Float64Array.from({ length: n + 1 }, (_, i) => entries.filter((e) => e < 30 * i).length),
        indices: Int32Array.from(entries, (e) => e % 30),
        values: Float32Array.from(entries, (e) => values[e]),
      };
    };
    const [train, queries] = [draw(100), draw(20)];
    const dense = await nearestNeighbours(train, queries, 30);
    expect(await nearestSparse(sparse(train), sparse(queries))).toEqual(dense);
    const none = await nearestSparse(sparse(train), sparse(queries), async () => true);
    expect(none.every((place) => place === -1)).toBe(true);
  });

  it('stops when told to', async () => {
    const found = await nearestNeighbours(new Float32Array(4), new Float32Array(2), 1, async () => true);
    expect(Array.from(found)).toEqual([-1, -1]);
  });
});
