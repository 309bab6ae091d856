import type { Warning } from '../../core/warning';
import type { Dataset, Task } from '../../data/types';
import type { FilterBy } from './filters';
import type { RankBy } from './scores';

/** How suspicious a value is: `residual`, e^−|distance|; `outre`, how far label and residual lie from others. As in cleanlab. */
export type RegressionRankBy = 'residual' | 'outre';

/** Options of `labelIssues`. */
export interface LabelIssuesOptions {
  /**
   * The rule that flags, by cleanlab's name; defaults to `auto`, which flags what is more likely wrong than half of the F1 that
   * can be had. Not for regression.
   */
  readonly filterBy?: FilterBy | 'auto';
  /** The score that the flagged are sorted by, lowest first; defaults to `self_confidence`, for regression to `residual`. */
  readonly rankBy?: RankBy | RegressionRankBy;
  /** Take the thresholds of the classes off the probabilities before scoring; defaults to false. Not with entropy. */
  readonly adjustProbabilities?: boolean;
  /** Examples that each class keeps at least, for the rules that prune; defaults to 1. */
  readonly minExamplesPerClass?: number;
  /** Share of the estimated noise that is pruned, 0 to 1; defaults to 1. For the rules that prune. */
  readonly fracNoise?: number;
  /** Examples to remove of each class or label, in place of the estimate. For the rules that prune. */
  readonly numToRemovePerClass?: readonly number[];
  /** A threshold a class, in place of the mean probability among the examples with its label. Classification only. */
  readonly thresholds?: readonly number[];
  /**
   * K×K counts `[given][true]` (for multi-label K times 2×2) that the rules which prune use in place of the estimate, as
   * they are.
   */
  readonly confidentJoint?: readonly (readonly number[])[] | readonly (readonly (readonly number[])[])[];
  /** Regression: robust standard deviations from the middle that a residual is flagged beyond; defaults to 3.5. */
  readonly deviations?: number;
  /** Confidence level of the intervals; defaults to 0.95. */
  readonly level?: number;
  /** The inputs of the same examples, matched by id: equal inputs with different labels are named first. */
  readonly data?: Dataset;
  /** Metadata columns whose equal values mean equal inputs, where there are no inputs. */
  readonly duplicatesBy?: readonly string[];
}

/** A label that is probably wrong. */
export interface LabelIssue {
  /** Row of the predictions. */
  readonly index: number;
  readonly id: string;
  /** Name of the given class, names of the labels with commas between, or the given value. */
  readonly given: string;
  /** What the model would put in its place. */
  readonly suggested: string;
  /** Probability of the given label; for multi-label the lowest of those of its labels; NaN for values. */
  readonly confidence: number;
  /** By `rankBy`; lower is more suspicious. */
  readonly score: number;
  /** Estimated chance that the given label is wrong; NaN where it cannot be estimated. */
  readonly chance: number;
}

/** Examples with equal inputs and different labels: at least one of them is wrong, or the inputs leave something out. */
export interface LabelConflict {
  readonly indices: readonly number[];
  readonly ids: readonly string[];
  /** The label of each, in the order of `ids`. */
  readonly labels: readonly string[];
}

/** How wrong the labels of one class are, by the confident joint. */
export interface ClassNoise {
  readonly label: string;
  /** Examples with this label. */
  readonly n: number;
  readonly flagged: number;
  /** Estimated share of them that belong to another class; NaN where none is confident. */
  readonly rate: number;
  readonly interval: readonly [number, number];
  /** Examples with this label that the rate is counted on: those that are confidently of a class. */
  readonly confident: number;
}

/** Two classes that labels are mixed up between. */
export interface NoisePair {
  readonly given: string;
  readonly suggested: string;
  /** Flagged examples of the pair. */
  readonly flagged: number;
  /** Estimated examples of the pair, by the calibrated joint. */
  readonly estimated: number;
  /** Their share of the examples with the given label. */
  readonly rate: number;
  readonly interval: readonly [number, number];
}

/**
 * `class-conditional`: labels are wrong as often where the model is sure as elsewhere, as if drawn at random.
 * `instance-dependent`: they are wrong, or the model is, where it is unsure; which of both the probabilities cannot tell.
 * `mixed`: both. `little`: hardly any label is disputed. `cannot-tell`: too few examples or disputes.
 */
export type NoiseKind = 'class-conditional' | 'instance-dependent' | 'mixed' | 'little' | 'cannot-tell';

/** What kind of noise it looks like, and by which numbers. */
export interface NoiseEstimate {
  readonly kind: NoiseKind;
  readonly why: string;
  /** Share of all examples whose label is not the likeliest class. */
  readonly disputed: number;
  /** The same among the half of the examples that the model is surest of, with its Wilson interval. */
  readonly disputedWhereSure: number;
  readonly interval: readonly [number, number];
}

/** Labels that are probably wrong, most suspicious first. */
export interface LabelIssues {
  readonly kind: 'label-issues';
  readonly name: string;
  readonly task: Task;
  /** Examples that were judged. */
  readonly n: number;
  readonly classes: readonly string[];
  /** Flagged examples, and their share with its Wilson interval. */
  readonly flagged: {
    readonly count: number;
    readonly share: number;
    readonly interval: readonly [number, number];
  };
  /** Share of the flagged that is expected to be wrong, with an interval of the asked level; NaN where it cannot be told. */
  readonly precision: {
    readonly value: number;
    readonly interval: readonly [number, number];
    readonly level: number;
    readonly why: string;
  };
  /** Equal inputs with different labels; empty where nothing was compared. */
  readonly conflicts: readonly LabelConflict[];
  readonly issues: readonly LabelIssue[];
  /** Null for multi-label and regression. */
  readonly noise: NoiseEstimate | null;
  readonly perClass: readonly ClassNoise[];
  /** Most estimated examples first. */
  readonly pairs: readonly NoisePair[];
  /** Estimated examples `[given][true]`; rows add up to the examples with the label. Empty for multi-label and regression. */
  readonly joint: readonly (readonly number[])[];
  /** Confident counts `[given][true]` that it comes from. */
  readonly confidentJoint: readonly (readonly number[])[];
  /** The thresholds of the classes. */
  readonly thresholds: readonly number[];
  readonly options: Readonly<Record<string, unknown>>;
  readonly warnings: readonly Warning[];
}
