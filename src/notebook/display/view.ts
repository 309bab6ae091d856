import type { Warning } from '../../core/warning';
import type { Figure } from '../../figures/figure';
import type { Severity } from '../../suspect/types';

/** A number with the interval that luck alone would give it. */
export interface Measured {
  readonly value: number;
  readonly interval?: readonly [number, number];
  /** Show it as a percentage with a bar. */
  readonly share?: boolean;
}

export type Cell = string | number | Measured;

/** Rows under a head; a column is words or numbers, by its cells. */
export interface ViewTable {
  readonly title?: string;
  /** Names with their units in brackets. */
  readonly head: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** Rows that are not shown. */
  readonly more?: number;
  /** Fold it into one line that opens. */
  readonly folded?: boolean;
}

/** One problem as a person reads it. */
export interface ViewFinding {
  readonly severity: Severity;
  readonly message: string;
  readonly lines: readonly string[];
  readonly causes: ViewTable;
}

/** A figure behind one line of words. */
export interface FoldedFigure {
  /** What it is, before its own sentence: "Layers". */
  readonly name: string;
  readonly figure: Figure;
}

/** What is shown of a result, before it is words or HTML: the answer first. */
export interface View {
  readonly answer: string;
  readonly notes?: readonly string[];
  readonly findings?: readonly ViewFinding[];
  readonly figure?: Figure;
  /** Further figures, each folded into one line that opens. */
  readonly folded?: readonly FoldedFigure[];
  readonly tables?: readonly ViewTable[];
  readonly warnings?: readonly Warning[];
}

/** The first rows of a long list, and how many are left. */
export function firstRows<T>(
  rows: readonly T[],
  limit = 20,
): { readonly rows: readonly T[]; readonly more: number } {
  return { rows: rows.slice(0, limit), more: Math.max(0, rows.length - limit) };
}
