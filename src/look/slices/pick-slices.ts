import { widthOf, type CountRequest, type Counts } from '../../engine/count/types';
import { withoutPart, type Moments } from '../../stats/moments';
import { countAll } from './count-all';
import type { LevelRule } from './level-rule';
import { intersectCells } from './merge-cells';
import { placeOf } from './extend-cells';
import type { FoundCell, Items } from './search-slices';
import type { SliceScore } from './slice-score';

/** A slice that was chosen, with what else describes about the same rows. */
export interface Pick extends FoundCell {
  /** What was counted of it on the searched rows. */
  readonly counts: Moments;
  /** True where the halves stood in each other's place: it was found on the rows that otherwise judge. */
  readonly swapped?: true;
  readonly alternatives: readonly { readonly cell: FoundCell; readonly overlap: number }[];
}

export interface PickOptions {
  readonly support: number;
  readonly rules: readonly LevelRule[];
  /** The score among rows of which so much is known. */
  scoreOf(totals: Moments): SliceScore;
  /** What a score is worth for a cell of so many conditions: what chance alone offers at that width is taken off. */
  worthOf(score: number, width: number): number;
  /** A description with a condition less may be worth this share less. */
  readonly slack: number;
  /** Conditions that may be added to a chosen cell, up to so many in all. */
  readonly items: Items;
  readonly maxLevel: number;
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

/** Share of a slice's rows that must be in no slice before it. */
const NEW = 0.5;
const MOST_ALTERNATIVES = 4;
/** What shares less is another slice. */
const ALIKE = 0.25;
/** Rounds of refining. */
const MOST_ROUNDS = 50;

type Counting<T> = Generator<CountRequest, T, Counts>;

/** A cell without its condition at place `at` of its array. */
const drop = (cell: Int32Array, at: number): Int32Array =>
  Int32Array.from([...cell.subarray(0, at), ...cell.subarray(at + 3)]);

function withRange(cell: Int32Array, at: number, from: number, to: number): Int32Array {
  const copy = cell.slice();
  copy[at + 1] = from;
  copy[at + 2] = to;
  return copy;
}

/** What differs from a cell by one move: a condition less, or a range that begins or ends elsewhere. */
function variants(
  cell: Int32Array,
  rules: readonly LevelRule[],
): { simpler: Int32Array[]; moved: Int32Array[] } {
  const simpler: Int32Array[] = [];
  const moved: Int32Array[] = [];
  for (let at = 0; at < cell.length; at += 3) {
    const [column, from, to] = cell.subarray(at, at + 3);
    if (cell.length > 3) simpler.push(drop(cell, at));
    const { ordered, step } = rules[column];
    if (to >= ordered) continue;
    const moves = [...new Set([1, Math.ceil(step / 4), step])].flatMap((by) => [
      [from - by, to],
      [from, to + by],
      [from + by, to],
      [from, to - by],
    ]);
    for (const [a, b] of moves) {
      if (a >= 0 && b < ordered && a <= b && !(a === 0 && b === ordered - 1))
        moved.push(withRange(cell, at, a, b));
    }
  }
  return { simpler, moved };
}

/** Place of the largest number from `from` to before `to`. */
function largestIn(values: readonly number[], from: number, to: number): number {
  let best = from;
  for (let i = from; i < to; i++) if (values[i] > values[best]) best = i;
  return best;
}

/** A cell with one of some items more, each of a column that it has no condition on. */
function withOneMore(cell: Int32Array, items: Items): Int32Array[] {
  const more: Int32Array[] = [];
  for (let item = 0; item < items.length; item += 3) {
    const place = placeOf(cell, items[item]);
    if (place < 0) continue;
    more.push(
      Int32Array.from([
        ...cell.subarray(0, place),
        ...items.subarray(item, item + 3),
        ...cell.subarray(place),
      ]),
    );
  }
  return more;
}

/**
 * Makes the most of a cell: conditions that are not worth their words go, the ends of ranges move to where the score is
 * highest, and where nothing more is to be had so, a condition is added if one is worth it.
 */
function* refine(
  start: Int32Array,
  worth: number,
  { without, score }: { without: readonly Int32Array[]; score: SliceScore },
  { rules, support, worthOf, slack, items, maxLevel }: PickOptions,
): Counting<{ conditions: Int32Array; tried: number }> {
  let conditions = start;
  let own = worth;
  let tried = 0;
  function* worthsOf(cells: readonly Int32Array[]): Counting<number[]> {
    const counts = yield* countAll(cells, without);
    const whole = without.length > 0 ? yield* countAll(cells, []) : counts;
    tried += cells.length;
    return counts.map(({ n, sum }, i) =>
      n >= support / 2 && n >= NEW * whole[i].n ? worthOf(score.of(n, sum), widthOf(cells[i])) : -Infinity,
    );
  }
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const { simpler, moved } = variants(conditions, rules);
    const all = [...simpler, ...moved];
    const worths = yield* worthsOf(all);
    const fewer = largestIn(worths, 0, simpler.length);
    const better = largestIn(worths, simpler.length, all.length);
    if (simpler.length > 0 && worths[fewer] >= own - slack * Math.abs(own)) {
      conditions = all[fewer];
      own = worths[fewer];
    } else if (moved.length > 0 && worths[better] > own) {
      conditions = all[better];
      own = worths[better];
    } else {
      const more = widthOf(conditions) < maxLevel ? withOneMore(conditions, items) : [];
      const added = yield* worthsOf(more);
      const best = largestIn(added, 0, added.length);
      if (!(added[best] > own)) break;
      conditions = more[best];
      own = added[best];
    }
  }
  return { conditions, tried };
}

/** Rows in both over rows in either, of a cell and others. */
function* overlaps(cell: FoundCell, others: readonly FoundCell[]): Counting<number[]> {
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
  options: PickOptions,
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
    const worths = scores.map((own, c) =>
      own > score.least ? worthOf(own, widthOf(open[c].conditions)) : -Infinity,
    );
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
