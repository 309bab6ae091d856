import fc from 'fast-check';
import { dataset } from '../../../src/data/dataset';
import { prepare } from '../../../src/data/prepare/prepare';
import { sparseFeatures } from '../../../src/data/prepare/sparse-features';
import type { PrepareOptions } from '../../../src/data/prepare/types';
import type { ColumnValues } from '../../../src/data/table';
import type { Dataset, Role } from '../../../src/data/types';
import { deepFreeze } from '../freeze';

const of = (columns: Record<string, ColumnValues>, roles?: Record<string, Role>): Dataset =>
  deepFreeze(
    dataset({
      columns,
      roles,
      labels: Array.from(Object.values(columns)[0], (_, i) => i),
      task: 'regression',
    }),
  );

const featuresOf = (data: Dataset): number[] => Array.from(data.features.values);

const made = (
  columns: Record<string, ColumnValues>,
  roles?: Record<string, Role>,
  options?: PrepareOptions,
): { names: readonly string[] | undefined; rows: number[] } => {
  const data = of(columns, roles);
  const preparation = prepare(data, options);
  return { names: preparation.names, rows: featuresOf(preparation.apply(data)) };
};

describe('numbers', () => {
  it('fills gaps by the median and marks them', () => {
    // 1, 3, gap: median 2, so 1, 3, 2: mean 2, variance 2/3
    const unit = Math.fround(1 / Math.sqrt(2 / 3));
    expect(made({ x: [1, 3, null] })).toEqual({ names: ['x', 'x missing'], rows: [-unit, 0, unit, 0, 0, 1] });
  });

  it('takes NaN and infinities for gaps, and says how many', () => {
    const data = of({ x: [1, NaN, 3, Infinity] });
    const preparation = prepare(data);
    expect(preparation.steps).toMatchObject([{ median: 2, mean: 2, indicator: true }]);
    expect(preparation.warnings).toEqual([
      { code: 'non-finite-value', message: 'NaN or infinite numbers count as missing: "x" (2).', count: 2 },
    ]);
  });

  it('leaves out what is constant or empty, but keeps where a constant is missing', () => {
    const data = of({ a: [5, 5, 5], b: [null, null, null], c: [7, null, 7], d: [1, 2, 3] });
    const preparation = prepare(data);
    expect(preparation.names).toEqual(['c', 'c missing', 'd']);
    expect(preparation.warnings.map(({ code, message }) => [code, message])).toEqual([
      ['constant-column', 'One value in all of training, so left out: "a".'],
      ['empty-column', 'Nothing to learn from in training, so left out: "b".'],
    ]);
    expect(featuresOf(preparation.apply(data)).filter((_, i) => i % 3 < 2)).toEqual([0, 0, 0, 1, 0, 0]);
    expect(prepare(of({ a: [0.1, 0.1, 0.1], d: [1, 2, 3] })).names).toEqual(['d']);
  });

  it('fills a gap that training never had, and says so', () => {
    const preparation = prepare(of({ x: [0, 2] }));
    const other = preparation.apply(of({ x: [null, 3, null] }));
    expect(featuresOf(other)).toEqual([0, 2, 0]);
    expect(other.warnings).toEqual([
      { code: 'unseen-gap', message: 'Missing here though never in training, so filled: "x" (2).', count: 2 },
    ]);
  });
});

describe('truth values and categories', () => {
  it('are 0 and 1; a gap takes the share of true', () => {
    expect(made({ on: [true, false, false, null] })).toEqual({
      names: ['on', 'on missing'],
      rows: [1, 0, 0, 0, 0, 0, Math.fround(1 / 3), 1],
    });
    expect(() => prepare(of({ on: [true, true] }))).toThrow(
      'prepare: "train" must have a column to learn from; "on": always true in training. Give a column',
    );
  });

  it('groups rare levels; levels never seen join them and are counted', () => {
    const preparation = prepare(of({ town: ['U', 'U', 'B', 'B', 'R'] }), { minCount: 2 });
    expect(preparation.names).toEqual(['town = B', 'town = U', 'town other']);
    const other = preparation.apply(of({ town: ['R', 'X', 'B', null] }));
    expect(featuresOf(other)).toEqual([0, 0, 1, 0, 0, 1, 1, 0, 0, 0, 0, 1]);
    // R is rare, not unseen
    expect(other.warnings).toMatchObject([{ code: 'unseen-level', count: 2 }]);
  });

  it('makes all zeros of a level never seen where nothing is rare', () => {
    const preparation = prepare(of({ town: ['U', 'B'] }));
    expect(featuresOf(preparation.apply(of({ town: ['X', 'U'] })))).toEqual([0, 0, 0, 1]);
  });

  it('keeps the most frequent of too many levels, and says so', () => {
    const preparation = prepare(of({ k: ['a', 'b', 'b', 'c', 'c', 'd'] }), { maxLevels: 2 });
    expect(preparation.steps).toMatchObject([{ levels: ['b', 'c'], rare: ['a', 'd'] }]);
    expect(preparation.warnings).toMatchObject([{ code: 'levels-grouped', count: 2 }]);
  });

  it('takes one in 50 examples, at most five, for frequent', () => {
    const levels = (n: number, times: number): ColumnValues =>
      Array.from({ length: n }, (_, i) => (i < times ? 'rare' : i % 2 ? 'a' : 'b'));
    expect(prepare(of({ k: levels(150, 2) })).names).toContain('k other');
    expect(prepare(of({ k: levels(150, 3) })).names).toContain('k = rare');
    expect(prepare(of({ k: levels(1000, 4) })).names).toContain('k other');
    expect(prepare(of({ k: levels(1000, 5) })).names).toContain('k = rare');
  });

  it('takes numbers for levels where told, and a single level for nothing', () => {
    const roles = { n: 'category', one: 'category' } as const;
    expect(made({ n: [3, 1, 3], one: ['x', 'x', 'x'] }, roles).names).toEqual(['n = 1', 'n = 3']);
  });
});

describe('dates', () => {
  const day = (text: string): Date => new Date(`${text}Z`);

  it('become days, and sine and cosine of the cycles that vary', () => {
    const dates = [day('2019-01-01T00:00'), day('2020-01-01T00:00'), day('2021-01-01T00:00')];
    const { names, rows } = made({ d: dates });
    // Tuesday, Wednesday, Friday; always the first of January
    expect(names).toEqual(['d', 'd week sin', 'd week cos']);
    const week = (weekday: number): number[] => [
      Math.fround(Math.sin((2 * Math.PI * weekday) / 7)),
      Math.fround(Math.cos((2 * Math.PI * weekday) / 7)),
    ];
    expect([rows.slice(1, 3), rows.slice(4, 6), rows.slice(7, 9)]).toEqual([week(1), week(2), week(4)]);
    // days 0, 365, 731 from the first: mean 365.333, so the middle one is 1/3 of a day early
    const sd = Math.sqrt((365.3333333 ** 2 + 0.3333333 ** 2 + 365.6666667 ** 2) / 3);
    expect(rows[3]).toBeCloseTo(-1 / 3 / sd, 6);
  });

  it('know the time of day and of the year; a gap is none of it', () => {
    const { names, rows } = made({ d: [day('2020-07-01T06:00'), day('2021-07-02T12:00'), null] });
    expect(names).toEqual([
      'd', 'd year sin', 'd year cos', 'd week sin', 'd week cos', 'd day sin', 'd day cos', 'd missing',
    ]); // prettier-ignore
    expect(rows.slice(5, 7)).toEqual([1, Math.fround(Math.cos(Math.PI / 2))]);
    // 182.25 of 366 days
    expect(rows[1]).toBeCloseTo(Math.sin((2 * Math.PI * 182.25) / 366), 6);
    expect(rows.slice(17, 24)).toEqual([0, 0, 0, 0, 0, 0, 1]);
  });

  it('before 1970 have their day and weekday too', () => {
    // Wednesday 18:00
    const { names, rows } = made({ d: [day('1969-12-31T18:00'), day('1969-12-24T00:00')] });
    expect(names).toEqual(['d', 'd day sin', 'd day cos']);
    expect(rows.slice(1, 2)).toEqual([-1]);
  });
});

describe('text', () => {
  const text = ['one two', 'one', null];
  const roles = { t: 'text' } as const;

  it('keeps the terms of most texts, ties in their order', () => {
    const options = { words: [1, 1], characters: [3, 3], vocabulary: 2, minCount: 1 } as const;
    const { steps } = prepare(of({ t: ['b a a', 'b c', 'a'] }, roles), options);
    expect(steps[0]).toMatchObject({ terms: ['a', 'b'], documents: [2, 2] });
    expect(steps[1]).toMatchObject({ terms: [' a ', ' b '], documents: [2, 2] });
  });

  it('makes zeros of a missing text and of one without a known term', () => {
    const preparation = prepare(of({ t: text }, roles), { characters: [3, 3] });
    const { values, shape } = preparation.apply(of({ t: [null, '', 'zzz', 'one'] }, roles)).features;
    expect(values.subarray(0, 3 * shape[0]).every((value) => value === 0)).toBe(true);
    expect(values.subarray(3 * shape[0]).some((value) => value > 0)).toBe(true);
  });

  it('leaves out text without a term, and wants one kind of n-grams at least', () => {
    expect(() => prepare(of({ t: ['', '  '] }, roles))).toThrow('"t": no term in enough texts of training');
    expect(made({ t: ['…', '!!!'] }, roles).names).not.toContain('t words "…"');
  });

  it('counts runs of characters beyond 16 bits as one each', () => {
    const { steps } = prepare(of({ t: ['😀😁', 'a'] }, roles), { characters: [2, 2], minCount: 1 });
    expect(steps[1]).toMatchObject({ terms: [' a', ' 😀', 'a ', '😀😁', '😁 '] });
  });

  it('becomes token ids: 0 padding, 1 unknown, words from 2 on', () => {
    const data = of({ t: ['the cat, the dog', 'the dog', 'a'] }, roles);
    const preparation = prepare(data, { text: 'tokens', vocabulary: 3, minCount: 1, maxLength: 4 });
    // the and dog stand in two texts, then "," comes first of the rest
    expect(preparation).toMatchObject({ shape: [4], vocabulary: 5, steps: [{ words: [',', 'dog', 'the'] }] });
    expect(preparation.names).toBeUndefined();
    expect(featuresOf(preparation.apply(data))).toEqual([4, 1, 2, 4, 4, 3, 0, 0, 1, 0, 0, 0]);
  });

  it('is as long as holds 95 % of the texts whole', () => {
    const lengths = Array.from({ length: 20 }, (_, i) =>
      Array(i + 1)
        .fill('w')
        .join(' '),
    );
    expect(prepare(of({ t: lengths }, roles), { text: 'tokens' }).shape).toEqual([19]);
    const long = [Array(300).fill('w').join(' '), 'w'];
    expect(prepare(of({ t: long }, roles), { text: 'tokens' }).shape).toEqual([256]);
  });

  it('refuses tokens beside other inputs', () => {
    expect(() => prepare(of({ t: text, x: [1, 2, 3] }, roles), { text: 'tokens' })).toThrow(
      `prepare: "text" must be "ngrams" where there are other inputs than "t": x. Leave the others out: dataset({ …, roles: { "x": 'ignore' } }).`,
    );
    expect(
      prepare(of({ t: text, x: [1, 2, 3] }, { t: 'text', x: 'ignore' }), { text: 'tokens' }).shape,
    ).toEqual([2]);
  });
});

describe('dense blocks', () => {
  it('leave the padding of a series alone, in measuring and in making', () => {
    const features = [
      [1, 10, 3, 30, 0, 0],
      [5, 50, 0, 0, 0, 0],
    ];
    const data = dataset({ features, shape: [3, 2], labels: ['a', 'b'] });
    const preparation = prepare(data);
    // 1, 3, 5: mean 3, variance 8/3
    expect(preparation.steps).toMatchObject([{ per: 'channel', mean: [3, 30], padding: true }]);
    const unit = Math.fround(2 / Math.sqrt(8 / 3));
    expect(featuresOf(preparation.apply(data))).toEqual([-unit, -unit, 0, 0, 0, 0, unit, unit, 0, 0, 0, 0]);
  });

  it('of one channel have no padding: zeros are values', () => {
    const data = dataset({ features: [[2, 0], [2, 0]], shape: [2, 1], labels: ['a', 'b'] }); // prettier-ignore
    expect(featuresOf(prepare(data).apply(data))).toEqual([1, -1, 1, -1]);
  });

  it('become 0 where constant, whatever comes later', () => {
    const data = dataset({ features: [[1, 0.1], [3, 0.1]], labels: ['a', 'b'] }); // prettier-ignore
    const other = dataset({ features: [[1, 7]], labels: ['a'] });
    expect(featuresOf(prepare(data).apply(other))).toEqual([-1, 0]);
  });
});

describe('sparseFeatures', () => {
  it('gives the numbers of apply without the zeros', () => {
    const cell = { x: fc.option(fc.integer({ min: -3, max: 3 })), k: fc.constantFrom('a', 'b', 'c', null) };
    const t = fc.array(fc.constantFrom('da', 'di', 'du', 'da-di'), { maxLength: 5 });
    fc.assert(
      fc.property(fc.array(fc.record({ ...cell, t }), { minLength: 2, maxLength: 12 }), (rows) => {
        const data = of(
          {
            x: [...rows.map(({ x }) => x), 9, 8],
            k: [...rows.map(({ k }) => k), 'a', 'b'],
            t: [...rows.map((row) => row.t.join(' ')), 'da', 'di'],
          },
          { k: 'category', t: 'text' },
        );
        const preparation = prepare(data);
        const { starts, indices, values, size } = sparseFeatures(preparation, data);
        const dense = new Float32Array(data.n * size);
        for (let row = 0; row < data.n; row++) {
          for (let i = starts[row]; i < starts[row + 1]; i++) {
            if (i > starts[row]) expect(indices[i]).toBeGreaterThan(indices[i - 1]);
            dense[row * size + indices[i]] = values[i];
          }
        }
        expect(dense).toEqual(preparation.apply(data).features.values);
        expect(values.every((value) => value !== 0)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });
});
