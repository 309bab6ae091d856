import type { Warning } from '../../core/warning';
import type { DifficultyOptions } from '../difficulty-options';
import type { SlicedMeasure, SlicedMetric } from '../error-values';
import type { SliceCost } from '../slice-cost';
import type { SliceError } from '../slice-errors';
import type { Difficulty } from '../types';

/**
 * One side of the table: a difficulty or the options of one; a metadata column by its name, or "label" or "predicted"; or a
 * column with how it is cut.
 */
export type CrossAxisChoice =
  | string
  | Difficulty
  | DifficultyOptions
  | {
      readonly column: string;
      /** Bins of a column of numbers or dates, of about equal size; defaults to those of the table. */
      readonly bins?: number;
      /** Bounds of its bins instead, ascending. */
      readonly edges?: ArrayLike<number>;
    };

/** Options of `crossSlices`. */
export interface CrossSlicesOptions {
  /** Bins of a difficulty or of a column of numbers or dates; defaults to 4. */
  readonly bins?: number;
  /** Values of a column of text that are shown each, the most frequent; the others are one; defaults to 8. */
  readonly categories?: number;
  /** Examples below which a cell says too little; defaults to 20. */
  readonly smallest?: number;
  /** Width of an interval above which a cell says too little; defaults to 0.3 for error rates, to the overall error for others. */
  readonly widest?: number;
  /** "error" (wrong or right, of values the squared error) or "loss"; defaults to "error". */
  readonly measure?: SlicedMeasure;
  /** Confidence level strictly between 0 and 1; defaults to 0.95. */
  readonly level?: number;
  /** Of the simulation where counts are small; defaults to 0. */
  readonly seed?: number;
}

/** One row or column of the table: the examples of it, whatever the other side. */
export interface CrossLevel extends SliceError, SliceCost {
  readonly label: string;
  /** Its value is not known, or it holds all values that are not shown. */
  readonly kind: 'value' | 'other' | 'missing';
  readonly n: number;
}

export interface CrossAxis {
  readonly title: string;
  readonly kind: 'difficulty' | 'number' | 'category';
  readonly circular: boolean;
  readonly levels: readonly CrossLevel[];
}

/** The examples of one row and one column. */
export interface CrossCell extends SliceError, SliceCost {
  /** Places of its levels. */
  readonly a: number;
  readonly b: number;
  readonly n: number;
  /** Fewer than the smallest size, or an interval wider than the widest. */
  readonly tooFew: boolean;
  /** Error that its row and its column alone would give; NaN where that cannot be known. */
  readonly expected: number;
  /** How far the error lies from that in standard errors; NaN for a cell of too few. */
  readonly z: number;
  readonly pValue: number;
  /** By Benjamini and Hochberg over the cells that are tested. */
  readonly adjusted: number;
  readonly indices: readonly number[];
}

/** Whether the effect of one side depends on the other. */
export interface CrossInteraction {
  /** Sum of squares of the residuals that row and column leave. */
  readonly statistic: number;
  readonly df: number;
  readonly pValue: number;
  /** How the p-value was found: counts are large enough for chi-square, or so many draws of the model without interaction. */
  readonly by: 'chi-square' | 'simulation';
  readonly draws: number;
  /** Examples and cells that it was tested on. */
  readonly n: number;
  readonly cells: number;
}

export interface CrossSlices {
  readonly kind: 'cross-slices';
  readonly name: string;
  readonly metric: SlicedMetric;
  readonly n: number;
  readonly overall: SliceError;
  readonly level: number;
  readonly a: CrossAxis;
  readonly b: CrossAxis;
  /** Row by row (a), within it by column (b), empty ones included. */
  readonly cells: readonly CrossCell[];
  readonly smallest: number;
  readonly widest: number;
  /** Null where nothing can be tested. */
  readonly interaction: CrossInteraction | null;
  /** Place of the cell that is surely worst: of those with enough, and surely worse than the whole, the highest lower bound. */
  readonly worst: number | null;
  readonly seed: number;
  readonly warnings: readonly Warning[];
}
