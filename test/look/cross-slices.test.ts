import fc from 'fast-check';
import { random } from '../../src/core/random';
import { table } from '../../src/data/table';
import * as figures from '../../src/figures';
import { additiveFit, degreesOfFreedom } from '../../src/look/cross/additive-fit';
import { crossSlices } from '../../src/look/cross-slices';
import { difficulty } from '../../src/look/difficulty';
import type { Predictions } from '../../src/metrics/types';
import { wilsonInterval } from '../../src/stats/wilson-interval';
import { twoClasses } from './some-predictions';

/** Predictions with metadata, wrong where `wrong` says. */
function withColumns(
  wrong: readonly number[],
  columns: Readonly<Record<string, readonly unknown[]>>,
): Predictions {
  return { ...twoClasses(wrong), metadata: table(columns as never) };
}

describe('crossSlices', () => {
  it('counts each cell, with its interval, share and gain', () => {
    // 40 each of hand × blur; left and blurred: 20 of 40 wrong, the others 4 of 40.
    const hand = Array.from({ length: 160 }, (_, i) => (i < 80 ? 'left' : 'right'));
    const blur = Array.from({ length: 160 }, (_, i) => i % 2 === 0);
    const wrong = hand.map((h, i) => Number(h === 'left' && blur[i] ? i % 4 === 0 : i % 20 < 2));
    const p = Object.freeze(withColumns(wrong, { hand, blur }));
    const cross = crossSlices(p, 'hand', 'blur');
    expect(cross.a.levels.map((l) => [l.label, l.n])).toEqual([['hand = left', 80], ['hand = right', 80]]); // prettier-ignore
    expect(cross.b.levels.map((l) => l.label)).toEqual(['blur = false', 'blur = true']);
    expect(cross.cells.map(({ a, b, n, errors }) => [a, b, n, errors])).toEqual([
      [0, 0, 40, 4],
      [0, 1, 40, 20],
      [1, 0, 40, 4],
      [1, 1, 40, 4],
    ]);
    const worst = cross.cells[cross.worst!];
    expect(worst).toMatchObject({
      error: 0.5,
      interval: wilsonInterval(20, 40),
      tooFew: false,
      shareOfErrors: 20 / 32,
    });
    expect(worst.gainIfFixed).toBeCloseTo(0.25 * (0.5 - 0.2), 12);
    expect(worst.indices[0]).toBe(0);
    // Log odds: ln(1/1) − ln(4/36) less 0: surely an interaction of one degree.
    expect(cross.interaction).toMatchObject({ df: 1, n: 160, cells: 4, by: 'chi-square' });
    expect(cross.interaction!.pValue).toBeLessThan(0.03);
    expect(cross.overall).toMatchObject({ errors: 32, error: 0.2 });
    expect(JSON.parse(JSON.stringify(cross)).cells).toHaveLength(4);
  });

  it('marks cells that say too little, and judges them by nothing', () => {
    const wrong = [1, 1, 1, ...new Array<number>(50).fill(0), ...Array.from({ length: 40 }, (_, i) => i % 2)];
    const kind = wrong.map((_, i) => (i < 3 ? 'tiny' : i < 53 ? 'good' : 'even'));
    const cross = crossSlices(withColumns(wrong, { kind, one: wrong.map(() => 'x') }), 'kind', 'one', {
      widest: 0.25,
    });
    const cellOf = (name: string) => cross.cells.find((c) => cross.a.levels[c.a].label === `kind = ${name}`)!;
    // 20 of 40: [0.35, 0.65] is wider than 0.25
    expect(['tiny', 'good', 'even'].map((name) => cellOf(name).tooFew)).toEqual([true, false, true]);
    expect(cross.worst).toBeNull();
    expect(cross.interaction).toBeNull();
    expect(figures.crossSlices(cross).title).toBe('No cell is surely worse than the whole: error rate 25 %');
  });

  it('has bins of their own for what is missing and for rare values', () => {
    const n = 120;
    const town = Array.from({ length: n }, (_, i) =>
      i % 10 === 9 ? null : i % 10 < 5 ? 'Ulm' : `town ${i}`,
    );
    const ink = Array.from({ length: n }, (_, i) => (i < 12 ? null : i));
    const p = withColumns(
      Array.from({ length: n }, (_, i) => Number(i % 3 === 0)),
      { town, ink },
    );
    const cross = crossSlices(p, 'ink', 'town', { bins: 2, categories: 3 });
    expect(cross.a.levels.map((l) => [l.label, l.kind, l.n])).toEqual([
      ['ink ≤ 65', 'value', 54],
      ['ink ≥ 66', 'value', 54],
      ['ink missing', 'missing', 12],
    ]);
    expect(cross.b.levels.map((l) => [l.label, l.kind, l.n])).toEqual([
      ['town = Ulm', 'value', 60],
      ['town = town 105', 'value', 1],
      ['47 other values of town', 'other', 47],
      ['town missing', 'missing', 12],
    ]);
    expect(cross.cells.reduce((sum, cell) => sum + cell.n, 0)).toBe(n);
  });

  it('takes difficulties, classes, and edges', () => {
    const wrong = Array.from({ length: 60 }, (_, i) => Number(i % 5 === 0));
    const ink = wrong.map((_, i) => i);
    const p = withColumns(wrong, { ink, day: ink.map((i) => new Date(Date.UTC(2020, 0, 1 + i))) });
    const ready = difficulty(p, { source: 'human', values: ink });
    const cross = crossSlices(p, ready, { source: 'own-loss' }, { bins: 2 });
    expect([cross.a.kind, cross.b.circular]).toEqual(['difficulty', true]);
    expect(cross.warnings.map((w) => w.code)).toContain('circular');
    expect(cross.a.levels[0].label).toBe('easiest half, difficulty for people ≤ 29');
    const cut = crossSlices(p, { column: 'ink', edges: [0, 20, 40] }, 'label');
    expect(cut.n).toBe(41);
    expect(cut.a.levels.map((l) => l.n)).toEqual([20, 21]);
    expect(crossSlices(p, 'predicted', 'day', { bins: 2 }).b.levels[0].label).toBe('day ≤ 2020-01-30');
  });

  it('measures losses and squared errors', () => {
    const stream = random(1);
    const side = Array.from({ length: 400 }, (_, i) => (i % 2 ? 'x' : 'y'));
    const half = Array.from({ length: 400 }, (_, i) => (i < 200 ? 'u' : 'v'));
    const base = withColumns(side.map(() => 0), { side, half }); // prettier-ignore
    const loss = side.map((s, i) => -Math.log(1 - stream.next()) * (s === 'x' && half[i] === 'u' ? 3 : 1));
    const cross = crossSlices({ ...base, loss }, 'side', 'half', { measure: 'loss' });
    expect(cross.metric).toBe('mean-loss');
    expect(cross.interaction).toMatchObject({ df: 1, by: 'chi-square' });
    expect(cross.interaction!.pValue).toBeLessThan(0.001);
    expect(cross.a.levels[cross.cells[cross.worst!].a].label).toBe('side = x');
    const flat = side.map(() => -Math.log(1 - stream.next()));
    expect(
      crossSlices({ ...base, loss: flat }, 'side', 'half', { measure: 'loss' }).interaction!.pValue,
    ).toBeGreaterThan(0.01);
  });

  it('refuses what is no side', () => {
    const p = withColumns([0, 1], { ink: [1, 2] });
    expect(() => crossSlices(p, 'inc', 'ink')).toThrow('Did you mean "ink"?');
    expect(() => crossSlices(p, 3 as never, 'ink')).toThrow('be the name of a metadata column');
    expect(() => crossSlices(p, { column: 'ink', bin: 2 } as never, 'ink')).toThrow('Did you mean "bins"?');
    expect(() => crossSlices(p, 'ink', { column: 'ink', edges: [7, 8] })).toThrow('an example in the table');
  });

  it('finds an interaction by luck in about one table of twenty, whatever the counts', () => {
    const found = (n: number, rate: number, repeats: number): number => {
      const stream = random(n);
      let hits = 0;
      for (let repeat = 0; repeat < repeats; repeat++) {
        const wrong = Array.from({ length: n }, () => Number(stream.next() < rate));
        const x = wrong.map(() => String(stream.integer(3)));
        const y = wrong.map(() => String(stream.integer(4)));
        const p = { ...base(n), correct: wrong.map((w) => 1 - w), metadata: table({ x, y }) };
        const { interaction } = crossSlices(p, 'x', 'y');
        hits += Number(interaction !== null && interaction.pValue < 0.05);
      }
      return hits;
    };
    const known = new Map<number, Predictions>();
    const base = (n: number): Predictions => {
      const made = known.get(n) ?? twoClasses(new Array<number>(n).fill(0));
      known.set(n, made);
      return made;
    };
    // 3 expected of 60, standard deviation 1.7; 0.6 of 12, 0.8
    expect(found(1200, 0.3, 60)).toBeLessThanOrEqual(8);
    expect(found(300, 0.06, 12)).toBeLessThanOrEqual(3);
  });
});

describe('additiveFit', () => {
  it('leaves nothing of a table that row and column explain', () => {
    const logit = (x: number): number => 1 / (1 + Math.exp(-x));
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 6, maxLength: 6 }),
        (e) => {
          const cells = [0, 1, 2].flatMap((a) =>
            [0, 1, 2].map((b) => ({ a, b, n: 100, y: 100 * logit(e[a] + e[3 + b] - 1), variance: null })),
          );
          const fit = additiveFit(cells, 3, 3);
          expect(fit.statistic).toBeLessThan(1e-6);
          cells.forEach(({ y }, c) => expect(fit.expected[c]).toBeCloseTo(y / 100, 5));
        },
      ),
      { numRuns: 50 },
    );
  });

  it('knows the degrees of freedom of tables with holes', () => {
    const at = (...places: readonly (readonly [number, number])[]) => places.map(([a, b]) => ({ a, b, n: 1, y: 0, variance: null })); // prettier-ignore
    expect(degreesOfFreedom(at([0, 0], [0, 1], [1, 0], [1, 1]))).toBe(1);
    expect(degreesOfFreedom(at([0, 0], [0, 1], [1, 0]))).toBe(0);
    expect(degreesOfFreedom(at([0, 0], [1, 1]))).toBe(0);
  });

  it('has row and column totals of the observed, as a maximum of likelihood must', () => {
    const counts = [[3, 9, 1], [2, 2, 14]]; // prettier-ignore
    const cells = counts.flatMap((row, a) => row.map((y, b) => ({ a, b, n: 20, y, variance: null })));
    const { expected } = additiveFit(cells, 2, 3);
    expect(20 * (expected[0] + expected[1] + expected[2])).toBeCloseTo(13, 5);
    expect(20 * (expected[1] + expected[4])).toBeCloseTo(11, 5);
  });
});
