import { random } from '../../../src/core/random';
import { findSlices } from '../../../src/look/slices/find-slices';
import type { FindSlicesOptions } from '../../../src/look/slices/slice-options';
import { withSeeds } from '../../../src/metrics/by-seed';
import { predictionsFrom } from '../../../src/metrics/predictions-from';
import { asTable } from '../../../src/data/as-table';
import type { Predictions } from '../../../src/metrics/types';

type Row = Record<string, string | number | boolean | Date | null>;

/** Rows of people, wrong with the probability that `risk` gives them. */
function people(n: number, seed: number, risk: (row: Row) => number): Row[] {
  const stream = random(seed);
  return Array.from({ length: n }, () => {
    const row: Row = {
      city: ['Bern', 'Rome', 'Oslo', 'Kyiv'][stream.integer(4)],
      age: 18 + stream.integer(60),
      income: stream.next() < 0.1 ? null : Math.exp(stream.normal()),
      member: stream.next() < 0.5,
      joined: new Date(Date.UTC(2020, 0, 1) + stream.integer(1000) * 86_400_000),
    };
    const wrong = stream.next() < risk(row);
    return { y: 'yes', p: wrong ? 'no' : 'yes', loss: wrong ? 2 : 0.1, ...row };
  });
}

const predict = (rows: Row[], extra: object = {}): Predictions =>
  predictionsFrom(rows, {
    ...{ label: 'y', predicted: 'p', metadata: ['city', 'age', 'income', 'member', 'joined'] },
    ...extra,
  });

const young = (row: Row): boolean => row.city === 'Rome' && (row.age as number) < 30;
const PLANTED = people(12_000, 2, (row) => (young(row) ? 0.4 : 0.1));

describe('a planted slice', () => {
  const found = findSlices(predict(PLANTED));

  test('is found, named, and confirmed on rows that the search never saw', () => {
    expect(found.slices).toHaveLength(1);
    const [slice] = found.slices;
    expect(slice.description).toBe('city = Rome and age < 30');
    expect(slice.predicate).toEqual([
      { column: 'city', is: 'Rome' },
      { column: 'age', from: null, to: 30 },
    ]);
    expect(slice.sql).toBe(`"city" = 'Rome' AND "age" < 30`);
    expect(slice.indices).toEqual([...PLANTED.keys()].filter((i) => young(PLANTED[i])));
    expect(slice.n).toBe(slice.indices.length);
    expect(slice.discovery.n + slice.heldOut!.n).toBe(slice.n);
    expect(slice.errors).toBe(slice.discovery.errors + slice.heldOut!.errors);
    expect(slice.interval[0]).toBeLessThan(0.4);
    expect(slice.interval[1]).toBeGreaterThan(0.4);
    expect(slice.pValue).toBeLessThan(1e-6);
    expect(slice.qValue).toBeLessThan(1e-5);
    expect(slice.ratio).toBeCloseTo(slice.error / slice.heldOut!.overall, 12);
  });

  test('carries its share of all errors and the gain, both on the held-out rows', () => {
    const [{ heldOut, shareOfErrors, shareOfErrorsInterval, gainIfFixed, gainInterval }] = found.slices;
    expect(found.rows).toEqual({ searched: 6000, heldOut: 6000, bothWays: true, splits: 3, seed: 0 });
    const half = 6000;
    const all = heldOut!.overall * half;
    expect(shareOfErrors).toBeCloseTo(heldOut!.errors / all, 12);
    expect(shareOfErrorsInterval[0]).toBeLessThan(shareOfErrors);
    expect(gainIfFixed).toBeCloseTo((heldOut!.n / half) * (heldOut!.error - heldOut!.overall), 12);
    expect(gainInterval[0]).toBeGreaterThan(0);
    expect(gainInterval[1]).toBeGreaterThan(gainIfFixed);
  });

  test('leaves what says about the same as other descriptions, and the rest unconfirmed', () => {
    const [{ alternatives }] = found.slices;
    expect(alternatives.length).toBeGreaterThan(0);
    for (const { overlap } of alternatives) expect(overlap).toBeGreaterThan(0.25);
    for (const { qValue } of found.unconfirmed) expect(qValue).toBeGreaterThan(0.02);
  });

  test('says what was tried and how small a slice could have been seen', () => {
    expect(found.tried.map(({ level }) => level)).toEqual([1, 2, 3]);
    expect(found.tried[1].evaluated).toBeGreaterThan(100);
    const [half, twice, thrice] = found.smallestVisible;
    expect(half.n).toBeGreaterThan(twice.n);
    expect(twice.n).toBeGreaterThan(thrice.n);
    // 3 times the error in 6 % of the rows was found.
    expect(thrice.share).toBeLessThan(0.06);
  });

  test('can be asked for its examples and tried on other rows', () => {
    const [slice] = found.slices;
    const { examples, n } = slice.examples({ limit: 3 });
    expect(n).toBe(slice.n);
    expect(examples.map(({ index }) => slice.indices.includes(index))).toEqual([true, true, true]);
    expect(examples.map(({ predicted }) => predicted)).toEqual(['no', 'no', 'no']);
    const rows = people(5000, 3, (row) => (young(row) ? 0.4 : 0.1));
    const other = slice.fit(predict(rows));
    const inside = [...rows.keys()].filter((i) => young(rows[i]));
    expect(other.indices).toEqual(inside);
    expect(other).toMatchObject({
      kind: 'slice-fit',
      n: inside.length,
      shareOfExamples: inside.length / 5000,
    });
    expect(other.errors).toBe(inside.filter((i) => rows[i].p === 'no').length);
    expect(
      slice.fit(
        asTable([
          { city: 'Rome', age: 18 },
          { city: 'Rome', age: 30 },
          { city: null, age: 1 },
        ]),
      ),
    ).toEqual([0]);
    expect(() => slice.fit(asTable([{ town: 'Rome', age: 3 }]))).toThrow(/have the column "city"/);
  });

  test('survives JSON, and is the same again', () => {
    const plain = JSON.parse(JSON.stringify(found));
    expect(plain.slices[0].description).toBe('city = Rome and age < 30');
    expect(plain.slices[0].examples).toBeUndefined();
    expect(JSON.stringify(findSlices(predict(PLANTED)))).toBe(JSON.stringify(found));
  });
});

describe('healthy twins', () => {
  test('show no slice', () => {
    const counts = Array.from(
      { length: 12 },
      (_, seed) => findSlices(predict(people(3000, 100 + seed, () => 0.15))).slices.length,
    );
    // 2 % of false discoveries: two or more among twelve would come once in forty times.
    expect(counts.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(1);
  });

  test('without an error show none, and neither where all are wrong', () => {
    for (const risk of [0, 1]) {
      const found = findSlices(predict(people(400, 3, () => risk)));
      expect([found.slices, found.unconfirmed]).toEqual([[], []]);
      expect(found.overall.errors).toBe(400 * risk);
    }
    const { warnings } = findSlices(predict(people(400, 3, () => 0)));
    expect(warnings.map(({ code }) => code)).toContain('few-errors');
  });
});

describe('kinds of columns', () => {
  test.each([
    ['nothing there', (row: Row) => row.income === null, 'income is missing', '"income" IS NULL'],
    ['a truth value', (row: Row) => row.member === true, 'member = true', '"member" = true'],
    [
      'dates',
      (row: Row) => (row.joined as Date) >= new Date('2022-01-01'),
      /^joined ≥ 2021-1[12]-\d\d$|^joined ≥ 2022-0[12]-\d\d$/,
      /^"joined" >= TIMESTAMP '202[12]-\d\d-\d\d 00:00:00.000'$/,
    ],
    [
      'a range',
      (row: Row) => (row.age as number) >= 40 && (row.age as number) < 55,
      /^(39|40|41) ≤ age < (54|55|56)$/,
      /"age" >= (39|40|41) AND "age" < (54|55|56)/,
    ],
  ])('%s', (_, holds, words, sql) => {
    const { slices } = findSlices(predict(people(12_000, 5, (row) => (holds(row) ? 0.3 : 0.1))));
    expect(slices).toHaveLength(1);
    expect(slices[0].description).toMatch(words);
    expect(slices[0].sql).toMatch(sql);
  });

  test('columns in which no value is frequent are left out and said', () => {
    const rows = people(500, 6, () => 0.2).map((row, i) => ({ ...row, name: `n${i}` }));
    const found = findSlices(predict(rows, { metadata: ['name', 'city'] }));
    expect(found.columns.map(({ name }) => name)).toEqual(['city']);
    expect(found.warnings).toMatchObject([{ code: 'no-frequent-value', count: 1 }]);
  });
});

describe('values that are not 0 and 1', () => {
  test('squared errors of a regression', () => {
    const stream = random(8);
    const rows = Array.from({ length: 6000 }, () => {
      const shift = stream.integer(5);
      const noise = stream.normal() * (shift === 3 ? 3 : 1);
      return { y: 0.5, p: 0.5 + noise, shift: `s${shift}`, other: stream.integer(9) };
    });
    const found = findSlices(predictionsFrom(rows, { label: 'y', predicted: 'p', task: 'regression' }));
    expect(found.metric).toBe('mean-squared-error');
    expect(found.slices.map(({ description }) => description)).toEqual(['shift = s3']);
    const [slice] = found.slices;
    expect(slice.errors).toBeNaN();
    expect(slice.interval[0]).toBeLessThan(9);
    expect(slice.interval[1]).toBeGreaterThan(9);
    // A fifth of the rows with 9 of 9 + 4 parts of the squared error.
    expect(slice.shareOfErrors).toBeCloseTo(9 / 13, 1);
  });

  test('losses of a classification', () => {
    const rows = people(6000, 9, (row) => (row.city === 'Oslo' ? 0.4 : 0.1)).map((row) => ({
      ...row,
      p_no: row.p === 'no' ? 0.9 : 0.2,
      p_yes: row.p === 'no' ? 0.1 : 0.8,
    }));
    const given = predictionsFrom(rows, { label: 'y', probabilities: 'p_', metadata: ['city', 'age'] });
    const found = findSlices(given, { measure: 'loss' });
    expect(found.metric).toBe('mean-loss');
    expect(found.slices[0].description).toBe('city = Oslo');
    expect(() => findSlices(predict(PLANTED), { measure: 'loss' })).toThrow(
      /the loss of these predictions is not known/,
    );
  });
});

describe('predictions of several seeds', () => {
  const all = [0, 1, 2].map((seed) => ({
    seed,
    // The same people, each seed with mistakes of its own.
    predictions: predict(
      PLANTED.map((row, i) => ({
        ...row,
        p: random(seed * 20_000 + i).next() < (young(row) ? 0.4 : 0.1) ? 'no' : 'yes',
      })),
    ),
  }));

  test('are sliced by their mean errors, and say how far the seeds lie apart', () => {
    const found = findSlices(withSeeds(all));
    expect(found.overall.seeds?.n).toBe(3);
    expect(found.slices.map(({ description }) => description)).toEqual(['city = Rome and age < 30']);
    const [slice] = found.slices;
    expect(slice.seeds?.n).toBe(3);
    const shares = all.map(({ predictions }) => {
      const wrong = slice.indices.filter((i) => predictions.correct[i] === 0).length;
      return wrong / slice.n;
    });
    const mean = shares.reduce((a, b) => a + b) / 3;
    expect(slice.errors / slice.n).toBeCloseTo(mean, 10);
    expect(slice.interval[0]).toBeLessThan(0.4);
    expect(slice.interval[1]).toBeGreaterThan(0.4);
  });
});

describe('options', () => {
  test('SliceLine as published: searched and measured on all rows, best first, no grouping', () => {
    const found = findSlices(predict(PLANTED), { alpha: 0.95, holdOut: 0, group: false, k: 2, maxLevel: 2 });
    expect(found.score).toEqual({ name: 'sliceline', alpha: 0.95 });
    expect(found.slices).toHaveLength(2);
    const scores = found.slices.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(found.slices[0]).toMatchObject({ heldOut: null, pValue: NaN, qValue: NaN });
    expect(found.warnings.map(({ code }) => code)).toEqual(['not-judged']);
    const { size, errors } = { size: found.slices[0].n, errors: found.slices[0].errors };
    const mean = found.overall.error;
    expect(scores[0]).toBeCloseTo(0.95 * (errors / size / mean - 1) - 0.05 * (12_000 / size - 1), 10);
  });

  test('grouped SliceLine says each thing once', () => {
    const found = findSlices(predict(PLANTED), { alpha: 0.98 });
    expect(found.slices[0].description).toMatch(/city = Rome/);
    expect(found.slices.length).toBeLessThan(4);
  });

  test('edges, bins and tree cuts', () => {
    const cut = (options: FindSlicesOptions) =>
      findSlices(predict(PLANTED), { columns: ['age'], ...options }).columns[0].edges;
    expect(cut({ edges: { age: [30, 50] } })).toEqual([30, 50]);
    expect(cut({ bins: 2, group: false })).toHaveLength(1);
    expect(cut({ bins: 3, binning: 'equal-width', group: false })).toEqual([18 + 59 / 3, 18 + 118 / 3]);
    const tree = findSlices(predict(people(8000, 4, (row) => ((row.age as number) < 33 ? 0.5 : 0.1))), {
      ...{ columns: ['age'], binning: 'tree', bins: 2 },
    });
    expect(tree.columns[0].edges).toEqual([33]);
  });

  test('fewer rows may be searched; the others judge, and it is said', () => {
    const found = findSlices(predict(PLANTED), { searchRows: 4000 });
    expect(found.rows).toEqual({ searched: 4000, heldOut: 8000, bothWays: false, splits: 1, seed: 0 });
    expect(found.slices[0].description).toMatch(/city = Rome/);
    const bare = findSlices(predict(PLANTED), { searchRows: 4000, holdOut: 0 });
    expect(bare.rows).toEqual({ searched: 4000, heldOut: 0, bothWays: false, splits: 1, seed: 0 });
    expect(bare.warnings.map(({ code }) => code)).toEqual(['sampled', 'not-judged']);
  });

  test.each([
    [
      { minSupport: 0 },
      '"minSupport" must be an integer ≥ 1 (rows), or a share strictly between 0 and 1; got 0.',
    ],
    [{ minSuport: 5 }, 'Did you mean "minSupport"?'],
    [{ alpha: 0 }, '"alpha" must be a number above 0 and at most 1; got 0.'],
    [{ maxLevel: 0 }, '"maxLevel" must be an integer from 1 to 60, or Infinity; got 0.'],
    [{ columns: ['cty'] }, 'Did you mean "city"?'],
    [{ columns: [] }, '"columns" must be an array of different column names'],
    [{ binning: 'quantiles' }, 'Did you mean "quantile"?'],
    [{ edges: { age: [3, 2] } }, '"edges.age" must be at least one finite number, ascending'],
    [{ edges: { city: [3] } }, 'column "city" has no numbers'],
    [{ holdOut: 1 }, '"holdOut" must be a number from 0 to 0.95; got 1.'],
    [{ splits: 0 }, '"splits" must be an integer from 1 to 100; got 0.'],
    [{ split: 2 }, 'Did you mean "splits"?'],
    [{ splits: 2, alpha: 0.95 }, '"splits" must be 1, or left out, where "alpha" is given; got 2.'],
    [{ splits: 2, holdOut: 0 }, '"splits" must be 1, or left out, where "holdOut" is 0; got 2.'],
    [{ splits: 2, binning: 'tree' }, '"splits" must be 1, or left out, where "binning" is "tree"; got 2.'],
  ])('%j are refused', (options, message) => {
    expect(() => findSlices(predict(PLANTED.slice(0, 50)), options as FindSlicesOptions)).toThrow(message);
  });

  test('predictions without columns are refused with the mend', () => {
    const bare = predictionsFrom([{ y: 'a', p: 'b' }], { label: 'y', predicted: 'p' });
    expect(() => findSlices(bare)).toThrow(/have at least one metadata column.*predictionsFrom/s);
    expect(() => findSlices({} as Predictions)).toThrow(/findSlices: "predictions"/);
  });
});

describe('both halves', () => {
  test('are searched, and no slice is judged by rows that showed it', () => {
    const found = findSlices(predict(PLANTED));
    for (const slice of [...found.slices, ...found.unconfirmed]) {
      expect(slice.discovery.n + slice.heldOut!.n).toBe(slice.n);
      expect(slice.discovery.errors + slice.heldOut!.errors).toBe(slice.errors);
    }
    const ways = new Set(found.unconfirmed.map(({ heldOut }) => heldOut!.overall));
    expect(ways.size).toBe(2);
  });

  test('find more than one of them does', () => {
    // 300 of 6,000 people at 2.5 times the error: what one half shows by luck the other may miss.
    const risk = (row: Row): number => (row.city === 'Rome' && (row.age as number) < 30 ? 0.3 : 0.12);
    const one = { searchRows: 2400 };
    let [both, single] = [0, 0];
    for (let seed = 0; seed < 6; seed++) {
      const given = predict(people(6000, 300 + seed, risk));
      both += Number(findSlices(given).slices.some(({ description }) => description.includes('Rome')));
      single += Number(findSlices(given, one).slices.some(({ description }) => description.includes('Rome')));
    }
    expect(findSlices(predict(PLANTED), one).rows.bothWays).toBe(false);
    expect(both).toBeGreaterThanOrEqual(single);
    expect(both).toBeGreaterThanOrEqual(5);
  });
});

describe('several splits', () => {
  const faint = (row: Row): number => (young(row) ? 0.25 : 0.12);
  const given = predict(people(6000, 408, faint));

  test('find what a single one misses by bad luck of the draw', () => {
    expect(findSlices(given, { splits: 1 }).slices).toEqual([]);
    const found = findSlices(given);
    expect(found.rows.splits).toBe(3);
    expect(found.slices.map(({ description }) => description)).toEqual(['city = Rome and 20 ≤ age < 29']);
  });

  test('count what each of them confirms once, and equal descriptions by the first', () => {
    const once = findSlices(predict(PLANTED), { splits: 1 });
    const often = findSlices(predict(PLANTED), { splits: 4 });
    expect(once.slices).toHaveLength(1);
    expect(often.slices).toHaveLength(1);
    expect(often.slices[0].description).toBe(once.slices[0].description);
    expect(often.slices[0].heldOut).toEqual(once.slices[0].heldOut);
    expect(often.slices[0].pValue).toBe(once.slices[0].pValue);
    // Two hunts of one split have half of the rate each, eight of four an eighth.
    expect(often.slices[0].qValue).toBeCloseTo(4 * once.slices[0].qValue, 30);
    // What is not confirmed is not part of what is.
    for (const { indices } of often.unconfirmed) {
      const said = new Set(often.slices[0].indices);
      expect(indices.filter((row) => said.has(row)).length).toBeLessThan(indices.length);
    }
  });

  test('tell the whole of a slice where one hunt saw a part of it', () => {
    const part = predict(people(6000, 301, (row) => (young(row) ? 0.3 : 0.12)));
    const words = (splits: number) =>
      findSlices(part, { splits }).slices.map(({ description }) => description);
    // One half shows "23 ≤ age < 29", which the other confirms as well.
    expect(words(1)).toEqual(['city = Rome and age < 30']);
    expect(words(3)).toEqual(['city = Rome and age < 30']);
  });

  test('are the same for the same seed, and others for another', () => {
    const facts = (seed: number) =>
      findSlices(given, { seed, k: 3 }).unconfirmed.map(({ description, pValue }) => [description, pValue]);
    expect(facts(1)).toEqual(facts(1));
    expect(facts(1)).not.toEqual(facts(2));
  });

  test('each have halves of their own, and no slice is judged by rows that showed it', () => {
    const found = findSlices(given, { splits: 2 });
    for (const slice of found.unconfirmed) {
      expect(slice.discovery.n + slice.heldOut!.n).toBe(slice.n);
      expect(slice.discovery.errors + slice.heldOut!.errors).toBe(slice.errors);
      // Both halves have 3,000 rows: what one has more of the errors the other has less.
      const { discovery, heldOut } = slice;
      expect(discovery.overall + heldOut!.overall).toBeCloseTo(2 * found.overall.error, 12);
    }
  });

  test('are one where only a part of the rows is searched, and as many as are asked for', () => {
    expect(findSlices(given, { holdOut: 0.3 }).rows.splits).toBe(1);
    expect(findSlices(given, { searchRows: 1000 }).rows.splits).toBe(1);
    expect(findSlices(given, { alpha: 0.95 }).rows).toMatchObject({ splits: 1, bothWays: false });
    const two = findSlices(predict(PLANTED), { holdOut: 0.3, splits: 2 });
    expect(two.rows).toEqual({ searched: 8400, heldOut: 3600, bothWays: true, splits: 2, seed: 0 });
    expect(two.slices.map(({ description }) => description)).toEqual(['city = Rome and age < 30']);
  });
});

test('cuts that a tree makes of the errors are judged by rows that it did not see', () => {
  // Nothing is wrong anywhere: the best of many cuts looks so on the rows that made it.
  const quiet = Array.from({ length: 30 }, (_, seed) =>
    findSlices(predict(people(1500, 700 + seed, () => 0.2)), { binning: 'tree', falseDiscoveryRate: 0.05 }),
  );
  for (const { rows } of quiet) expect(rows).toMatchObject({ bothWays: false, splits: 1 });
  expect(quiet.filter(({ slices }) => slices.length > 0).length).toBeLessThanOrEqual(3);
});
