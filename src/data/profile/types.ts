/** A value far from all others of its column that many examples have: it may stand for a missing one. */
export interface Sentinel {
  readonly column: string;
  readonly value: number;
  /** Examples that have it. */
  readonly count: number;
  /** Distance to the nearest other value, in standard deviations of the others. */
  readonly gap: number;
}

/** How well one column alone tells the label. */
export interface ColumnAlone {
  readonly column: string;
  /** Share of the examples told right (classes), or of the target's variance explained, by their neighbours in this column. */
  readonly skill: number;
}

/**
 * The columns of a table, or what stands for them where an example is an image, a series or a text: mean and spread of
 * each example. Arrays have an entry a column, in the order of `names`.
 */
export interface ColumnProfiles {
  readonly of: 'columns' | 'examples';
  /** Columns there are; those beyond 256 are left out of the arrays. */
  readonly total: number;
  readonly names: readonly string[];
  readonly mean: readonly number[];
  /** Population standard deviation; 0 for a constant column. */
  readonly sd: readonly number[];
  readonly min: readonly number[];
  readonly max: readonly number[];
  /** Values that are not numbers. */
  readonly missing: readonly number[];
  readonly sentinels: readonly Sentinel[];
  /** Pairs of columns that hold the same but for scale and origin. */
  readonly duplicates: readonly (readonly [string, string])[];
  /** The columns that tell most of the label by themselves, the best first, at most three; on at most 1,000 examples. */
  readonly alone: readonly ColumnAlone[];
  /** Examples that `alone` was measured on. */
  readonly aloneN: number;
}

/** How two sets of examples differ, column by column: statistics of the largest difference, in standard errors. */
export interface SetsCompared {
  /** Examples of the second set whose features and label equal, bit for bit, those of one of the first; and how many it has. */
  readonly copies: number;
  readonly copiesOf: number;
  /** Share of the first set's examples that equal another one of it: the rate a random split would show. */
  readonly rateWithin: number;
  /** The column whose mean moved most: by how many standard deviations of the first set, and standard errors. */
  readonly shift: Difference;
  /** The column whose spread changed most: logarithm of the ratio of standard deviations. */
  readonly spread: Difference;
  /** The column whose distribution differs most (Kolmogorov–Smirnov distance). */
  readonly distribution: Difference;
  /** The pair of columns whose correlation differs most: by how much in Fisher's z. */
  readonly correlation: Difference;
  /** Cramér's V of class and set, and its chi-square as a z-score; NaN for regression. */
  readonly classes: { readonly effect: number; readonly z: number };
}

/** The largest of many differences: its z-score is that after allowing for how many were looked at. */
export interface Difference {
  readonly column: string;
  readonly effect: number;
  readonly z: number;
}
