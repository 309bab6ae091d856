import type { CountRequest, Counts } from '../../engine/count/types';
import type { BestCells } from './best-cells';
import type { FoundCell, Items, LevelTried } from './search-slices';
import type { SliceScore } from './slice-score';

/** Cells that are counted at once. */
const BATCH = 1 << 15;

/** Where among a cell's conditions one of this column belongs; −1 where there is one already. */
export function placeOf(conditions: Int32Array, column: number): number {
  let at = 0;
  while (at < conditions.length && conditions[at] < column) at += 3;
  return at < conditions.length && conditions[at] === column ? -1 : at;
}

/**
 * Adds to each of some cells of equal width every item of another column, and offers what it finds.
 *
 * @returns how many were tried
 */
export function* extendCells(
  cells: readonly FoundCell[],
  items: Items,
  score: SliceScore,
  { support, best, without }: { support: number; best: BestCells; without: readonly Int32Array[] },
): Generator<CountRequest, LevelTried, Counts> {
  const length = cells[0].conditions.length + 3;
  const width = length / 3;
  const batch = new Int32Array(BATCH * length);
  let [waiting, evaluated, valid] = [0, 0, 0];
  function* evaluate(): Generator<CountRequest, void, Counts> {
    const { sizes, sums } = yield { width, cells: batch.subarray(0, waiting * length), without };
    for (let c = 0; c < waiting; c++) {
      if (!(sizes[c] >= support && sums[c] > 0)) continue;
      valid++;
      const own = score.of(sizes[c], sums[c]);
      if (best.takes(own)) best.offer(batch, c * length, width, sizes[c], sums[c], own);
    }
    evaluated += waiting;
    waiting = 0;
  }
  for (const { conditions } of cells) {
    for (let item = 0; item < items.length; item += 3) {
      const place = placeOf(conditions, items[item]);
      if (place < 0) continue;
      const at = waiting * length;
      batch.set(conditions.subarray(0, place), at);
      batch.set(items.subarray(item, item + 3), at + place);
      batch.set(conditions.subarray(place), at + place + 3);
      if (++waiting === BATCH) yield* evaluate();
    }
  }
  if (waiting > 0) yield* evaluate();
  return { level: width, candidates: evaluated, evaluated, valid };
}
