import { widthOf, type CountRequest, type Counts } from '../../engine/count/types';
import type { Moments } from '../../stats/moments';
import { countAll } from './count-all';
import { placeOf } from './extend-cells';
import { largestIn } from './largest-in';
import type { LevelRule } from './level-rule';
import type { Items } from './search-slices';
import type { SliceScore } from './slice-score';

export interface RefineOptions {
  readonly support: number;
  readonly rules: readonly LevelRule[];
  /** The score among rows of which so much is known. */
  scoreOf(totals: Moments): SliceScore;
  /** What a score is worth for a cell of so many conditions: what chance alone offers at that width is taken off. */
  worthOf(score: number, conditions: Int32Array): number;
  /** A description with a condition less may be worth this share less. */
  readonly slack: number;
  /** Conditions that may be added to a chosen cell, up to so many in all. */
  readonly items: Items;
  readonly maxLevel: number;
}

/** Share of a slice's rows that must be in no slice before it. */
export const NEW = 0.5;
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
export function* refine(
  start: Int32Array,
  worth: number,
  { without, score }: { without: readonly Int32Array[]; score: SliceScore },
  { rules, support, worthOf, slack, items, maxLevel }: RefineOptions,
): Counting<{ conditions: Int32Array; worth: number; tried: number }> {
  let conditions = start;
  let own = worth;
  let tried = 0;
  function* worthsOf(cells: readonly Int32Array[]): Counting<number[]> {
    const counts = yield* countAll(cells, without);
    const whole = without.length > 0 ? yield* countAll(cells, []) : counts;
    tried += cells.length;
    return counts.map(({ n, sum }, i) =>
      n >= support / 2 && n >= NEW * whole[i].n ? worthOf(score.of(n, sum), cells[i]) : -Infinity,
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
  return { conditions, worth: own, tried };
}
