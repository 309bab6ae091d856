import { random, type Random } from '../../../src/core/random';
import { bitEngine } from '../../../src/engine/count/bit-engine';
import type { CodedColumn, CountEngine, CountRequest, Counts } from '../../../src/engine/count/types';
import { compareCells } from '../../../src/look/slices/best-cells';
import { searchSlices, type FoundCell } from '../../../src/look/slices/search-slices';
import {
  sliceLineScore,
  surpriseOfShares,
  surpriseScore,
  type SliceScore,
} from '../../../src/look/slices/slice-score';
import { sliceWorth } from '../../../src/look/slices/slice-worth';

function drive<T>(work: Generator<CountRequest, T, Counts>, engine: CountEngine<Counts>): T {
  let step = work.next();
  while (!step.done) step = work.next(engine.count(step.value));
  return step.value;
}

function randomColumns(stream: Random, n: number): (CodedColumn & { codes: Uint8Array })[] {
  return Array.from({ length: 2 + stream.integer(4) }, (_, c) => {
    const levels = 2 + stream.integer(4);
    return { name: `c${c}`, levels, codes: Uint8Array.from({ length: n }, () => stream.integer(levels)) };
  });
}

/** Every level of every column as an item. */
const singles = (columns: readonly CodedColumn[]): Int32Array =>
  Int32Array.from(
    columns.flatMap(({ levels }, c) => Array.from({ length: levels }, (_, l) => [c, l, l]).flat()),
  );

/** The slow way: every combination of codes of every set of columns. */
function exhaustive(
  columns: readonly (CodedColumn & { codes: Uint8Array })[],
  values: Float64Array,
  score: SliceScore,
  { k, support, maxLevel }: { k: number; support: number; maxLevel: number },
): FoundCell[] {
  const found: FoundCell[] = [];
  const visit = (column: number, conditions: number[], rows: number[]): void => {
    if (conditions.length > 0) {
      const sum = rows.reduce((total, row) => total + values[row], 0);
      const own = score.of(rows.length, sum);
      if (rows.length >= support && sum > 0 && own > score.least)
        found.push({ conditions: Int32Array.from(conditions), size: rows.length, sum, score: own });
    }
    if (conditions.length === 3 * maxLevel) return;
    for (let c = column; c < columns.length; c++) {
      for (let level = 0; level < columns[c].levels; level++) {
        const inside = rows.filter((row) => columns[c].codes[row] === level);
        visit(c + 1, [...conditions, c, level, level], inside);
      }
    }
  };
  visit(0, [], [...values.keys()]);
  return found.sort(compareCells).slice(0, k);
}

describe('the search', () => {
  test.each(Array.from({ length: 40 }, (_, seed) => seed))(
    'finds what trying everything finds (%i)',
    (seed) => {
      const stream = random(seed);
      const n = 20 + stream.integer(150);
      const columns = randomColumns(stream, n);
      const zeroOne = seed % 3 > 0;
      const values = Float64Array.from({ length: n }, (_, i) =>
        zeroOne
          ? stream.next() < (columns[0].codes[i] === 1 ? 0.6 : 0.2)
            ? 1
            : 0
          : Math.round(-64 * Math.log(1 - stream.next())) / 64,
      );
      const sum = values.reduce((a, b) => a + b, 0);
      const totals = { n, sum, squares: values.reduce((a, b) => a + b * b, 0) };
      const support = 1 + stream.integer(12);
      const options = { k: 1 + stream.integer(12), support, maxLevel: [1, 2, 3, Infinity][seed % 4] };
      const score =
        seed % 2
          ? sliceLineScore(totals, 0.5 + stream.next() / 2, support)
          : (zeroOne ? surpriseOfShares : surpriseScore)(totals, 0.5, support);
      const engine = bitEngine(columns, values);
      const { best, tried } = drive(searchSlices(engine.levels, singles(columns), score, options), engine);
      expect(best).toEqual(
        exhaustive(columns, values, score, { ...options, maxLevel: Math.min(9, options.maxLevel) }),
      );
      for (const { candidates, evaluated, valid } of tried) {
        expect(evaluated).toBeLessThanOrEqual(candidates);
        expect(valid).toBeLessThanOrEqual(evaluated);
      }
    },
  );

  test('says where the budget ended it', () => {
    const columns = randomColumns(random(1), 100);
    const values = Float64Array.from({ length: 100 }, (_, i) => i % 2);
    const engine = bitEngine(columns, values);
    const score = surpriseScore({ n: 100, sum: 50, squares: 50 }, -10, 1);
    const options = { k: 5, support: 1, maxLevel: 3, budget: 3 };
    const { stoppedAt, tried } = drive(searchSlices(engine.levels, singles(columns), score, options), engine);
    expect(stoppedAt).toBe(2);
    expect(tried.map(({ level }) => level)).toEqual([1]);
  });

  test('finds nothing where no item has rows enough', () => {
    const columns = randomColumns(random(1), 100);
    const engine = bitEngine(columns, new Float64Array(100).fill(1));
    const score = surpriseScore({ n: 100, sum: 100, squares: 100 }, 0, 1000);
    const { best } = drive(
      searchSlices(engine.levels, singles(columns), score, { k: 5, support: 1000, maxLevel: 3 }),
      engine,
    );
    expect(best).toEqual([]);
  });
});

describe('bounds', () => {
  // Parts of a slice of 40 rows with sum 12, the largest 2: any size from the support on, any sum that they can have.
  test.each([
    ['SliceLine', sliceLineScore({ n: 200, sum: 30, squares: 40 }, 0.8, 5)],
    ['surprise', surpriseScore({ n: 200, sum: 30, squares: 40 }, 0, 5)],
  ])('no part of a slice scores above that of %s, and one reaches it', (_, score) => {
    const bound = score.bound(40, 12, 2);
    let most = -Infinity;
    for (let size = 5; size <= 40; size++) {
      for (let sum = 0; sum <= Math.min(12, 2 * size); sum += 0.25)
        most = Math.max(most, score.of(size, sum));
    }
    expect(most).toBeLessThanOrEqual(bound + 1e-12);
    expect(most).toBeGreaterThan(0.85 * bound);
  });

  test('no part of a slice of 0 and 1 scores above its bound, and one reaches it', () => {
    for (const [n, errors] of [
      [200, 30],
      [60, 50],
    ]) {
      const score = surpriseOfShares({ n, sum: errors, squares: errors }, 0, 5);
      const bound = score.bound(40, 25, 1);
      let most = -Infinity;
      for (let size = 5; size <= 40; size++) {
        for (let sum = 0; sum <= Math.min(25, size); sum++) most = Math.max(most, score.of(size, sum));
      }
      expect(most).toBeCloseTo(bound, 12);
    }
  });

  test('SliceLine is 0 for all rows, and falls with the size that is missing', () => {
    const { of } = sliceLineScore({ n: 100, sum: 10, squares: 10 }, 0.95, 1);
    expect(of(100, 10)).toBe(0);
    // α (0.5 / 0.1 − 1) − (1 − α)(100 / 10 − 1) = 0.95 · 4 − 0.05 · 9
    expect(of(10, 5)).toBeCloseTo(3.35, 12);
  });

  test('surprise is the z of a sample without replacement', () => {
    const { of } = surpriseScore({ n: 100, sum: 20, squares: 20 }, 0, 1);
    // (8 − 20 · 0.2) / √(20 · 0.16 · 0.8)
    expect(of(20, 8)).toBeCloseTo(4 / Math.sqrt(2.56), 12);
    expect(of(100, 20)).toBe(0);
  });

  test('surprise of shares is the signed root of twice the log-likelihood ratio', () => {
    const { of } = surpriseOfShares({ n: 100, sum: 20, squares: 20 }, 0, 1);
    // 8 of 20 and 12 of 80, where 4 of 20 and 16 of 80 are expected: Wilks' G by hand.
    const gained =
      8 * Math.log(8 / 4) + 12 * Math.log(12 / 16) + 12 * Math.log(12 / 16) + 68 * Math.log(68 / 64);
    expect(of(20, 8)).toBeCloseTo(Math.sqrt(2 * gained), 12);
    expect(of(20, 4)).toBeCloseTo(0, 12);
    expect(of(20, 0)).toBeLessThan(-2);
    expect(of(100, 20)).toBe(0);
    expect(surpriseOfShares({ n: 100, sum: 100, squares: 100 }, 0, 1).of(20, 20)).toBe(0);
    // A large slice: the z of a sample without replacement; a small one with few errors: far less.
    const many = { n: 1e6, sum: 1e5, squares: 1e5 };
    expect(surpriseOfShares(many, 0, 1).of(1e5, 10_200)).toBeCloseTo(
      surpriseScore(many, 0, 1).of(1e5, 10_200),
      1,
    );
    expect(surpriseOfShares(many, 0, 1).of(50, 15)).toBeLessThan(surpriseScore(many, 0, 1).of(50, 15) - 0.7);
  });

  test('a cell is worth its improbability less what luck could choose from', () => {
    // Two columns: three conditions on the first, two on the second.
    const items = Int32Array.from([0, 0, 0, 0, 1, 1, 0, 2, 2, 1, 0, 0, 1, 1, 1]);
    const worthOf = sliceWorth(2, items);
    // One column of two, and one of its three conditions.
    expect(worthOf(4, Int32Array.from([0, 1, 1]))).toBeCloseTo(8 - Math.log(2 * 3), 12);
    expect(worthOf(4, Int32Array.from([1, 1, 1]))).toBeCloseTo(8 - Math.log(2 * 2), 12);
    // Both columns, one way to choose them.
    expect(worthOf(4, Int32Array.from([0, 1, 1, 1, 0, 0]))).toBeCloseTo(8 - Math.log(3 * 2), 12);
  });
});
