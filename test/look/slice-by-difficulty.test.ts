import fc from 'fast-check';
import { random } from '../../src/core/random';
import { difficulty } from '../../src/look/difficulty';
import { sliceByDifficulty } from '../../src/look/slice-by-difficulty';
import { worstSlice } from '../../src/look/worst-slice';
import type { Predictions } from '../../src/metrics/types';
import { completePredictions } from '../../src/metrics/complete-predictions';
import { differenceOfMeans } from '../../src/stats/difference-of-means';
import { differenceOfShares } from '../../src/stats/difference-of-shares';
import { wilsonInterval } from '../../src/stats/wilson-interval';
import { numberTable, twoClasses } from './some-predictions';

const ink = { by: { source: 'metadata', column: 'ink' } } as const;

describe('sliceByDifficulty', () => {
  it('counts errors from easiest to hardest', () => {
    // ink 1 … 10, wrong at 6, 8, 9, 10: two slices of five with 0 and 4 errors.
    const p = twoClasses([0, 0, 0, 0, 0, 1, 0, 1, 1, 1], { ink: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] });
    const result = sliceByDifficulty(p, { ...ink, bins: 2 });
    expect(result.slices).toMatchObject([
      {
        label: 'easiest half, ink ≤ 5',
        from: 1,
        to: 6,
        n: 5,
        errors: 0,
        error: 0,
        interval: wilsonInterval(0, 5),
        shareOfExamples: 0.5,
        shareOfErrors: 0,
        shareOfErrorsInterval: wilsonInterval(0, 4),
        gainIfFixed: 0,
        gainInterval: [0, 0],
        indices: [0, 1, 2, 3, 4],
      },
      {
        label: 'hardest half, ink ≥ 6',
        from: 6,
        to: 10,
        n: 5,
        errors: 4,
        error: 0.8,
        interval: wilsonInterval(4, 5),
        shareOfExamples: 0.5,
        shareOfErrors: 1,
        shareOfErrorsInterval: wilsonInterval(4, 4),
        gainIfFixed: 0.2, // half of the examples × (0.8 − 0.4)
        // ¼ × Newcombe's interval of 4/5 − 0/5
        gainInterval: differenceOfShares([4, 5], [0, 5]).interval.map((end) => end / 4),
        indices: [5, 6, 7, 8, 9],
      },
    ]);
    expect(result.overall).toEqual({ error: 0.4, errors: 4, interval: wilsonInterval(4, 10) });
    // Scores 0 and 1: z = (4 − 2) / √(0.4 · 0.6 · 2.5) = 2.582
    expect(result.trend.z).toBeCloseTo(2 / Math.sqrt(0.6), 12);
    expect(result.trend.direction).toBe('harder-is-worse');
    expect(result.warnings.map((w) => w.code)).toEqual(['few-errors']);
    expect(worstSlice(result)?.label).toBe('hardest half, ink ≥ 6');
    expect(JSON.parse(JSON.stringify(result)).slices).toHaveLength(2);
  });

  it('finds easy examples worse than hard ones', () => {
    const n = 100;
    const p = twoClasses(
      Array.from({ length: n }, (_, i) => (i < 20 && i % 2 === 0 ? 1 : 0)),
      { ink: Array.from({ length: n }, (_, i) => i) },
    );
    const result = sliceByDifficulty(p, ink);
    expect(result.slices.map((s) => s.errors)).toEqual([10, 0, 0, 0, 0]);
    expect(result.trend.direction).toBe('easier-is-worse');
    expect(result.trend.z).toBeLessThan(-4);
    expect(result.slices.map((s) => s.label)).toEqual([
      'easiest fifth, ink ≤ 19',
      'second fifth, ink 20–39',
      'third fifth, ink 40–59',
      'fourth fifth, ink 60–79',
      'hardest fifth, ink ≥ 80',
    ]);
  });

  it('says where the easier half is worse, and only there', () => {
    const n = 100;
    const inkOf = { ink: Array.from({ length: n }, (_, i) => i) };
    const sliced = (wrong: (i: number) => boolean) =>
      sliceByDifficulty(
        twoClasses(
          Array.from({ length: n }, (_, i) => Number(wrong(i))),
          inkOf,
        ),
        ink,
      );
    // 20 of 50 wrong in the easier half, 5 of 50 in the harder one.
    const { inversion } = sliced((i) => (i < 50 ? i % 5 < 2 : i % 10 === 0));
    expect(inversion).toMatchObject({
      easierHalf: { n: 50, errors: 20, error: 0.4, interval: wilsonInterval(20, 50) },
      harderHalf: { n: 50, errors: 5, error: 0.1 },
    });
    const { difference, interval, pValue } = differenceOfShares([20, 50], [5, 50]);
    expect(inversion).toMatchObject({ difference, interval, pValue });
    expect(sliced((i) => (i < 50 ? i % 10 === 0 : i % 5 < 2)).inversion).toBeNull();
    // 6 against 5 of 50 may be luck.
    expect(sliced((i) => (i < 50 ? i % 9 === 0 : i % 10 === 0)).inversion).toBeNull();
  });

  it('finds an inversion by luck on at most 1 in 40 data sets without one', () => {
    const stream = random(1);
    const base = twoClasses(new Array<number>(300).fill(0));
    const found = Array.from({ length: 400 }, () => {
      const p = { ...base, correct: Array.from({ length: 300 }, () => Number(stream.next() > 0.15)) };
      const by = { source: 'human', values: Array.from({ length: 300 }, () => stream.next()) } as const;
      return Number(sliceByDifficulty(p, { by }).inversion !== null);
    });
    // 2.5 % of 400, and three standard deviations
    expect(found.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(19);
  });

  it('slices real losses', () => {
    const p = twoClasses([0, 1, 0, 1], { ink: [1, 2, 3, 4] });
    const result = sliceByDifficulty(p, { ...ink, bins: 2, measure: 'loss' });
    expect(result.metric).toBe('mean-loss');
    const mean = (Math.LN2 + Math.log(4)) / 2;
    expect(result.slices.map((s) => s.error)).toEqual([expect.closeTo(mean, 12), expect.closeTo(mean, 12)]);
    expect(result.slices[0].errors).toBeNaN();
    expect(result.slices[0].shareOfErrors).toBeCloseTo(0.5, 12);
    expect(result.slices[0].shareOfErrorsInterval[0]).toBeLessThan(0.5);
    expect(() => sliceByDifficulty({ ...p, loss: null }, { ...ink, measure: 'loss' })).toThrow('be "error"');
  });

  it('covers the true share of the loss as often as it says', () => {
    // Losses are exponential of mean 1, in the harder half of mean 2: its share is ⅔.
    const stream = random(5);
    const base = twoClasses(new Array<number>(200).fill(0));
    let covered = 0;
    for (let repeat = 0; repeat < 80; repeat++) {
      const hard = Array.from({ length: 200 }, () => Number(stream.next() < 0.5));
      const p: Predictions = { ...base, loss: hard.map((h) => -Math.log(1 - stream.next()) * (1 + h)) };
      const by = { source: 'human', values: hard } as const;
      const last = sliceByDifficulty(p, { by, edges: [0, 0.5, 1], measure: 'loss' }).slices[1];
      covered += Number(last.shareOfErrorsInterval[0] <= 2 / 3 && last.shareOfErrorsInterval[1] >= 2 / 3);
    }
    expect(covered / 80).toBeGreaterThan(0.87);
  });

  it('keeps equal values together and says that there are fewer slices', () => {
    const p = twoClasses([0, 1, 0, 1, 1, 0], { ink: [1, 1, 1, 1, 1, 2] });
    const result = sliceByDifficulty(p, ink);
    expect(result.slices.map((s) => [s.n, s.label])).toEqual([
      [5, 'easiest group, ink = 1'],
      [1, 'hardest group, ink = 2'],
    ]);
    expect(result.warnings).toContainEqual(expect.objectContaining({ code: 'fewer-slices', count: 3 }));
  });

  it('turns a column round where low is hard', () => {
    const p = twoClasses([1, 0], { ink: [2.5, 7] });
    const by = { source: 'metadata', column: 'ink', higherIsHarder: false } as const;
    const { slices } = sliceByDifficulty(p, { by: { ...by }, edges: [-8, -4, 0] });
    expect(slices.map((s) => [s.label, s.errors])).toEqual([
      ['easiest half, ink = 7', 0],
      ['hardest half, ink = 2.5', 1],
    ]);
    expect(() => sliceByDifficulty(p, { by, bins: 2, edges: [0, 1] })).toThrow('without "bins"');
  });

  it('uses edges as given, empty slices included, and says what lies outside', () => {
    const p = twoClasses([0, 1, 1], { ink: [1, 5, 99] });
    const result = sliceByDifficulty(p, { ...ink, edges: [0, 2, 4, 5] });
    expect(result.slices.map((s) => s.n)).toEqual([1, 0, 1]);
    expect(result.slices[1].error).toBeNaN();
    expect(result.slices[1].label).toBe('group 2 of 3, ink from 2 to 4');
    expect(result.n).toBe(2);
    expect(result.warnings).toContainEqual(expect.objectContaining({ code: 'outside-edges', count: 1 }));
    expect(() => sliceByDifficulty(p, { ...ink, edges: [2, 1] })).toThrow('finite numbers, ascending');
    expect(() => sliceByDifficulty(p, { ...ink, edges: [200, 300] })).toThrow('at least one example');
  });

  it('leaves out and counts examples of unknown difficulty', () => {
    const p = twoClasses([0, 1, 1, 0]);
    const result = sliceByDifficulty(p, { by: { source: 'human', values: [1, NaN, 2, 3] }, bins: 1 });
    expect(result.n).toBe(3);
    expect(result.overall.error).toBeCloseTo(1 / 3, 12);
    expect(result.slices[0].label).toBe('all, difficulty for people 1–3');
    expect(result.warnings).toContainEqual(expect.objectContaining({ code: 'missing-difficulty', count: 1 }));
  });

  it('takes a ready difficulty and matches it by id', () => {
    const hard = difficulty(twoClasses([0, 0, 0]), { source: 'human', values: [1, 2, 3] });
    const p = completePredictions({
      ...twoClasses([1, 0]),
      ids: ['2', '0'],
      label: [0, 0],
      predicted: [1, 0],
    });
    const result = sliceByDifficulty(p, { by: hard, bins: 2 });
    expect(result.slices.map((s) => [s.from, s.errors])).toEqual([
      [1, 0],
      [3, 1],
    ]);
  });

  it('measures squared errors for regression, with a t interval', () => {
    const p = completePredictions({
      name: 'model',
      task: 'regression',
      classes: [],
      ids: ['0', '1', '2', '3', '4', '5'],
      label: [0, 0, 0, 0, 0, 0],
      predicted: [0, 1, 1, 2, 4, 3],
      probabilities: null,
      metadata: numberTable({ ink: [1, 2, 3, 4, 5, 6] }),
    });
    const result = sliceByDifficulty(p, { ...ink, bins: 2 });
    expect(result.metric).toBe('mean-squared-error');
    // (0 + 1 + 1) / 3 and (4 + 16 + 9) / 3
    expect(result.slices.map((s) => s.error)).toEqual([
      expect.closeTo(2 / 3, 12),
      expect.closeTo(29 / 3, 12),
    ]);
    expect(result.slices[0].errors).toBeNaN();
    // mean 2/3 ± 4.302653 · 1/3
    expect(result.slices[0].interval[1]).toBeCloseTo(2 / 3 + 4.302652729911275 / 3, 9);
    expect(result.slices[1].shareOfErrors).toBeCloseTo(29 / 31, 12);
    const welch = differenceOfMeans([4, 16, 9], [0, 1, 1]);
    expect(result.slices[1].gainIfFixed).toBeCloseTo(welch.difference / 4, 12);
    expect(result.slices[1].gainInterval[1]).toBeCloseTo(welch.interval[1] / 4, 12);
    expect(result.trend.z).toBeGreaterThan(0);
    // At this level the second slice surely has the larger error: 9.67 − 0.816 · 3.48 against 0.67 − 0.816 · 0.33
    expect(worstSlice(sliceByDifficulty(p, { ...ink, bins: 2, level: 0.5 }))?.from).toBe(4);
  });

  it('says that own loss is circular', () => {
    const result = sliceByDifficulty(twoClasses([0, 1, 0, 1]), { by: { source: 'own-loss' }, bins: 2 });
    expect(result.difficulty.circular).toBe(true);
    expect(result.warnings.map((w) => w.code)).toContain('circular');
  });

  it('has no worst slice and undefined shares where nothing is wrong', () => {
    const result = sliceByDifficulty(twoClasses([0, 0], { ink: [1, 2] }), { ...ink, bins: 2 });
    expect(worstSlice(result)).toBeNull();
    expect(result.slices[0].shareOfErrors).toBeNaN();
    expect(result.trend).toEqual({ z: NaN, pValue: NaN, n: 2, direction: 'none' });
    expect(() => worstSlice({} as never)).toThrow('what sliceByDifficulty returned');
  });

  it('prefers a large bad slice to a tiny one that is all wrong', () => {
    const wrong = [1, ...Array.from({ length: 40 }, (_, i) => i % 2), ...new Array<number>(40).fill(0)];
    const p = twoClasses(wrong, { ink: wrong.map((_, i) => i) });
    const result = sliceByDifficulty(p, { ...ink, edges: [0, 1, 41, 81] });
    expect(result.slices.map((s) => s.error)).toEqual([1, 0.5, 0]);
    expect(worstSlice(result)?.from).toBe(1);
  });

  it('agrees with counting by hand on random data, whatever the ties', () => {
    const example = fc.record({
      ink: fc.integer({ min: 0, max: 12 }),
      wrong: fc.integer({ min: 0, max: 1 }),
    });
    fc.assert(
      fc.property(
        fc.array(example, { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 8 }),
        (rows, bins) => {
          const p = twoClasses(
            rows.map((r) => r.wrong),
            { ink: rows.map((r) => r.ink) },
          );
          const { slices, overall } = sliceByDifficulty(p, { ...ink, bins });
          expect(slices.length).toBeLessThanOrEqual(bins);
          slices.forEach((slice, s) => {
            const isLast = s === slices.length - 1;
            const inside = rows.filter(
              (r) => r.ink >= slice.from && (isLast ? r.ink <= slice.to : r.ink < slice.to),
            );
            expect(slice.n).toBe(inside.length);
            expect(slice.errors).toBe(inside.filter((r) => r.wrong).length);
          });
          expect(slices.reduce((sum, s) => sum + s.n, 0)).toBe(rows.length);
          expect(slices.reduce((sum, s) => sum + s.errors, 0)).toBe(overall.errors);
        },
      ),
      { seed: 1, numRuns: 200 },
    );
  });

  it('gives the same from predictions that were written down and read again', () => {
    const p = completePredictions({
      name: 'model',
      task: 'regression',
      classes: [],
      ids: ['0', '1', '2'],
      label: [1, 1, 1],
      predicted: [2, NaN, 4],
      probabilities: null,
      metadata: numberTable({ ink: [1, 2, 3] }),
    });
    const result = sliceByDifficulty(p, { ...ink, bins: 1 });
    expect(result.n).toBe(2);
    expect(result.overall.error).toBe(5); // (1 + 9) / 2
    expect(result.warnings).toContainEqual(expect.objectContaining({ code: 'unknown-error', count: 1 }));
    const again = sliceByDifficulty(JSON.parse(JSON.stringify(p)), {
      by: { source: 'human', values: [1, 2, 3] },
      bins: 1,
    });
    expect(again.overall).toEqual(result.overall);
  });

  it('orders infinite difficulties at the ends', () => {
    const values = [Infinity, 1, -Infinity, Infinity, 2, -Infinity];
    const { slices } = sliceByDifficulty(twoClasses([1, 0, 0, 1, 0, 0]), {
      by: { source: 'human', values },
      bins: 3,
    });
    expect(slices.map((s) => s.indices)).toEqual([
      [2, 5],
      [1, 4],
      [0, 3],
    ]);
  });

  it('refuses misspelt options and things that are no predictions', () => {
    const p = twoClasses([0, 1], { ink: [1, 2] });
    expect(() => sliceByDifficulty(p, { ...ink, bin: 3 } as never)).toThrow('Did you mean "bins"?');
    expect(() => sliceByDifficulty(p, {} as never)).toThrow('"by" must be an object');
    expect(() => sliceByDifficulty([] as never, ink)).toThrow('must be predictions');
    expect(() => sliceByDifficulty(p, { by: { source: 'metadata', column: 'inc' } })).toThrow(
      'Did you mean "ink"?',
    );
  });
});
