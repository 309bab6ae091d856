import { random } from '../../../src/core/random';
import { dataset } from '../../../src/data/dataset';
import { table } from '../../../src/data/table';
import * as figures from '../../../src/figures';
import { alongAxes, principalAxes } from '../../../src/look/clusters/principal-axes';
import { errorAwareMixture, partOfEach } from '../../../src/look/clusters/mixture';
import { sliceClusters } from '../../../src/look/slice-clusters';
import type { Predictions } from '../../../src/metrics/types';
import { differenceOfMeans } from '../../../src/stats/difference-of-means';
import { twoClasses } from '../some-predictions';

const D = 24;
const K = 4;
const N = 1200;
const base = twoClasses(new Array<number>(N).fill(0));

/** Class clouds of rank 8 in 24 dimensions; a tenth lies in a cloud of its own beside the first class and errs `ratio` times as often. */
function planted(
  seed: number,
  ratio: number,
): {
  readonly p: Predictions;
  readonly features: { values: Float32Array; shape: number[] };
  readonly inside: boolean[];
} {
  const stream = random(seed);
  const mixing = Float64Array.from({ length: 8 * D }, () => stream.normal() / 3);
  const centres = Float64Array.from({ length: K * 8 }, () => 2 * stream.normal());
  const shift = Array.from({ length: 8 }, () => 1.2 * stream.normal());
  const values = new Float32Array(N * D);
  const label = new Int32Array(N);
  const predicted = new Int32Array(N);
  const inside: boolean[] = [];
  for (let i = 0; i < N; i++) {
    label[i] = stream.integer(K);
    const own = label[i] === 0 && stream.next() < 0.4;
    inside.push(own);
    for (let a = 0; a < 8; a++) {
      const z = centres[label[i] * 8 + a] + stream.normal() * (own ? 0.6 : 1) + (own ? shift[a] : 0);
      for (let j = 0; j < D; j++) values[i * D + j] += z * mixing[a * D + j];
    }
    for (let j = 0; j < D; j++) values[i * D + j] += 0.3 * stream.normal();
    const wrong = stream.next() < 0.1 * (own ? ratio : 1);
    predicted[i] = wrong ? (label[i] + 1 + stream.integer(K - 1)) % K : label[i];
  }
  const p = {
    ...base,
    classes: ['a', 'b', 'c', 'd'],
    ...{ label, predicted },
    correct: Array.from(label, (y, i) => Number(y === predicted[i])),
    metadata: table({
      light: inside.map((own) => (own ? 'night' : 'day')),
      noise: inside.map(() => stream.next()),
    }),
  };
  return { p, features: { values, shape: [D] }, inside };
}

describe('sliceClusters', () => {
  it('finds a planted region, judges it on the other half, and says what goes with it', () => {
    const { p, features, inside } = planted(1, 4);
    const found = sliceClusters(Object.freeze(p), { features });
    const [slice] = found.slices;
    const own = slice.indices.filter((i) => inside[i]).length;
    expect(own / slice.n).toBeGreaterThan(0.8);
    expect(own / inside.filter(Boolean).length).toBeGreaterThan(0.6);
    expect(slice.confirmed).toBe(true);
    expect(slice.descriptions[0]).toMatchObject({
      column: 'light',
      words: 'light = night',
      n: inside.filter(Boolean).length,
    });
    expect(slice.descriptions[0].precision).toBeCloseTo(own / inside.filter(Boolean).length, 12);
    expect(slice.descriptions.map((d) => d.column)).not.toContain('noise');
    expect(slice.discovered.n + slice.heldOut.n).toBe(slice.n);
    expect(slice.heldOut.shareOfErrors).toBeGreaterThan(slice.heldOut.shareOfExamples);
    expect(slice.heldOut.gainInterval[0]).toBeGreaterThan(0);
    expect(slice.nearest).toHaveLength(8);
    expect(slice.nearest.every(({ index, id }) => slice.indices.includes(index) && p.ids[index] === id)).toBe(
      true,
    );
    expect(found.discovery.n + found.heldOut.n).toBe(N);
    expect(figures.clusterSlices(found).title).toContain('"light = night"');
    expect(sliceClusters(p, { features }).slices[0].indices).toEqual(slice.indices);
  });

  it('puts new examples where the old ones are, by their features alone', () => {
    const { p, features } = planted(1, 4);
    const found = sliceClusters(p, { features });
    const [slice] = found.slices;
    expect(slice.fit(features)).toEqual(slice.indices);
    expect(found.assign({ values: features.values.subarray(0, 5 * D), shape: [D] })).toHaveLength(5);
    expect(JSON.parse(JSON.stringify(found)).slices[0].fit).toBeUndefined();
    expect(() => slice.fit({ values: [1, 2], shape: [2] })).toThrow('have the shape');
  });

  it('reports a slice on few data sets that have none', () => {
    let reported = 0;
    for (let seed = 0; seed < 12; seed++) {
      const { p, features } = planted(100 + seed, 1);
      reported += Number(sliceClusters(p, { features, components: 12, seed }).slices.length > 0);
    }
    // 5 % of 12 is 0.6, standard deviation 0.8
    expect(reported).toBeLessThanOrEqual(3);
  });

  it('finds most regions that err four times as often', () => {
    let found = 0;
    for (let seed = 0; seed < 10; seed++) {
      const { p, features, inside } = planted(200 + seed, 4);
      const { slices } = sliceClusters(p, { features, seed });
      found += Number(
        slices.some(({ indices }) => indices.filter((i) => inside[i]).length > indices.length / 2),
      );
    }
    expect(found).toBeGreaterThanOrEqual(7);
  });

  it('matches a data set by id and takes raw columns', () => {
    const { p, features } = planted(1, 4);
    const ids = [...p.ids].reverse();
    const rows = ids.map((id) => Array.from(features.values.subarray(Number(id) * D, (Number(id) + 1) * D)));
    const data = dataset({ features: rows, labels: ids.map(() => 'a'), ids });
    expect(sliceClusters(p, { features: data }).slices[0].n).toBeGreaterThan(50);
    const mixed = dataset({
      columns: { size: rows.map(([x]) => x), light: ids.map((id) => (Number(id) % 2 ? 'x' : 'y')) },
      ...{ labels: ids.map(() => 'a'), ids },
    });
    expect(sliceClusters(p, { features: mixed }).n).toBe(N);
    const few = dataset({ features: [[1], [2]], labels: ['a', 'b'], ids: ['0', '1'] });
    expect(() => sliceClusters(p, { features: few })).toThrow('"2" is not among');
  });

  it('takes real losses, judged by Welch', () => {
    const { p, features, inside } = planted(3, 1);
    const stream = random(9);
    const loss = Float64Array.from(inside, (own) => -Math.log(1 - stream.next()) * (own ? 4 : 1));
    const found = sliceClusters({ ...p, loss }, { features, measure: 'loss' });
    expect(found.metric).toBe('mean-loss');
    const [slice] = found.slices;
    expect(slice.indices.filter((i) => inside[i]).length / slice.n).toBeGreaterThan(0.5);
    expect(slice.pValue).toBeLessThan(0.001);
    expect(differenceOfMeans([1, 2], [1, 2]).difference).toBe(0);
  });

  it('survives the degenerate: nothing wrong, all wrong, constant features', () => {
    const { p, features } = planted(1, 4);
    const right = { ...p, predicted: p.label, correct: Array.from(p.correct, () => 1) };
    expect(sliceClusters(right, { features })).toMatchObject({ slices: [], rejected: [] });
    const wrong = { ...p, correct: Array.from(p.correct, () => 0) };
    expect(sliceClusters(wrong, { features }).slices).toEqual([]);
    const flat = { values: new Float32Array(N * 2).fill(3), shape: [2] };
    expect(sliceClusters(p, { features: flat }).slices).toEqual([]);
    expect(figures.clusterSlices(sliceClusters(right, { features })).title).toBe(
      'No cluster is surely worse than the rest',
    );
  });

  it('refuses what it cannot use', () => {
    const { p, features } = planted(1, 1);
    expect(() => sliceClusters(p, { features: { values: [1], shape: [1] } })).toThrow(
      'for each of 1200 examples',
    );
    expect(() => sliceClusters(p, { features: [] as never })).toThrow('be a Dataset, or');
    expect(() => sliceClusters(p, { features, slice: 3 } as never)).toThrow('Did you mean "slices"?');
    expect(() => sliceClusters(twoClasses([0, 1]), { features: { values: [1, 2], shape: [1] } })).toThrow(
      'at least 40',
    );
  });
});

describe('principalAxes', () => {
  it('finds the plane that the points lie in, by either way', () => {
    const stream = random(4);
    for (const d of [10, 200]) {
      const [u, v] = [0, 1].map(() => Float64Array.from({ length: d }, () => stream.normal()));
      const values = new Float32Array(300 * d);
      for (let i = 0; i < 300; i++) {
        const [x, y] = [3 * stream.normal(), stream.normal()];
        for (let j = 0; j < d; j++) values[i * d + j] = 5 + x * u[j] + y * v[j];
      }
      const rows = Array.from({ length: 300 }, (_, i) => i);
      const axes = principalAxes(values, d, rows, 5, 0);
      expect(axes.q).toBeLessThanOrEqual(2);
      expect(axes.explained).toBeGreaterThan(0.9);
      const along = alongAxes(axes, values);
      const mean = Array.from(
        { length: axes.q },
        (_, k) => rows.reduce((sum, i) => sum + along[i * axes.q + k], 0) / 300,
      );
      mean.forEach((value) => expect(Math.abs(value)).toBeLessThan(1e-3));
      const spread = rows.reduce((sum, i) => sum + along[i * axes.q] ** 2, 0) / 300;
      expect(spread / axes.variances[0]).toBeCloseTo(1, 4);
    }
  });
});

describe('errorAwareMixture', () => {
  it('parts two clouds', () => {
    const stream = random(6);
    const points = Float64Array.from({ length: 200 }, (_, i) => (i < 100 ? -5 : 5) + stream.normal());
    const codes = Int32Array.from({ length: 200 }, (_, i) => Number(i >= 100));
    const data = { points, n: 200, q: 1, categories: [{ codes, size: 2 }], bad: Uint8Array.from(codes) };
    const mixture = errorAwareMixture(data, 2, 1, stream);
    expect(mixture.converged).toBe(true);
    const part = partOfEach(mixture, points);
    expect(new Set(part.subarray(0, 100)).size).toBe(1);
    expect(part[150]).not.toBe(part[50]);
    expect(Math.abs(mixture.means[part[150]] - 5)).toBeLessThan(0.4);
  });
});
