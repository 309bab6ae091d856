import type { Warning } from '../../core/warning';
import type { Dataset } from '../types';

/** Numbers with gaps: the gaps take the median, then (x − mean) / sd; with gaps in training a second feature marks them. */
export interface NumberStep {
  readonly step: 'number';
  readonly column: string;
  readonly median: number;
  /** Mean and population standard deviation once the gaps are filled. A constant column has sd 0 and becomes 0. */
  readonly mean: number;
  readonly sd: number;
  /** A second feature is 1 where the value is missing. */
  readonly indicator: boolean;
}

/** Truth values as 0 and 1; gaps take the share of true. */
export interface BooleanStep {
  readonly step: 'boolean';
  readonly column: string;
  readonly share: number;
  readonly indicator: boolean;
}

/** One feature for each level, 1 where the value is that level. */
export interface CategoryStep {
  readonly step: 'category';
  readonly column: string;
  /** In order; null is a level of its own where values are missing in training. */
  readonly levels: readonly (string | null)[];
  /** Levels too rare to stand alone. Where there are any, they share a last feature with levels never seen; else those are all zeros. */
  readonly rare: readonly (string | null)[];
}

/** Days since 1970, standardised like a number; besides sine and cosine of the parts that vary in training (UTC). */
export interface DateStep {
  readonly step: 'date';
  readonly column: string;
  readonly median: number;
  readonly mean: number;
  readonly sd: number;
  readonly indicator: boolean;
  readonly cycles: readonly ('year' | 'week' | 'day')[];
}

/**
 * Counts of n-grams times ln((1 + N) / (1 + documents)) + 1, at length 1 for each text. `words`: runs of letters and digits.
 * `characters`: within words that are padded with a space either side. Lower case.
 */
export interface NgramStep {
  readonly step: 'words' | 'characters';
  readonly column: string;
  /** Shortest and longest n-gram. */
  readonly range: readonly [number, number];
  readonly terms: readonly string[];
  /** Training texts that hold each term. */
  readonly documents: readonly number[];
}

/** Words and single marks as ids for an embedding: 0 padding at the end, 1 unknown, then `words` from 2. Lower case. */
export interface TokenStep {
  readonly step: 'tokens';
  readonly column: string;
  readonly words: readonly string[];
  /** Tokens of an example; those beyond are cut off. */
  readonly length: number;
}

/** A dense block: (x − mean) / sd, by feature, by channel (the last axis), or all alike. */
export interface BlockStep {
  readonly step: 'standardize';
  readonly per: 'feature' | 'channel' | 'all';
  readonly mean: readonly number[];
  /** 0 where constant: those become 0. */
  readonly sd: readonly number[];
  /** Steps of zeros at the end of a series are neither measured nor changed. */
  readonly padding: boolean;
}

/** A column that is not used, and why. */
export interface IgnoreStep {
  readonly step: 'ignore';
  readonly column: string;
  readonly why: string;
}

export type PrepareStep =
  NumberStep | BooleanStep | CategoryStep | DateStep | NgramStep | TokenStep | BlockStep | IgnoreStep;

/** How to make features; what is not said is chosen from the training data. */
export interface PrepareOptions {
  /** Text as a bag of n-grams for dense layers, or as token ids for an embedding; defaults to "ngrams". */
  readonly text?: 'ngrams' | 'tokens';
  /** Lengths of word n-grams; defaults to [1, 2]. */
  readonly words?: readonly [number, number];
  /** Lengths of character n-grams; defaults to [2, 4]. */
  readonly characters?: readonly [number, number];
  /** Most terms of each kind of n-gram, or most words for tokens, in a text column; defaults to 1,000, tokens 5,000. */
  readonly vocabulary?: number;
  /** Tokens of an example; defaults to what holds 95 % of the training texts whole, at most 256. */
  readonly maxLength?: number;
  /** Levels and terms of fewer training examples are not kept; defaults to one in 50 for levels, at most 5, and 2 for terms. */
  readonly minCount?: number;
  /** Most levels of a category, the most frequent ones; defaults to 100. */
  readonly maxLevels?: number;
  /** Dense blocks; defaults to "feature" for one axis, "channel" for two (series), "all" for three and more (images). */
  readonly standardize?: 'feature' | 'channel' | 'all';
}

/** How numbers are made of a data set, with all that was measured for it, on the training examples alone. */
export interface Preparation {
  readonly kind: 'preparation';
  readonly version: 1;
  /** Name and number of the examples it was fitted on. */
  readonly name: string;
  readonly n: number;
  readonly steps: readonly PrepareStep[];
  /** Shape of a prepared example. */
  readonly shape: readonly number[];
  /** Names of the features where the shape has one axis. */
  readonly names?: readonly string[];
  /** Token ids 0 … vocabulary − 1, for the `inputDim` of an embedding; null where the features are no tokens. */
  readonly vocabulary: number | null;
  /** As given; what was chosen from the data stands in the steps. */
  readonly options: PrepareOptions;
  /** SHA-256 of the steps, first 16 hexadecimal digits: equal for preparations that do the same. */
  readonly fingerprint: string;
  readonly warnings: readonly Warning[];
  /**
   * Returns a data set with features made as those of the training data were. Not part of the JSON.
   *
   * @throws InputError `missing` for a column that is not there, `length-mismatch`, `invalid-type` where it is of another type
   */
  apply(dataset: Dataset): Dataset;
}
