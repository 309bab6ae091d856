import type { Warning } from '../core/warning';
import type { Preparation } from './prepare/types';

/** Numbers with nulls apart: `valid[i] === 0` marks a null; NaN stays a value. `valid` is null when nothing is missing. */
export interface NumberColumn {
  readonly type: 'number';
  readonly values: Float64Array;
  readonly valid: Uint8Array | null;
}

/** Strings as codes into a dictionary; −1 is null. */
export interface StringColumn {
  readonly type: 'string';
  readonly codes: Int32Array;
  readonly dictionary: readonly string[];
}

/** Dates and timestamps as milliseconds since 1970-01-01T00:00Z. */
export interface DateColumn {
  readonly type: 'date';
  readonly values: Float64Array;
  readonly valid: Uint8Array | null;
}

/** Truth values, 0 or 1. */
export interface BooleanColumn {
  readonly type: 'boolean';
  readonly values: Uint8Array;
  readonly valid: Uint8Array | null;
}

export type Column = NumberColumn | StringColumn | DateColumn | BooleanColumn;

/** Columns of equal length, in the order of `names`. */
export interface Table {
  readonly kind: 'table';
  /** Rows. */
  readonly n: number;
  readonly names: readonly string[];
  readonly columns: Readonly<Record<string, Column>>;
  /** Where it was read from, if anywhere. */
  readonly source?: string;
  readonly warnings: readonly Warning[];
}

/** One of K classes each, any of K labels each, or a value each. */
export type Task = 'classification' | 'multi-label' | 'regression';

/** What is to be predicted, as numbers. */
export type Labels = Int32Array | Uint8Array | Float64Array;

/** What a raw column is to a model; `ignore` keeps it beside the examples, unused. */
export type Role = 'number' | 'category' | 'boolean' | 'date' | 'text' | 'ignore';

/** One dense block of features: example i is `values.subarray(i * size, (i + 1) * size)` with size = product of `shape`. */
export interface FeatureBlock {
  readonly values: Float32Array;
  /** Shape of one example: `[4]` for four columns, `[8, 8, 1]` for an 8×8 image. */
  readonly shape: readonly number[];
  /** Names of the columns where `shape` has one axis. */
  readonly names?: readonly string[];
}

/** Examples with a label each. Plain typed arrays, no tensors. */
export interface Dataset {
  readonly kind: 'dataset';
  readonly name: string;
  readonly task: Task;
  /** Examples. */
  readonly n: number;
  /** Of shape `[0]` as long as the inputs are raw columns only: `prepare` makes numbers of them. */
  readonly features: FeatureBlock;
  /** Raw columns that the features are made from: numbers with gaps, categories, dates, text. Kept after preparing. */
  readonly columns?: Table;
  /** The role of each raw column. */
  readonly roles?: Readonly<Record<string, Role>>;
  /** What made the features, where they were prepared. */
  readonly preparation?: Preparation;
  /** What was degraded when the features were made: levels never seen, gaps where training had none. */
  readonly warnings?: readonly Warning[];
  /**
   * Classification: class codes 0 … K−1, `Int32Array` of N. Multi-label: `Uint8Array` of N×K, row by row, 1 where the example
   * has the label. Regression: target values, `Float64Array` of N.
   */
  readonly labels: Labels;
  /** Class names by code, or label names by column; empty for regression. */
  readonly classes: readonly string[];
  /** One id per example, unique; stays with the example through splits. */
  readonly ids: readonly string[];
  /** Columns that are not features: who wrote it, when, how hard people found it. */
  readonly metadata: Table;
  /** Licence and source, for bundled data. */
  readonly origin?: { readonly title: string; readonly licence: string; readonly url: string };
}
