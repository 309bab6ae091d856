import type { Warning } from '../core/warning';
import type { SeedSpread } from '../metrics/types';
import type { ExampleCard } from './cards/types';
import type { SlicedMetric } from './error-values';
import type { SliceCost } from './slice-cost';
import type { SliceError } from './slice-errors';

export type DifficultySource =
  | 'human'
  | 'metadata'
  | 'reference-model'
  | 'training-dynamics'
  | 'neighbours'
  | 'instance-hardness'
  | 'own-loss';

/** A number per example: how hard it is, and who says so. Higher is harder. */
export interface Difficulty {
  readonly kind: 'difficulty';
  readonly source: DifficultySource;
  /** In words, for titles: "loss of the reference model", "stroke width". */
  readonly title: string;
  /** "date" where the values are milliseconds since 1970. */
  readonly unit: string;
  /** Of ordered categories: the level of each value 0, 1, … */
  readonly levels?: readonly string[];
  readonly n: number;
  readonly ids: readonly string[];
  /** NaN where unknown. */
  readonly values: ArrayLike<number>;
  /** True when it comes from the very model whose errors are sliced. */
  readonly circular: boolean;
  readonly missing: number;
  readonly warnings: readonly Warning[];
}

/** Examples of one range of difficulty. */
export interface DifficultySlice extends SliceError, SliceCost {
  readonly label: string;
  /** Range of the difficulty; from inclusive, to exclusive but for the last slice. */
  readonly from: number;
  readonly to: number;
  readonly n: number;
  readonly indices: readonly number[];
  /** Its worst errors, highest loss first, or a seeded sample of them where no loss is known. */
  readonly cards?: readonly ExampleCard[];
}

export interface DifficultyTrend {
  readonly z: number;
  readonly pValue: number;
  /** Examples that it was tested on. */
  readonly n: number;
  readonly direction: 'harder-is-worse' | 'easier-is-worse' | 'none';
}

/** The easier or the harder half of the examples. */
export interface DifficultyHalf extends SliceError {
  readonly n: number;
}

/** The model is worse where it should be better. */
export interface DifficultyInversion {
  readonly easierHalf: DifficultyHalf;
  readonly harderHalf: DifficultyHalf;
  /** Error of the easier half less that of the harder one, above 0. */
  readonly difference: number;
  readonly interval: readonly [number, number];
  /** Two-sided, of the score test for shares and of Welch's for means. */
  readonly pValue: number;
}

export interface DifficultySlices {
  readonly kind: 'difficulty-slices';
  readonly name: string;
  readonly difficulty: {
    readonly source: DifficultySource;
    readonly title: string;
    readonly unit: string;
    readonly circular: boolean;
  };
  readonly metric: SlicedMetric;
  readonly n: number;
  readonly overall: SliceError;
  readonly level: number;
  /** Easiest first. */
  readonly slices: readonly DifficultySlice[];
  /** Cochran–Armitage for 0/1 errors: z > 0 means more errors where harder. */
  readonly trend: DifficultyTrend;
  /** Null where the model is not surely worse on the easier half. */
  readonly inversion: DifficultyInversion | null;
  readonly warnings: readonly Warning[];
}

/** Examples of one true class that were predicted as one class. */
export interface ConfusionCell {
  /** Codes of the classes. */
  readonly label: number;
  readonly predicted: number;
  /** How many there are. */
  readonly n: number;
  /** Highest loss first, or a seeded sample where no loss is known. */
  readonly cards: readonly ExampleCard[];
}

/** Counts of predicted against true classes. */
export interface Confusion {
  readonly kind: 'confusion';
  readonly name: string;
  readonly n: number;
  readonly classes: readonly string[];
  /** counts[label][predicted]. */
  readonly counts: readonly (readonly number[])[];
  /** Of several seeds: the counts are those of the typical seed, these their standard deviations over all of them. */
  readonly deviations?: readonly (readonly number[])[];
  /** Examples of the cells, the largest mistake first, right predictions last; as many as a result may carry. */
  readonly cells?: readonly ConfusionCell[];
  readonly warnings: readonly Warning[];
}

/** How one label of several fares: counts of examples, and the shares that follow from them. */
export interface LabelConfusionRow {
  readonly label: string;
  /** Examples that have it and are predicted to; that have it and are not; that are predicted to and have it not; neither. */
  readonly found: number;
  readonly missed: number;
  readonly falseAlarms: number;
  readonly neither: number;
  /** Share of the examples with the label that are found, and its 95 % Wilson interval; NaN where none has it. */
  readonly recall: number;
  readonly recallInterval: readonly [number, number];
  /** Share of the examples predicted to have it that do; NaN where none is. */
  readonly precision: number;
  readonly precisionInterval: readonly [number, number];
  /** 2·found / (2·found + missed + false alarms); NaN where the label is neither given nor predicted. */
  readonly f1: number;
}

/** Counts of predicted against given for each label by itself. */
export interface LabelConfusion {
  readonly kind: 'label-confusion';
  readonly name: string;
  readonly n: number;
  /** In the order of the labels. */
  readonly labels: readonly LabelConfusionRow[];
  readonly warnings: readonly Warning[];
}

/** One ordered pair of classes that is mixed up. */
export interface ConfusedPair {
  readonly label: string;
  readonly predicted: string;
  readonly count: number;
  /** Share of the examples with this label, with its Wilson interval. */
  readonly rate: number;
  readonly interval: readonly [number, number];
  /** Of several seeds: how far the rate lies apart; `rate` is the mean over them, `count` and `indices` are the typical seed's. */
  readonly seeds?: SeedSpread;
  readonly indices: readonly number[];
  /** Highest loss first, or a seeded sample where no loss is known. */
  readonly cards?: readonly ExampleCard[];
}

export interface MostConfused {
  readonly kind: 'most-confused';
  readonly name: string;
  readonly n: number;
  readonly pairs: readonly ConfusedPair[];
}

/** One example that the model got worst. */
export interface TopLoss {
  readonly index: number;
  readonly id: string;
  readonly loss: number;
  /** Name of the class, names of the labels with commas between, or the value. */
  readonly label: string;
  readonly predicted: string;
  /** Probability given to the true class, for multi-label the mean over the labels of that given to what is true; NaN where unknown. */
  readonly confidence: number;
  /** Of several seeds: `loss` is the mean over them, and so many of them are wrong (NaN for values). */
  readonly seeds?: SeedSpread & { readonly wrong: number };
}

export interface TopLosses {
  readonly kind: 'top-losses';
  readonly name: string;
  readonly n: number;
  readonly examples: readonly TopLoss[];
  /** The same examples with what they look like, as many as a result may carry. */
  readonly cards?: readonly ExampleCard[];
}
