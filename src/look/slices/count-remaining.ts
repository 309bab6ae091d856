import type { CountRequest, Counts } from '../../engine/count/types';
import { withoutPart, type Moments } from '../../stats/moments';
import { countAll } from './count-all';

/** What a cell has of its own, and what is left beside it. */
export interface Remaining {
  /** Its rows that are in no cell before it. */
  readonly own: Moments;
  /** Rows that are neither in it nor in any before it. */
  readonly rest: Moments;
}

/** Counts of each cell the rows that are in none before it, and what is then left of all rows. */
export function* countRemaining(
  cells: readonly Int32Array[],
  totals: Moments,
): Generator<CountRequest, Remaining[], Counts> {
  const remaining: Remaining[] = [];
  let rest = totals;
  for (const [i, cell] of cells.entries()) {
    const [own] = yield* countAll([cell], cells.slice(0, i));
    rest = withoutPart(rest, own);
    remaining.push({ own, rest });
  }
  return remaining;
}
