import { random } from '../../../src/core/random';
import { levelEdges, tidyCut } from '../../../src/look/slices/level-edges';
import { codesOf, conditionOf, levelRule, type LevelOptions } from '../../../src/look/slices/level-rule';
import { predicateSql, predicateWords, rowsWhere } from '../../../src/look/slices/predicate';
import { table } from '../../../src/data/table';
import type { SliceCondition } from '../../../src/look/slices/types';

const OPTIONS: LevelOptions = { bins: 4, step: 1, binning: 'quantile', support: 1, seed: 0 };

describe('cuts', () => {
  test('by quantiles, equal values together, a frequent value alone', () => {
    const values = Float64Array.from([...Array(50).fill(0), ...Array.from({ length: 50 }, (_, i) => i + 1)]);
    // 25 rows a range: 0 fills two alone, then 1 … 25, then the rest.
    expect(levelEdges(values, 'quantile', 4)).toEqual([1, 26]);
    expect(levelEdges(Float64Array.of(3, 3, 3), 'quantile', 4)).toEqual([]);
    expect(levelEdges(new Float64Array(), 'quantile', 4)).toEqual([]);
  });

  test('of equal width', () => {
    expect(levelEdges(Float64Array.of(0, 1, 2, 8), 'equal-width', 4)).toEqual([2, 4, 6]);
    expect(levelEdges(Float64Array.of(5, 5), 'equal-width', 4)).toEqual([5]);
  });

  test('by a tree: where the error changes, with rows enough on both sides', () => {
    const values = Float64Array.from({ length: 100 }, (_, i) => i);
    const errors = values.map((v) => (v >= 70 ? 1 : v >= 20 && v < 30 ? 0.5 : 0));
    expect(levelEdges(values, 'tree', 2, { errors, least: 5 })).toEqual([70]);
    expect(levelEdges(values, 'tree', 4, { errors, least: 5 })).toEqual([20, 30, 70]);
    expect(levelEdges(values, 'tree', 4, { errors, least: 40 })).toEqual([60]);
    expect(levelEdges(values, 'tree', 4, { errors: new Float64Array(100), least: 5 })).toEqual([]);
  });

  test('are as short to write as the data allow', () => {
    expect(tidyCut(0.99821, 1.00342)).toBe(1);
    expect(tidyCut(0.99821, 0.99923)).toBe(0.999);
    expect(tidyCut(-0.2, -0.15)).toBe(-0.15);
    expect(tidyCut(-0.5, 0.3)).toBe(0);
    expect(tidyCut(0.05, 0.3)).toBe(0.3);
    expect(tidyCut(29, 30)).toBe(30);
    expect(tidyCut(1e6, 1234567)).toBe(1200000);
    const day = 86_400_000;
    expect(tidyCut(3.2 * day, 4.7 * day, [day, day / 24])).toBe(4 * day);
    const stream = random(1);
    for (let i = 0; i < 500; i++) {
      const below = stream.normal() * 10 ** stream.integer(5);
      const at = below + stream.next() * 10 ** -stream.integer(8) + 1e-12;
      const cut = tidyCut(below, at);
      expect(cut > below && cut <= at).toBe(true);
    }
  });
});

describe('levels', () => {
  const rows = table({
    word: ['a', 'b', null, 'a'],
    few: [2, null, 1, 2],
    yes: [true, false, null, true],
    when: [new Date(0), null, new Date(5e9), new Date(0)],
  });
  const all = [0, 1, 2, 3];
  test.each([
    ['word', [0, 1, 2, 0], ['word = a', 'word = b', 'word is missing']],
    ['few', [1, 2, 0, 1], ['few < 2', 'few ≥ 2', 'few is missing']],
    ['yes', [1, 0, 2, 1], ['yes = false', 'yes = true', 'yes is missing']],
    ['when', [0, 2, 1, 0], ['when < 1970-02-27 20:53:20', 'when ≥ 1970-02-27 20:53:20', 'when is missing']],
  ])('of %s', (name, codes, words) => {
    const rule = levelRule(name, rows.columns[name], OPTIONS);
    expect(Array.from(codesOf(rule, rows.columns[name], all))).toEqual(codes);
    const said = words.map((_, level) => predicateWords([conditionOf(rule, level, level)]));
    expect(said).toEqual(name === 'few' ? ['few = 1', 'few = 2', 'few is missing'] : words);
    // Every level's condition finds the rows that have its code.
    words.forEach((_, level) => {
      const found = rowsWhere('f', [conditionOf(rule, level, level)], rows);
      expect(found).toEqual(all.filter((row) => codes[row] === level));
    });
  });

  test('without rows enough a value is in none', () => {
    const rule = levelRule('word', rows.columns.word, { ...OPTIONS, support: 2 });
    expect(rule).toMatchObject({ values: ['a'], missing: false, levels: 1 });
    expect(Array.from(codesOf(rule, rows.columns.word, all))).toEqual([0, 1, 1, 0]);
  });

  test('many numbers become ranges, and ranges of ranges', () => {
    const many = table({ x: Array.from({ length: 100 }, (_, i) => i) });
    const rule = levelRule('x', many.columns.x, OPTIONS);
    expect(rule.edges).toEqual([25, 50, 75]);
    expect(conditionOf(rule, 1, 2)).toEqual({ column: 'x', from: 25, to: 75 });
    expect(conditionOf(rule, 0, 1)).toEqual({ column: 'x', from: null, to: 50 });
    expect(conditionOf(rule, 3, 3)).toEqual({ column: 'x', from: 75, to: null });
  });

  test('NaN among numbers is nothing there', () => {
    const odd = table({ x: [NaN, 1, 2] });
    const rule = levelRule('x', odd.columns.x, OPTIONS);
    expect(rule.missing).toBe(true);
    expect(rowsWhere('f', [{ column: 'x', missing: true }], odd)).toEqual([0]);
  });
});

describe('predicates', () => {
  test.each<[SliceCondition[], string, string]>([
    [[], 'all rows', 'TRUE'],
    [[{ column: 'a"b', is: "it's" }], `a"b = it's`, `"a""b" = 'it''s'`],
    [[{ column: 'x', from: -1.5, to: 2 }], '−1.5 ≤ x < 2', '"x" >= -1.5 AND "x" < 2'],
    [[{ column: 'x', from: null, to: null }], 'x is known', '"x" IS NOT NULL'],
    [
      [{ column: 'd', from: 0, to: null, date: true }],
      'd ≥ 1970-01-01',
      `"d" >= TIMESTAMP '1970-01-01 00:00:00.000'`,
    ],
  ])('%j', (predicate, words, sql) => {
    expect(predicateWords(predicate)).toBe(words);
    expect(predicateSql(predicate)).toBe(sql);
  });

  test('a value that a table has not holds for no row', () => {
    expect(rowsWhere('f', [{ column: 'w', is: 'z' }], table({ w: ['a', null] }))).toEqual([]);
  });
});
