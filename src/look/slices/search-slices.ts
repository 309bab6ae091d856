import type { CountRequest, Counts } from '../../engine/count/types';
import { bestCells, type BestCells } from './best-cells';
import { cellTable } from './cell-table';
import type { SliceScore } from './slice-score';

/** A cell of the search: its conditions, three numbers each (column, first and last code), and what was counted in it. */
export interface FoundCell {
  readonly conditions: Int32Array;
  readonly size: number;
  readonly sum: number;
  readonly score: number;
}

/** What the search looked at, by the number of conditions. */
export interface LevelTried {
  readonly level: number;
  /** Combinations with rows enough in everything that they are part of. */
  readonly candidates: number;
  /** Those that no bound excluded: counted. */
  readonly evaluated: number;
  /** Those with rows enough and an error in them. */
  readonly valid: number;
}

export interface SliceSearch {
  /** Best first. */
  readonly best: readonly FoundCell[];
  readonly tried: readonly LevelTried[];
  /** The level that the budget kept from being searched, if any. */
  readonly stoppedAt?: number;
}

export interface SearchOptions {
  /** Slices wanted. */
  readonly k: number;
  /** Rows that a slice has at least. */
  readonly support: number;
  readonly maxLevel: number;
  /** A level with more combinations than this is not begun; defaults to no limit. */
  readonly budget?: number;
  /** Cells whose rows are left out. */
  readonly without?: readonly Int32Array[];
  /** Keeps the best cells; defaults to the k best of all. */
  readonly best?: BestCells;
}

/** Cells that are counted at once. */
const BATCH = 1 << 15;

/** Cells of one level that can have parts worth looking at; items of a cell stand one after the other, ascending. */
interface Level {
  readonly width: number;
  readonly items: Int32Array;
  readonly sizes: Float64Array;
  readonly sums: Float64Array;
  readonly largest: Float64Array;
}

/** Conditions that are combined: three numbers each, column, first and last code, by column. */
export type Items = Int32Array;

/** Numbers in an array that grows. */
interface Growing {
  push(value: number): void;
  readonly length: () => number;
  floats(): Float64Array;
}

function growing(): Growing {
  let values = new Float64Array(1024);
  let n = 0;
  return {
    push(value) {
      if (n === values.length) {
        const more = new Float64Array(2 * n);
        more.set(values);
        values = more;
      }
      values[n++] = value;
    },
    length: () => n,
    floats: () => values.subarray(0, n),
  };
}

/**
 * Finds the best slices among all combinations of items, exactly: level by level, every combination that no bound
 * excludes is counted. A combination is bounded by the smallest of all its parents, and dropped where one of them was. Of
 * equal scores the one with fewer conditions, then the larger, then the first by column and code is better.
 * What it wants counted it yields, so that the counts may come at once or from a database.
 *
 * @param levels levels of each column
 * @param items the conditions that are combined, by column: values, or ranges of them
 * @param score how strange a slice is
 * @see Svetlana Sagadeeva & Matthias Boehm, "SliceLine: Fast, Linear-Algebra-based Slice Finding for ML Model Debugging", 2021
 */
export function* searchSlices(
  levels: readonly number[],
  items: Items,
  score: SliceScore,
  options: SearchOptions,
): Generator<CountRequest, SliceSearch, Counts> {
  const { k, maxLevel, budget = Infinity } = options;
  const search: Search = { ...options, items, score, best: options.best ?? bestCells(k, score.least), tried: [] };
  const { best, tried } = search;
  let level = yield* firstLevel(levels, search);
  while (level.width < maxLevel && level.width < levels.length && level.sizes.length > 1) {
    best.nextLevel();
    const parents = stillOpen(level, search);
    if (pairsOf(parents) > budget) return { best: best.list(), tried, stoppedAt: level.width + 1 };
    level = yield* nextLevel(parents, search);
    if (tried.at(-1)!.candidates === 0) tried.pop();
    if (level.sizes.length === 0) break;
  }
  return { best: best.list(), tried };
}

interface Search extends SearchOptions {
  readonly items: Items;
  readonly score: SliceScore;
  readonly best: BestCells;
  readonly tried: LevelTried[];
}

/** What is counted of each item, from the counts of single levels. */
function* countItems(levels: readonly number[], { items, without }: Search): Generator<CountRequest, Counts, Counts> {
  const counts = yield { width: 1, cells: singleLevels(levels), without };
  const first: number[] = [];
  levels.reduce((at, count, column) => ((first[column] = at), at + count), 0);
  const of = (from: Float64Array, join: (a: number, b: number) => number): Float64Array =>
    Float64Array.from({ length: items.length / 3 }, (_, i) => {
      const at = first[items[3 * i]];
      let joined = from[at + items[3 * i + 1]];
      for (let code = items[3 * i + 1] + 1; code <= items[3 * i + 2]; code++) joined = join(joined, from[at + code]);
      return joined;
    });
  const add = (a: number, b: number): number => a + b;
  const { sizes, sums, squares, largest } = counts;
  return { sizes: of(sizes, add), sums: of(sums, add), squares: of(squares, add), largest: of(largest, Math.max) };
}

/** Each level of each column as a cell. */
export function singleLevels(levels: readonly number[]): Int32Array {
  return Int32Array.from(
    levels.flatMap((count, column) => Array.from({ length: count }, (_, code) => [column, code, code]).flat()),
  );
}

function* firstLevel(levels: readonly number[], search: Search): Generator<CountRequest, Level, Counts> {
  const { items, score, support, best, tried } = search;
  const { sizes, sums, largest } = yield* countItems(levels, search);
  const valid: number[] = [];
  for (let c = 0; c < sizes.length; c++) {
    if (!(sizes[c] >= support && sums[c] > 0)) continue;
    valid.push(c);
    best.offer(items, 3 * c, 1, sizes[c], sums[c], score.of(sizes[c], sums[c]));
  }
  tried.push({ level: 1, candidates: sizes.length, evaluated: sizes.length, valid: valid.length });
  const pick = (of: Float64Array): Float64Array => Float64Array.from(valid, (c) => of[c]);
  const found = { sizes: pick(sizes), sums: pick(sums), largest: pick(largest) };
  return { width: 1, items: Int32Array.from(valid), ...found };
}

/** The cells of a level that can still have parts worth looking at. */
function stillOpen(level: Level, { score, best }: Search): Level {
  const { width, items, sizes, sums, largest } = level;
  const kept: number[] = [];
  for (let c = 0; c < sizes.length; c++) {
    if (best.takes(score.bound(sizes[c], sums[c], largest[c]))) kept.push(c);
  }
  if (kept.length === sizes.length) return level;
  const fewer = new Int32Array(kept.length * width);
  kept.forEach((c, to) => fewer.set(items.subarray(c * width, (c + 1) * width), to * width));
  const pick = (of: Float64Array): Float64Array => Float64Array.from(kept, (c) => of[c]);
  return { width, items: fewer, sizes: pick(sizes), sums: pick(sums), largest: pick(largest) };
}

/** Pairs of cells that differ in their last item alone. */
function pairsOf({ width, items, sizes }: Level): number {
  let pairs = 0;
  let same = 0;
  for (let c = 0; c < sizes.length; c++) {
    same = c > 0 && samePrefix({ width, items }, c - 1, c) ? same + 1 : 0;
    pairs += same;
  }
  return pairs;
}

function* nextLevel(parents: Level, search: Search): Generator<CountRequest, Level, Counts> {
  const { items, score, support, best, tried, without } = search;
  const known = cellTable(parents.items, parents.width);
  const width = parents.width + 1;
  const [nextItems, nextSizes, nextSums, nextLargest] = [growing(), growing(), growing(), growing()];
  const batch = new Int32Array(BATCH * width);
  const key = new Int32Array(width);
  const count = parents.sizes.length;
  let [waiting, candidates, evaluated, valid] = [0, 0, 0, 0];

  function* evaluate(): Generator<CountRequest, void, Counts> {
    const cells = new Int32Array(waiting * width * 3);
    for (let at = 0; at < waiting * width; at++) {
      const item = 3 * batch[at];
      cells[3 * at] = items[item];
      cells[3 * at + 1] = items[item + 1];
      cells[3 * at + 2] = items[item + 2];
    }
    const counts = yield { width, cells, without };
    for (let c = 0; c < waiting; c++) {
      const size = counts.sizes[c];
      const sum = counts.sums[c];
      if (!(size >= support && sum > 0)) continue;
      valid++;
      const own = score.of(size, sum);
      if (best.takes(own)) best.offer(cells, c * width * 3, width, size, sum, own);
      if (!best.takes(score.bound(size, sum, counts.largest[c]))) continue;
      for (let i = 0; i < width; i++) nextItems.push(batch[c * width + i]);
      nextSizes.push(size);
      nextSums.push(sum);
      nextLargest.push(counts.largest[c]);
    }
    best.settle();
    evaluated += waiting;
    waiting = 0;
  }

  for (let i = 0; i < count; i++) {
    key.set(parents.items.subarray(i * parents.width, (i + 1) * parents.width));
    const column = items[3 * key[width - 2]];
    for (let j = i + 1; j < count && samePrefix(parents, i, j); j++) {
      const last = parents.items[(j + 1) * parents.width - 1];
      if (items[3 * last] === column) continue;
      key[width - 1] = last;
      let size = Math.min(parents.sizes[i], parents.sizes[j]);
      let sum = Math.min(parents.sums[i], parents.sums[j]);
      let largest = Math.min(parents.largest[i], parents.largest[j]);
      let whole = true;
      for (let without = 0; without < width - 2 && whole; without++) {
        const parent = known.find(key, without);
        whole = parent >= 0;
        if (!whole) break;
        size = Math.min(size, parents.sizes[parent]);
        sum = Math.min(sum, parents.sums[parent]);
        largest = Math.min(largest, parents.largest[parent]);
      }
      if (!whole) continue;
      candidates++;
      if (!best.takes(score.bound(size, sum, largest))) continue;
      batch.set(key, waiting++ * width);
      if (waiting === BATCH) yield* evaluate();
    }
  }
  if (waiting > 0) yield* evaluate();
  tried.push({ level: width, candidates, evaluated, valid });
  return {
    width,
    items: Int32Array.from(nextItems.floats()),
    sizes: nextSizes.floats(),
    sums: nextSums.floats(),
    largest: nextLargest.floats(),
  };
}

/** Whether cells i and j differ in their last item alone. */
function samePrefix({ width, items }: Pick<Level, 'width' | 'items'>, i: number, j: number): boolean {
  for (let w = 0; w < width - 1; w++) if (items[i * width + w] !== items[j * width + w]) return false;
  return true;
}
