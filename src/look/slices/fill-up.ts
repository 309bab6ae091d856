import type { CountRequest, Counts } from '../../engine/count/types';
import type { Moments } from '../../stats/moments';
import { countAll } from './count-all';
import { overlaps, type Chosen } from './pick-slices';
import { NEW, refine, type RefineOptions } from './refine-cell';
import type { FoundCell } from './search-slices';

/** A refined cell, and what it is worth by the rows that are in none of the chosen ones. */
interface Refined {
  readonly conditions: Int32Array;
  readonly worth: number;
}

/** Refines each of some cells; of those that end as the same one is kept. The worthiest first. */
function* refineAll(
  pool: readonly FoundCell[],
  { cells, rest }: Chosen,
  options: RefineOptions,
): Generator<CountRequest, { ends: readonly Refined[]; tried: number }, Counts> {
  const given = { without: cells.map(({ conditions }) => conditions), score: options.scoreOf(rest) };
  const ends = new Map<string, Refined>();
  let tried = 0;
  for (const { conditions, score } of pool) {
    const end = yield* refine(conditions, options.worthOf(score, conditions), given, options);
    tried += end.tried;
    ends.set(end.conditions.join(), end);
  }
  return { ends: [...ends.values()].sort((a, b) => b.worth - a.worth), tried };
}

/**
 * Adds what luck could have shown as well, for other rows to judge: the strangest cells, each refined by the rows that are in none of the
 * chosen ones. They are candidates beside each other: one leaves out another only where they share most of their rows, since each may be
 * luck.
 *
 * @param pool found cells, the worthiest first
 * @param totals of all rows
 */
export function* fillUp(
  pool: readonly FoundCell[],
  totals: Moments,
  chosen: Chosen,
  options: RefineOptions,
): Generator<CountRequest, Chosen, Counts> {
  const { ends, tried } = yield* refineAll(pool, chosen, options);
  const among = options.scoreOf(totals);
  const counts = yield* countAll(
    ends.map(({ conditions }) => conditions),
    [],
  );
  const cells: FoundCell[] = [];
  const lost: FoundCell[][] = [];
  for (const [i, { conditions }] of ends.entries()) {
    const { n, sum } = counts[i];
    const cell = { conditions, size: n, sum, score: among.of(n, sum) };
    // A shadow of what is better than the whole: not what is looked for.
    if (!(cell.score > 0)) continue;
    const same = (yield* overlaps(cell, cells)).findIndex((share) => share >= NEW);
    if (same >= 0) lost[same].push(cell);
    else {
      cells.push(cell);
      lost.push([]);
    }
  }
  return {
    cells: [...chosen.cells, ...cells],
    lost: [...chosen.lost, ...lost],
    rest: chosen.rest,
    refined: chosen.refined + tried,
  };
}
