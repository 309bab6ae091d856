import type { AnySlices, SliceData } from '../look/slices/types';
import { sliceBranches, type Branch } from './slice-branches';

/** Pixels that a level stands in. */
export const STEP = 22;
/** Pixels beside the bars. */
export const LEFT = 28;
export const RIGHT = 120;
/** Width of a bar, in rows. */
export const BAR = 0.22;

/** The tree as it is drawn. */
export interface TreeRows {
  readonly rows: readonly Branch[];
  /** Those of its rows that are slices. */
  readonly bars: readonly TreeBar[];
  /** The largest share of examples. */
  readonly widest: number;
  /** Where the axis ends, which begins where the outermost bars do. */
  readonly end: number;
}

/** Returns the rows of the tree, its bars, and how its axis is laid out. */
export function treeRows(found: AnySlices): TreeRows {
  const rows = sliceBranches(found);
  const deepest = rows.reduce((most, { depth }) => Math.max(most, depth), 0);
  const widest = rows.reduce((most, { drawn }) => Math.max(most, drawn?.slice.shareOfExamples ?? 0), 0);
  const plot = 720 - LEFT - RIGHT;
  const step = (STEP * widest) / Math.max(1, plot - deepest * STEP);
  return { rows, bars: barsOf(rows, step), widest, end: widest + deepest * step || 1 };
}

/** A slice of the tree: its bar is point `point` of the traces 0 and 1, and lies in `box`. */
export interface TreeBar {
  readonly slice: SliceData;
  readonly point: number;
  readonly box: readonly [x0: number, y0: number, x1: number, y1: number];
}

/** The slices of the rows in the order of their bars. */
function barsOf(rows: readonly Branch[], step: number): readonly TreeBar[] {
  return rows
    .map(({ drawn, depth }, row) => ({ drawn, depth, row }))
    .flatMap(({ drawn, depth, row }) => (drawn ? [{ slice: drawn.slice, depth, row }] : []))
    .map(({ slice, depth, row }, point) => ({
      ...{ slice, point },
      box: [depth * step, row - BAR / 2, depth * step + slice.shareOfExamples, row + BAR / 2] as const,
    }));
}
