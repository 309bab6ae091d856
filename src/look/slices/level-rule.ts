import type { Cell } from '../../data/column-value';
import type { Column } from '../../data/types';
import { random } from '../../core/random';
import { levelEdges, type Binning, type TreeTarget } from './level-edges';
import type { SliceCondition } from './types';

/** How a column becomes levels: made once, the same on any rows. */
export interface LevelRule {
  readonly name: string;
  readonly type: Column['type'];
  readonly cut: 'values' | 'ranges';
  /** Of values one by one: frequent ones, numbers ascending. */
  readonly values: readonly (string | number | boolean)[];
  /** Of ranges: where each but the first begins. */
  readonly edges: readonly number[];
  /** Whether "nothing there" is a level, the last one. */
  readonly missing: boolean;
  /** Levels in all. */
  readonly levels: number;
  /** Levels whose neighbours may be joined: numbers and dates. */
  readonly ordered: number;
  /** Neighbouring levels that the search takes as one; their borders are moved one by one when a slice is refined. */
  readonly step: number;
}

export interface LevelOptions {
  readonly bins: number;
  /** Parts of each bin, for refining. */
  readonly step: number;
  readonly binning: Binning;
  /** Where each range but the first begins, instead of `bins`. */
  readonly edges?: readonly number[];
  /** Rows that a level has at least, of all the rows looked at. */
  readonly support: number;
  /** Errors of the rows, for a tree; NaN for rows that it must not see. */
  readonly errors?: Float64Array;
  readonly seed: number;
}

/** Different numbers up to which each is a level. */
const FEW = 20;
/** Rows from which the places of cuts are taken, where there are more. */
export const EDGE_ROWS = 200_000;

const isMissing = (column: Exclude<Column, { type: 'string' }>, i: number): boolean =>
  column.valid?.[i] === 0 || Number.isNaN(column.values[i]);

function stringRule(name: string, column: Column & { type: 'string' }, support: number): LevelRule {
  const counts = new Float64Array(column.dictionary.length);
  let nothing = 0;
  for (const code of column.codes) {
    if (code >= 0) counts[code]++;
    else nothing++;
  }
  const values = column.dictionary.filter((_, code) => counts[code] >= support);
  const missing = nothing >= support;
  const levels = values.length + (missing ? 1 : 0);
  return { name, type: 'string', cut: 'values', values, edges: [], missing, levels, ordered: 0, step: 1 };
}

/** The different numbers, ascending, or undefined where there are more than a few. */
function fewNumbers(column: Exclude<Column, { type: 'string' }>): number[] | undefined {
  const found = new Set<number>();
  for (let i = 0; i < column.values.length; i++) {
    if (isMissing(column, i)) continue;
    found.add(column.values[i] + 0);
    if (found.size > FEW) return undefined;
  }
  return [...found].sort((a, b) => a - b);
}

/** Known values of a sample of rows, with the errors of those rows. */
function known(
  column: Exclude<Column, { type: 'string' }>,
  { errors, seed }: LevelOptions,
): { values: Float64Array; errors: Float64Array } {
  const n = column.values.length;
  const stream = random(seed).fork('cuts');
  const chosen: number[] = [];
  const share = EDGE_ROWS / n;
  for (let i = 0; i < n; i++) {
    if ((share < 1 && stream.next() >= share) || isMissing(column, i)) continue;
    if (errors === undefined || !Number.isNaN(errors[i])) chosen.push(i);
  }
  return {
    values: Float64Array.from(chosen, (i) => column.values[i]),
    errors: Float64Array.from(chosen, (i) => errors?.[i] ?? 0),
  };
}

/** Returns how a column becomes levels. */
export function levelRule(name: string, column: Column, options: LevelOptions): LevelRule {
  if (column.type === 'string') return stringRule(name, column, options.support);
  let nothing = 0;
  for (let i = 0; i < column.values.length; i++) if (isMissing(column, i)) nothing++;
  const missing = nothing >= options.support;
  const more = missing ? 1 : 0;
  const few = options.edges ? undefined : fewNumbers(column);
  if (few) {
    const values = column.type === 'boolean' ? few.map((value) => value === 1) : few;
    const ordered = column.type === 'boolean' ? 0 : few.length;
    const levels = few.length + more;
    return { name, type: column.type, cut: 'values', values, edges: [], missing, levels, ordered, step: 1 };
  }
  const { bins, binning } = options;
  const step = options.edges || binning === 'tree' ? 1 : options.step;
  let edges = options.edges;
  if (!edges) {
    const { values, errors } = known(column, options);
    const target: TreeTarget = { errors, least: Math.max(1, Math.ceil((options.support * values.length) / column.values.length)) };
    edges = levelEdges(values, binning, bins * step, target);
  }
  const ordered = edges.length + 1;
  const levels = ordered + more;
  return { name, type: column.type, cut: 'ranges', values: [], edges, missing, levels, ordered, step };
}

/** Number of the range that a value lies in. */
function rangeOf(edges: readonly number[], value: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (edges[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Returns the code of each of the given rows; those of no level have the number of levels. */
export function codesOf(rule: LevelRule, column: Column, rows: ArrayLike<number>): ArrayLike<number> {
  const n = rows.length;
  const codes = rule.levels < 255 ? new Uint8Array(n) : new Int32Array(n);
  const none = rule.levels;
  const nothing = rule.missing ? rule.levels - 1 : none;
  const levelOf = new Map<Cell, number>(rule.values.map((value, level) => [value, level]));
  if (column.type === 'string') {
    const ofCode = column.dictionary.map((word) => levelOf.get(word) ?? none);
    for (let i = 0; i < n; i++) {
      const code = column.codes[rows[i]];
      codes[i] = code >= 0 ? ofCode[code] : nothing;
    }
    return codes;
  }
  for (let i = 0; i < n; i++) {
    const row = rows[i];
    if (isMissing(column, row)) codes[i] = nothing;
    else if (rule.cut === 'ranges') codes[i] = rangeOf(rule.edges, column.values[row]);
    else {
      const value = column.values[row] + 0;
      codes[i] = levelOf.get(rule.type === 'boolean' ? value === 1 : value) ?? none;
    }
  }
  return codes;
}

/** Returns what levels `from` … `to` of a rule mean. */
export function conditionOf(rule: LevelRule, from: number, to: number): SliceCondition {
  const { name: column, values, edges, ordered, cut } = rule;
  const date = rule.type === 'date' ? ({ date: true } as const) : {};
  if (rule.missing && from === rule.levels - 1) return { column, missing: true };
  if (cut === 'values' && from === to && rule.type !== 'date') return { column, is: values[from] };
  const begins = (level: number): number | null =>
    cut === 'ranges' ? (level === 0 ? null : edges[level - 1]) : level === 0 ? null : (values[level] as number);
  const ends = to + 1 >= ordered ? null : begins(to + 1);
  return { column, from: begins(from), to: ends, ...date };
}
