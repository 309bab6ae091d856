import type { Cell } from '../../data/column-value';
import type { Table } from '../../data/types';
import type { Predictions, SeedSpread } from '../../metrics/types';
import type { SlicedMetric } from '../error-values';
import type { Warning } from '../../core/warning';
import type { CardOptions } from '../cards/card-maker';
import type { TopLosses } from '../types';
import type { LevelTried } from './search-slices';

/** What a row must satisfy in one column: a value, a range (from inclusive, to exclusive; null where it is open), or nothing there. */
export type SliceCondition =
  | { readonly column: string; readonly is: string | number | boolean }
  | {
      readonly column: string;
      readonly from: number | null;
      readonly to: number | null;
      readonly date?: true;
    }
  | { readonly column: string; readonly missing: true };

/** What was measured of a slice on some rows. */
export interface SliceMeasure {
  /** Rows of the slice among them. */
  readonly n: number;
  /** Wrong predictions in it; NaN for real-valued losses. */
  readonly errors: number;
  /** Error rate or mean loss, with its interval. */
  readonly error: number;
  readonly interval: readonly [number, number];
  /** Error of all these rows. */
  readonly overall: number;
}

/** Examples that have something in common and on which the model falls short. */
export interface SliceData {
  readonly kind: 'slice';
  readonly predicate: readonly SliceCondition[];
  /** Each condition of the predicate in words: ["age < 25", "sex = Female"]. */
  readonly conditions: readonly string[];
  /** The predicate in words: "age < 25 and sex = Female". */
  readonly description: string;
  /** The predicate as SQL. */
  readonly sql: string;
  /** Conditions. */
  readonly level: number;
  /** Of the search: the SliceLine score, or standard errors above the other rows. */
  readonly score: number;
  /** Rows of the slice in all. */
  readonly n: number;
  readonly shareOfExamples: number;
  /** Wrong predictions in all its rows; NaN for real-valued losses. */
  readonly errors: number;
  /** Error where it was judged (the held-out rows, where there are any), with its interval. */
  readonly error: number;
  readonly interval: readonly [number, number];
  /** `error` over the error of all rows that judge. */
  readonly ratio: number;
  /** Share of all errors (or of all loss) that lies in it, where it was judged, with its interval. */
  readonly shareOfErrors: number;
  readonly shareOfErrorsInterval: readonly [number, number];
  /** What the overall error would fall by if the slice were as good as the whole, with its interval. */
  readonly gainIfFixed: number;
  readonly gainInterval: readonly [number, number];
  /** On the rows that were searched: too high, since the search chose it for being high. */
  readonly discovery: SliceMeasure;
  /** On the rows that the search never saw; null where all were searched. */
  readonly heldOut: SliceMeasure | null;
  /**
   * One-sided probability that luck alone makes the held-out rows of the slice, but for those of slices before it, so much
   * worse than the other rows; NaN where none are held out. `qValue`: adjusted for all slices that were judged.
   */
  readonly pValue: number;
  readonly qValue: number;
  /** Of several seeds: how far the error of all its rows lies apart. */
  readonly seeds?: SeedSpread;
  /** Row numbers of the predictions, ascending. */
  readonly indices: readonly number[];
  /** Other descriptions of about the same rows, with how much they share (rows in both over rows in either). */
  readonly alternatives: readonly SliceAlternative[];
}

export interface SliceAlternative {
  readonly predicate: readonly SliceCondition[];
  readonly description: string;
  readonly score: number;
  readonly overlap: number;
  /** Rows where it was searched. */
  readonly n: number;
}

/** What a slice is on other rows than those it was found on. */
export interface SliceFit extends SliceMeasure {
  readonly kind: 'slice-fit';
  readonly description: string;
  readonly shareOfExamples: number;
  readonly indices: readonly number[];
}

/** Options of `slice.examples`: how many, defaults to 10, and what their cards show, defaults to the data that findSlices was given. */
export interface SliceExamplesOptions extends CardOptions {
  readonly limit?: number;
}

/** A slice with what can be asked of it. */
export interface Slice extends SliceData {
  /** Its examples, highest loss first. */
  examples(options?: SliceExamplesOptions): TopLosses;
  /** The slice on new predictions, which have the columns of its predicate. */
  fit(predictions: Predictions): SliceFit;
  /** Numbers of the rows of a table that are in the slice. */
  fit(table: Table): readonly number[];
}

/** How a column was cut into levels: the same on any rows. */
export interface SliceColumn {
  readonly name: string;
  /** Values one by one, or ranges between `edges`. */
  readonly cut: 'values' | 'ranges';
  readonly values?: readonly Cell[];
  readonly edges?: readonly number[];
  /** Whether rows without a value are a level of their own. */
  readonly missing: boolean;
  /** Levels, with that of missing values. */
  readonly levels: number;
}

/** How small a slice could be and still be found on these rows four times in five. */
export interface VisibleSlice {
  /** Its error over that of all rows. */
  readonly ratio: number;
  /** Rows, of all; Infinity where no size is enough. */
  readonly n: number;
  readonly share: number;
}

/** Slices on which the model falls short. */
export interface SlicesOf<S extends SliceData> {
  readonly kind: 'slices';
  readonly name: string;
  readonly metric: SlicedMetric;
  readonly n: number;
  readonly overall: {
    readonly error: number;
    readonly errors: number;
    readonly interval: readonly [number, number];
    readonly seeds?: SeedSpread;
  };
  /**
   * Rows that were searched, and rows that judged; the seed that parted them. `bothWays`: both parts were searched, each judged
   * by the other, and a slice's `discovery` and `heldOut` are the two parts in its own order.
   */
  readonly rows: {
    readonly searched: number;
    readonly heldOut: number;
    readonly bothWays: boolean;
    readonly splits: number;
    readonly seed: number;
  };
  readonly score: { readonly name: 'surprise' } | { readonly name: 'sliceline'; readonly alpha: number };
  readonly level: number;
  readonly falseDiscoveryRate: number;
  /** The surest first: confirmed on the held-out rows; where none are held out, all that were found. */
  readonly slices: readonly S[];
  /** Looked worse where they were searched, and were not confirmed. */
  readonly unconfirmed: readonly S[];
  readonly tried: readonly LevelTried[];
  /** Variants of the chosen slices that were tried besides: a condition less or more, a range wider or narrower. */
  readonly refined: number;
  readonly columns: readonly SliceColumn[];
  readonly minSupport: number;
  readonly smallestVisible: readonly VisibleSlice[];
  readonly warnings: readonly Warning[];
}

/** Slices of predictions. */
export type FoundSlices = SlicesOf<Slice>;

/** Slices of a file: their rows were counted, not kept. */
export type FileSlices = SlicesOf<SliceData>;

/** Slices of either, as they are drawn. */
export type AnySlices = SlicesOf<SliceData>;
