import fc from 'fast-check';
import { random } from '../../../src/core/random';
import { dataset } from '../../../src/data/dataset';
import { skillAlone } from '../../../src/data/profile/column-alone';
import { someRows } from '../../../src/data/profile/columns-of';
import { labelOrder } from '../../../src/data/profile/label-order';
import { momentsOf } from '../../../src/data/profile/moments';
import { profileColumns } from '../../../src/data/profile/profile-columns';
import { sentinelOf } from '../../../src/data/profile/sentinels';
import { inTurn, normalRows, regression, someValues } from './naive';

const ascending = (values: readonly number[]): Float64Array => Float64Array.from(values).sort();
const shuffled = (n: number, seed = 1): number[] => {
  const stream = random(seed);
  return Array.from({ length: n }, (_, i) => ({ i, key: stream.next() }))
    .sort((a, b) => a.key - b.key)
    .map(({ i }) => i);
};

describe('momentsOf', () => {
  it('leaves out what is missing', () => {
    // Mean 3, squares 4 + 0 + 4 over 3, fourths 16 + 0 + 16 over 3: 10.667 / (8/3)² = 1.5.
    const { kurtosis, sd, ...rest } = momentsOf(Float64Array.of(1, NaN, 3, 5));
    expect(rest).toEqual({ n: 3, mean: 3, min: 1, max: 5, missing: 1 });
    expect([sd, kurtosis]).toEqual([expect.closeTo(Math.sqrt(8 / 3), 12), expect.closeTo(1.5, 12)]);
  });

  it('knows a constant column, and one that is all missing', () => {
    expect(momentsOf(Float64Array.of(0.1, 0.1, 0.1))).toMatchObject({ sd: 0, kurtosis: NaN });
    expect(momentsOf(Float64Array.of(NaN, NaN))).toMatchObject({ n: 0, mean: NaN, missing: 2 });
  });

  it('is what the definitions say', () => {
    fc.assert(
      fc.property(someValues(2), (values) => {
        const mean = (of: readonly number[]): number => of.reduce((a, b) => a + b, 0) / of.length;
        const away = values.map((value) => value - mean(values));
        const sd = Math.sqrt(mean(away.map((a) => a * a)));
        const moments = momentsOf(Float64Array.from(values));
        expect(moments.mean).toBeCloseTo(mean(values), 10);
        expect(moments.sd).toBeCloseTo(sd, 10);
        if (sd > 0) expect(moments.kurtosis).toBeCloseTo(mean(away.map((a) => a ** 4)) / sd ** 4, 8);
      }),
      { seed: 1 },
    );
  });
});

describe('sentinelOf', () => {
  const spread = Array.from({ length: 100 }, (_, i) => (i - 49.5) / 10);

  it('finds a value far from all others that many share, at either end', () => {
    // The others run from −4.95 to 4.95; of the middle 98 of them the standard deviation is √((98² − 1) / 12) / 10.
    const sd = Math.sqrt((98 ** 2 - 1) / 12) / 10;
    expect(sentinelOf('a', ascending([...spread, -999, -999, -999]))).toEqual({
      ...{ column: 'a', value: -999, count: 3, gap: expect.closeTo((999 - 4.95) / sd, 6) },
    });
    expect(sentinelOf('a', ascending([...spread, 99, 99, 99, -50, -50, -50]))?.value).toBe(99);
  });

  it.each([
    ['an outlier of two', [...spread, -999, -999]],
    ['half of the examples and more', [...spread, ...new Array<number>(101).fill(-999)]],
    ['a handful of codes', [1, 1, 1, 2, 2, 2, 3, 3, 3, 99, 99, 99]],
    ['one value for all', [7, 7, 7, 7]],
  ])('does not take %s for one', (_words, values) => {
    expect(sentinelOf('a', ascending(values))).toBeNull();
  });
});

describe('skillAlone', () => {
  const n = 200;
  const order = shuffled(n);
  const values = Float64Array.from(order);

  it('is near 1 for a column that knows the label, and near the guess for one that does not', () => {
    const half = order.map((value) => Number(value >= n / 2));
    // Wrong at the border alone, where the neighbours on one side are of the other class.
    expect(skillAlone(values, half, 'classes')).toBeGreaterThanOrEqual(1 - 6 / n);
    expect(skillAlone(values, order, 'values')).toBeGreaterThan(0.999);
    const lots = random(3);
    const coin = order.map(() => Number(lots.next() < 0.5));
    expect(Math.abs(skillAlone(values, coin, 'classes') - 0.5)).toBeLessThan(0.15);
    // Six neighbours' means add a sixth of the variance to the errors.
    const noise = order.map(() => lots.normal());
    expect(Math.abs(skillAlone(values, noise, 'values') + 1 / 6)).toBeLessThan(0.15);
  });

  it('is that of the label of a column without order: what two values alone tell', () => {
    const labels = order.map((value) => value % 2);
    expect(skillAlone(Float64Array.from(labels), labels, 'classes')).toBeGreaterThan(0.98);
    // In the order of their rows the labels would tell each other; a constant column tells nothing.
    const sorted = labels.map((_, i) => Number(i >= n / 2));
    expect(skillAlone(new Float64Array(n), sorted, 'classes')).toBeLessThan(0.65);
  });

  it('asks the three next on each side, the nearest two with 1.2 votes', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 3, maxLength: 30 }), (labels) => {
        const by = Float64Array.from(labels.keys());
        let [right, left, total] = [0, 0, 0];
        const mean = labels.reduce((a, b) => a + b, 0) / labels.length;
        labels.forEach((label, i) => {
          const near = labels
            .map((other, j) => ({ other, by: Math.abs(j - i) }))
            .filter((o) => o.by > 0 && o.by <= 3);
          const votes = [0, 1, 2].map((k) =>
            near.filter((o) => o.other === k).reduce((sum, o) => sum + (o.by === 1 ? 1.2 : 1), 0),
          );
          const most = Math.max(...votes);
          // Ties are given to either.
          const tied = votes.filter((v) => Math.abs(v - most) < 1e-9).length > 1;
          right += Number(tied ? NaN : votes[label] === most);
          left += (label - near.reduce((sum, o) => sum + o.other, 0) / near.length) ** 2;
          total += (label - mean) ** 2;
        });
        if (!Number.isNaN(right))
          expect(skillAlone(by, labels, 'classes')).toBeCloseTo(right / labels.length, 12);
        if (total > 0) expect(skillAlone(by, labels, 'values')).toBeCloseTo(1 - left / total, 9);
      }),
      { seed: 1 },
    );
  });
});

describe('labelOrder', () => {
  it('is far from zero for labels that are sorted, and near it for shuffled ones', () => {
    const rows = normalRows(300, 1, 1);
    const codes = rows.map((_, i) => Math.floor(i / 100));
    const classes = ['a', 'b', 'c'];
    // 297 of 299 equal the one before; 99/299 would by chance.
    const p = 99 / 299;
    const sorted = (297 / 299 - p) / Math.sqrt((p * (1 - p)) / 299);
    expect(labelOrder(dataset({ features: rows, labels: codes, classes }))).toBeCloseTo(sorted, 9);
    const mixed = shuffled(300).map((i) => codes[i]);
    expect(Math.abs(labelOrder(dataset({ features: rows, labels: mixed, classes })))).toBeLessThan(3);
    // In turn: never equal.
    const turn = (0 - 149 / 299) / Math.sqrt(((149 / 299) * (150 / 299)) / 299);
    expect(labelOrder(inTurn(rows))).toBeCloseTo(turn, 9);
  });

  it('is √n times the correlation with the one before for values', () => {
    // Mean 2.5; squares 2.25 + 0.25 + 0.25 + 2.25 = 5; along 0.75 − 0.25 + 0.75 = 1.25: 0.25 · √4.
    expect(labelOrder(regression([[0], [0], [0], [0]], [1, 2, 3, 4]))).toBeCloseTo(0.5, 12);
    expect(
      Math.abs(labelOrder(regression(normalRows(400, 1, 1), normalRows(400, 1, 2).flat()))),
    ).toBeLessThan(3);
  });

  it('is not known for several labels, two examples, or one label for all', () => {
    expect(labelOrder(dataset({ features: [[1], [2], [3]], labels: [['a'], [], ['a']] }))).toBeNaN();
    expect(labelOrder(inTurn([[1], [2]]))).toBeNaN();
    expect(labelOrder(regression([[1], [2], [3]], [5, 5, 5]))).toBeNaN();
    const one = dataset({ features: [[1], [2], [3]], labels: [0, 0, 0], classes: ['a', 'b'] });
    expect(labelOrder(one)).toBeNaN();
  });
});

describe('profileColumns', () => {
  const rows = normalRows(200, 3, 5);
  const labels = rows.map(([a]) => (a > 0 ? 'up' : 'down'));

  it('tells of each column what is odd of it', () => {
    const features = rows.map(([a, b, c], i) => [a, i < 20 ? -999 : b, c, 5, 2 * a + 1]);
    const data = dataset({ features, labels, featureNames: ['sign', 'coded', 'gap', 'still', 'again'] });
    data.features.values[3 * 5 + 2] = NaN;
    const profile = profileColumns(data);
    expect([profile.of, profile.total, profile.aloneN]).toEqual(['columns', 5, 200]);
    expect(profile.missing).toEqual([0, 0, 1, 0, 0]);
    expect(profile.sd[3]).toBe(0);
    expect(profile.sentinels).toMatchObject([{ column: 'coded', value: -999, count: 20 }]);
    expect(profile.duplicates).toEqual([['sign', 'again']]);
    expect(profile.alone.map(({ column }) => column)).toEqual(expect.arrayContaining(['sign', 'again']));
    expect(profile.alone[0].skill).toBeGreaterThan(0.95);
    expect(profile.mean[0]).toBeCloseTo(rows.reduce((sum, [a]) => sum + Math.fround(a), 0) / 200, 6);
  });

  it('does not take marks that few examples have for copies', () => {
    const marks = rows.map(([a], i) => [a, Number(i === 7), Number(i === 7)]);
    expect(profileColumns(dataset({ features: marks, labels })).duplicates).toEqual([]);
  });

  it('takes mean and spread of an image for it', () => {
    const images = [0, 1, 2].map((base) => [base, base, base + 2, base + 2]);
    const profile = profileColumns(
      dataset({ features: images.flat(), shape: [2, 2, 1], labels: ['a', 'b', 'a'] }),
    );
    expect(profile).toMatchObject({
      ...{ of: 'examples', total: 4, names: ['mean of an example', 'spread of an example'] },
      // Means 1, 2 and 3; spreads 1 each.
      ...{ mean: [2, 1], min: [1, 1], max: [3, 1], sentinels: [], duplicates: [], alone: [] },
    });
  });

  it('looks at 256 columns and names them by their place', () => {
    const profile = profileColumns(inTurn(normalRows(4, 300, 1)));
    expect([profile.total, profile.names.length, profile.names[255]]).toEqual([300, 256, 'column 256']);
  });
});

describe('someRows', () => {
  it('are evenly spaced, of bounded number, and all where they are few', () => {
    expect(Array.from(someRows(5, 1))).toEqual([0, 1, 2, 3, 4]);
    expect(Array.from(someRows(10, 1, 5))).toEqual([0, 2, 4, 6, 8]);
    // 200,000 values over 1,000 columns are 200 rows; never fewer than these.
    expect([someRows(1e6, 1), someRows(1e6, 250), someRows(1e6, 1e5)].map(({ length }) => length)).toEqual([
      ...[2000, 800, 200],
    ]);
  });
});
