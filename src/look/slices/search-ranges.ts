import { widthOf, type CountRequest, type Counts } from '../../engine/count/types';
import { diverseCells } from './best-cells';
import { extendCells } from './extend-cells';
import type { LevelRule } from './level-rule';
import { rangeItems, singleItems } from './range-items';
import { searchSlices, type FoundCell, type SliceSearch } from './search-slices';
import type { SliceScore } from './slice-score';
import { sumTried } from './sum-tried';

export interface RangeSearchOptions {
  readonly support: number;
  readonly maxLevel: number;
  readonly without: readonly Int32Array[];
  /** Rows that are searched: what a combination costs. */
  readonly n: number;
}

/** Cells kept of each combination of columns. */
const EACH = 3;
/** Bytes of bits that a part of the search may look at. */
const BYTES = 6e9;
/** Combinations that a part of the search may look at. */
const MOST = 400_000;

/**
 * Searches slices whose conditions may be ranges of neighbouring steps: all pairs of conditions, exactly; all deeper
 * combinations of single steps and values, exactly, as far as that can be afforded; and from the strangest cells of each level
 * what any further condition makes of them.
 */
export function* searchRanges(
  rules: readonly LevelRule[],
  score: SliceScore,
  { support, maxLevel, without, n }: RangeSearchOptions,
): Generator<CountRequest, SliceSearch, Counts> {
  const levels = rules.map((rule) => rule.levels);
  const best = diverseCells(EACH, score.least);
  const budget = Math.min(MOST, Math.max(20_000, BYTES / (n / 8)));
  const [singles, ranges] = [singleItems(rules), rangeItems(rules, budget)];
  const options = { k: 1, support, without, budget, best };
  const exact = yield* searchSlices(levels, singles, score, { ...options, maxLevel });
  let tried = exact.tried;
  let { stoppedAt } = exact;
  if (ranges.length > singles.length) {
    const pairs = yield* searchSlices(levels, ranges, score, { ...options, maxLevel: Math.min(2, maxLevel) });
    tried = sumTried(tried, pairs.tried);
    if (pairs.stoppedAt !== undefined) stoppedAt = Math.min(pairs.stoppedAt, stoppedAt ?? Infinity);
  }
  for (let width = 2; width < Math.min(maxLevel, levels.length); width++) {
    const cells: FoundCell[] = best.list().filter(({ conditions }) => widthOf(conditions) === width);
    const most = Math.floor(budget / (ranges.length / 3));
    if (cells.length === 0) break;
    tried = sumTried(tried, [
      yield* extendCells(cells.slice(0, most), ranges, score, { support, best, without }),
    ]);
  }
  return { best: best.list(), tried, ...(stoppedAt !== undefined && { stoppedAt }) };
}
