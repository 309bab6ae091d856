import type { Warning } from '../../core/warning';
import type { Figure } from '../../figures/figure';
import type { ExampleCard } from '../../look/cards/types';
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
  /** In plain words only its title. */
  readonly brief?: boolean;
}

/** A line of words behind what it is about: "How sure", "Where". */
export interface ViewLine {
  readonly label: string;
  readonly words: string;
}

/** What an experiment has taught of a finding. */
export interface ViewLearnt extends ViewLine {
  readonly tables: readonly ViewTable[];
}

/** One problem as a person reads it, from top to bottom. */
export interface ViewFinding {
  readonly severity: Severity;
  readonly message: string;
  readonly lines: readonly ViewLine[];
  readonly figure?: FoldedFigure;
  /** Show the figure at once; folded by default. */
  readonly open?: boolean;
  readonly causes: ViewTable;
  readonly next: readonly ViewLine[];
  readonly learnt: readonly ViewLearnt[];
  /** The numbers behind it. */
  readonly measured: ViewTable;
}

/** Findings behind one line of words. */
export interface FoldedFindings {
  readonly title: string;
  readonly findings: readonly ViewFinding[];
}

/** A figure behind one line of words. */
export interface FoldedFigure {
  /** What it is, before its own sentence: "Layers". */
  readonly name: string;
  readonly figure: Figure;
}

/** A part of a figure that stands for some examples. */
export interface FigureMark {
  /** What it is called: "cell", "bar". */
  readonly part: string;
  /** Number of the figure: 0 is the view's own, n its n-th folded one; defaults to 0. */
  readonly figure?: number;
  /** Number of the trace in the figure's data. */
  readonly trace: number;
  /** Number of the point, [row, column] in a heat map. */
  readonly point: number | readonly [number, number];
  /** What is outlined while its examples are shown: x0, y0, x1, y1 in units of the axes. */
  readonly box?: readonly [x0: number, y0: number, x1: number, y1: number];
  /** The middle of a ring that is drawn around it instead, in units of the axes. */
  readonly ring?: readonly [x: number, y: number];
}

/** Examples that belong together, and the parts of the view's figures that they belong to. */
export interface ExampleGroup {
  /** A sentence with its numbers: '"cat" taken for "dog": 34 of 512 (6.6 % [4.8, 9.1])'; empty where the answer says it. */
  readonly title: string;
  /** Parts of which a click shows the whole group. */
  readonly marks?: readonly FigureMark[];
  readonly cards: readonly ExampleCard[];
  /** For each card the parts of which a click shows it, with what else belongs to them. */
  readonly cardMarks?: readonly (readonly FigureMark[])[];
}

/** Something to work with in a notebook: a piece of HTML of its own, every string from data escaped, and what to do without it. */
export interface ViewWidget {
  readonly html: string;
  readonly text: string;
}

/** What is shown of a result, before it is words or HTML: the answer first. */
export interface View {
  readonly answer: string;
  readonly notes?: readonly string[];
  readonly findings?: readonly ViewFinding[];
  /** What is worth a look but no worry. */
  readonly aside?: FoldedFindings;
  /** Stands before the figure. */
  readonly widget?: ViewWidget;
  readonly figure?: Figure;
  /** Examples to look at, the most interesting group first; at a click on a figure where they are marked. Not in plain words. */
  readonly examples?: readonly ExampleGroup[];
  /** Further figures, each folded into one line that opens. */
  readonly folded?: readonly FoldedFigure[];
  readonly tables?: readonly ViewTable[];
  readonly warnings?: readonly Warning[];
}

/** Returns every figure of a view, in the order in which they are read. */
export function figuresOf(view: View): readonly Figure[] {
  const ofFindings = [...(view.findings ?? []), ...(view.aside?.findings ?? [])].map(
    ({ figure }) => figure?.figure,
  );
  const folded = (view.folded ?? []).map(({ figure }) => figure);
  return [...ofFindings, view.figure, ...folded].filter((figure) => figure !== undefined);
}

/** The first rows of a long list, and how many are left. */
export function firstRows<T>(
  rows: readonly T[],
  limit = 20,
): { readonly rows: readonly T[]; readonly more: number } {
  return { rows: rows.slice(0, limit), more: Math.max(0, rows.length - limit) };
}
