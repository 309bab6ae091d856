import type { FoundCell } from './search-slices';

/** The best cells so far. */
export interface BestCells {
  /** A cell whose conditions stand in `cells` from place `at` on; they are copied. */
  offer(cells: Int32Array, at: number, width: number, size: number, sum: number, score: number): void;
  /** Drops what is not among the best. */
  settle(): void;
  /** Says that from now on cells have more conditions, which lose against the equal ones so far. */
  nextLevel(): void;
  /** Whether a cell of this level with such a score could be among the best. */
  takes(score: number): boolean;
  /** Best first. */
  list(): readonly FoundCell[];
}

/** Negative where `a` is the better one. */
export function compareCells(a: FoundCell, b: FoundCell): number {
  const simple =
    b.score - a.score || a.conditions.length - b.conditions.length || b.size - a.size;
  if (simple !== 0) return simple;
  const at = a.conditions.findIndex((value, i) => value !== b.conditions[i]);
  return at < 0 ? 0 : a.conditions[at] - b.conditions[at];
}

/** Returns a list of the k best cells with a score above `least`. */
export function bestCells(k: number, least: number): BestCells {
  let cells: FoundCell[] = [];
  /** What the cells of this level have to exceed, and what they have to reach. */
  let exceed = least;
  let reach = least;
  const takes = (score: number): boolean => score > exceed && score >= reach;
  function settle(): void {
    cells.sort(compareCells);
    cells = cells.slice(0, k);
    if (cells.length === k) reach = cells[k - 1].score;
  }
  return {
    offer(from, at, width, size, sum, score) {
      if (!takes(score)) return;
      cells.push({ conditions: from.slice(at, at + 3 * width), size, sum, score });
      if (cells.length >= 2 * k + 16) settle();
    },
    settle,
    nextLevel() {
      settle();
      exceed = reach;
    },
    takes,
    list: () => (settle(), cells),
  };
}

/**
 * Returns a list of the `each` best cells of every combination of columns, with scores above `least`: so that the variants of
 * one strong slice do not crowd out all others.
 */
export function diverseCells(each: number, least: number): BestCells {
  const bySet = new Map<number, FoundCell[]>();
  // Columns of a cell as one number; a rare clash of two sets does no harm.
  const keyOf = (cells: Int32Array, at: number, width: number): number => {
    let key = 0;
    for (let w = 0; w < width; w++) key = (key * 4099 + cells[at + 3 * w] + 1) % 2147483629;
    return key;
  };
  return {
    offer(from, at, width, size, sum, score) {
      if (!(score > least)) return;
      const key = keyOf(from, at, width);
      const cells = bySet.get(key);
      // The worst of a full set stands last.
      if (cells?.length === each && score < cells[each - 1].score) return;
      const cell = { conditions: from.slice(at, at + 3 * width), size, sum, score };
      if (!cells) bySet.set(key, [cell]);
      else {
        cells.push(cell);
        cells.sort(compareCells);
        if (cells.length > each) cells.pop();
      }
    },
    settle: () => undefined,
    nextLevel: () => undefined,
    takes: (score) => score > least,
    list: () => [...bySet.values()].flat().sort(compareCells),
  };
}
