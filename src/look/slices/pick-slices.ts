import { type CountRequest, type Counts } from '../../engine/count/types';
import { withoutPart, type Moments } from '../../stats/moments';
import { countAll } from './count-all';
import { intersectCells } from './merge-cells';
import { largestIn } from './largest-in';
import { NEW, refine, type RefineOptions } from './refine-cell';
import type { FoundCell } from './search-slices';

/** What is known of all rows that are searched, and of all that judge. */
export interface PartTotals {
  readonly searched: Moments;
  readonly heldOut: Moments;
}

/** A slice that was chosen, with what else describes about the same rows. */
export interface Pick extends FoundCell {
  /** What was counted of it on the searched rows. */
  readonly counts: Moments;
  /** Of the rows that it was searched on and of those that judged it, where the rows were parted more than one way. */
  readonly totals?: PartTotals;
  readonly alternatives: readonly { readonly cell: FoundCell; readonly overlap: number }[];
}

/** Slices chosen so far, in order, and what is known of the rows that are in none of them. */
export interface Chosen {
  readonly cells: readonly FoundCell[];
  /** For each: what is no longer strange without its rows. */
  readonly lost: readonly (readonly FoundCell[])[];
  readonly rest: Moments;
  /** Variants that were tried. */
  readonly refined: number;
}

const MOST_ALTERNATIVES = 4;
/** What shares less is another slice. */
const ALIKE = 0.25;
type Counting<T> = Generator<CountRequest, T, Counts>;

/** Rows in both over rows in either, of a cell and others. */
export function* overlaps(cell: FoundCell, others: readonly FoundCell[]): Counting<number[]> {
  const both = others.map(({ conditions }) => intersectCells(cell.conditions, conditions));
  const possible = both.filter((one) => one !== undefined);
  const counts = yield* countAll(possible, []);
  let at = 0;
  return both.map((one, i) => {
    if (one === undefined) return 0;
    const { n } = counts[at++];
    return n / (cell.size + others[i].size - n);
  });
}

/**
 * Chooses among found cells those that say something new: the worthiest first, then the worthiest by the rows that are in none
 * so far, and so on, as long as one is worth more than `floor`. All of a slice's rows together have to be strange as well.
 *
 * @param pool found cells
 * @param totals of all rows
 * @param before what was chosen already
 * @param most slices in all
 */
export function* pickSlices(
  pool: readonly FoundCell[],
  totals: Moments,
  before: Chosen,
  { floor, most }: { readonly floor: number; readonly most: number },
  options: RefineOptions,
): Counting<Chosen> {
  const { support, scoreOf, worthOf } = options;
  // A cell of a later search was counted without the rows of those before.
  const whole =
    before.cells.length === 0
      ? undefined
      : yield* countAll(
          pool.map(({ conditions }) => conditions),
          [],
        );
  const cells = [...before.cells];
  const lost = before.lost.map((own) => [...own]);
  const among = scoreOf(totals);
  let { rest, refined } = before;
  let open = whole ? pool.map((cell, c) => ({ ...cell, size: whole[c].n, sum: whole[c].sum })) : pool;
  while (cells.length < most && open.length > 0 && rest.n > 0) {
    const without = cells.map(({ conditions }) => conditions);
    const counts = yield* countAll(
      open.map(({ conditions }) => conditions),
      without,
    );
    const score = scoreOf(rest);
    const scores = open.map(({ size, sum: all }, c) => {
      const { n, sum } = counts[c];
      const strange = among.of(size, all) > among.least;
      return strange && n >= support / 2 && n >= NEW * size ? score.of(n, sum) : -Infinity;
    });
    const worths = scores.map((own, c) => (own > score.least ? worthOf(own, open[c].conditions) : -Infinity));
    lost.at(-1)?.push(...open.filter((_, c) => !(scores[c] > score.least)));
    const best = largestIn(worths, 0, worths.length);
    if (!(worths[best] > floor)) break;
    const { conditions, tried } = yield* refine(
      open[best].conditions,
      worths[best],
      { without, score },
      options,
    );
    const [all] = yield* countAll([conditions], []);
    const [own] = yield* countAll([conditions], without);
    cells.push({ conditions, size: all.n, sum: all.sum, score: among.of(all.n, all.sum) });
    lost.push([]);
    rest = withoutPart(rest, own);
    refined += tried;
    open = open.filter((_, c) => scores[c] > score.least);
  }
  return { cells, lost, rest, refined };
}

/** Returns the chosen slices, each with other descriptions of about the same rows. */
export function* withAlternatives({ cells, lost }: Chosen): Counting<Pick[]> {
  const picks: Pick[] = [];
  const counts = yield* countAll(
    cells.map(({ conditions }) => conditions),
    [],
  );
  for (const [c, cell] of cells.entries()) {
    const others = lost[c]
      .filter(({ conditions }) => conditions.join() !== cell.conditions.join())
      .slice(0, 200);
    const shares = yield* overlaps(cell, others);
    const alternatives = others
      .map((other, i) => ({ cell: other, overlap: shares[i] }))
      .filter(({ overlap }) => overlap >= ALIKE)
      .sort((a, b) => b.overlap - a.overlap)
      .slice(0, MOST_ALTERNATIVES);
    picks.push({ ...cell, counts: counts[c], alternatives });
  }
  return picks;
}
