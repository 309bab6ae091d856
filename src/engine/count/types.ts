/**
 * A column as small whole numbers. Codes are 0 … `levels` − 1; a row with another code is in no level. Where rows have no
 * value, that can be a level of its own. Bin edges are frozen: the same value has the same code in any table.
 */
export interface CodedColumn {
  readonly name: string;
  readonly levels: number;
  /** One code a row. */
  readonly codes: ArrayLike<number>;
}

/** Which cells to count. A cell is the rows that satisfy each of its conditions. */
export interface CountRequest {
  /** Conditions of each cell. */
  readonly width: number;
  /**
   * Three numbers a condition, cell by cell: the number of a column, the first and the last code that satisfy it. Columns
   * ascend within a cell.
   */
  readonly cells: Int32Array;
  /** Rows that are in any of these are left out: cells of any width. */
  readonly without?: readonly Int32Array[];
}

/** What was counted, an entry a cell. Whole numbers are exact up to 2^53. */
export interface Counts {
  /** Rows. */
  readonly sizes: Float64Array;
  /** Sum of the rows' values: of 0 and 1, the rows with a 1. */
  readonly sums: Float64Array;
  /** Sum of their squares. */
  readonly squares: Float64Array;
  /** The largest value; 0 of no rows. */
  readonly largest: Float64Array;
}

/**
 * Counts rows and sums a value over them, whatever holds the rows: bits in memory, or a database. Values are ≥ 0.
 * Everything that slices, labels and baselines count goes through it.
 */
export interface CountEngine<Answer extends Counts | Promise<Counts>> {
  /** Rows in all. */
  readonly n: number;
  /** Levels of each column, by number. */
  readonly levels: readonly number[];
  count(request: CountRequest): Answer;
}

/** Conditions in the array of a cell. */
export const widthOf = (cell: Int32Array): number => cell.length / 3;
