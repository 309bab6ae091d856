import type { Column } from '../types';
import type { ColumnNotes } from './column-notes';
import type { PrepareOptions } from './types';

/** One column of the training data, to be measured. */
export interface Fitting {
  readonly name: string;
  readonly column: Column;
  readonly n: number;
  readonly options: PrepareOptions;
  readonly notes: ColumnNotes;
}

/** Writes the features of one column, row by row. */
export interface Encoder {
  readonly names: readonly string[];
  /** Calls `put` with the number of each feature that is not 0, in rising order, and its value. */
  encode(row: number, put: (feature: number, value: number) => void): void;
}
