import type { FoundCell } from './search-slices';

/** The k best cells so far. */
export interface BestCells {
  offer(conditions: Int32Array, size: number, sum: number, score: number): void;
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
function compare(a: FoundCell, b: FoundCell): number {
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
    cells.sort(compare);
    cells = cells.slice(0, k);
    if (cells.length === k) reach = cells[k - 1].score;
  }
  return {
    offer(conditions, size, sum, score) {
      if (!takes(score)) return;
      cells.push({ conditions, size, sum, score });
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
