import type { Labels, Task } from '../../data/types';

/** Examples to train on or to judge by, as plain numbers. */
export interface TrainingData {
  readonly task: Task;
  readonly n: number;
  /** Flat: inputs N×D, and targets N×U as the loss wants them. */
  readonly inputs: Float32Array;
  readonly targets: Float32Array;
  /** Class codes, values, or N×K zeros and ones, which are the targets too. */
  readonly labels: Labels;
  /** Weight of each example in the loss of a step; scores leave it out. All count the same where it lacks. */
  readonly weights?: Float32Array;
  /** Whether each number of an example is a column of its own. */
  readonly table?: boolean;
}

/** What is known of a layer with weights before the training. */
export interface LayerFacts {
  readonly name: string;
  readonly type: string;
  readonly parameters: number;
  readonly trainable: boolean;
}

/**
 * Mean over n examples with its standard error (both NaN when n is 0). Of scores that tfjs takes for a recorder the
 * standard error is not known and NaN, and so is the n of its validation scores.
 */
export interface Estimate {
  readonly value: number;
  readonly standardError: number;
  readonly n: number;
}

/** Loss and metrics on one data set at one moment. Keys of `metrics` are metric ids (`accuracy`, `meanAbsoluteError`). */
export interface Scores {
  readonly loss: Estimate;
  readonly metrics: Readonly<Record<string, Estimate>>;
}

export interface EpochRecord {
  /** From 1. */
  readonly epoch: number;
  /** Optimizer steps done when the epoch ended. */
  readonly step: number;
  /** Mean over the epoch's own steps, weights moving, dropout on: what Keras prints. */
  readonly running: Scores;
  /**
   * Training examples at the end of the epoch, as in use (no dropout), on a fixed seeded sample of them. A recorder that
   * was given no training data has the running scores here, and says so in `warnings`.
   */
  readonly train: Scores;
  /** Validation examples, the same way; null without validation data. */
  readonly validation: Scores | null;
  readonly learningRate: number;
}

/** One layer with weights, over the epochs. Arrays are one entry an epoch. */
export interface LayerRecord extends LayerFacts {
  /** Mean over the epoch's sampled steps of ‖Δw‖ / ‖w‖. */
  readonly updateRatio: readonly number[];
  /** Mean over the same steps of ‖gradient‖; NaN in a recorder's log. */
  readonly gradientNorm: readonly number[];
  readonly weightNorm: readonly number[];
}

/**
 * What a layer's output looked like over the epochs: means over the epoch's sampled steps, weights moving and dropout on.
 * Arrays are one entry an epoch.
 */
export interface ActivationRecord {
  readonly name: string;
  readonly mean: readonly number[];
  /** Standard deviation over the numbers of a step. */
  readonly spread: readonly number[];
  /** Share of the numbers that are zero. */
  readonly zeros: readonly number[];
  /** Share at or beyond the bounds where the activation hardly answers: tanh and softsign ±0.99, sigmoid 0.01 and 0.99. */
  readonly saturated: readonly number[];
  /** Share of the units that are zero for every example of a step. */
  readonly dead: readonly number[];
}

/**
 * Sums over the presentations of each training example, one an epoch, in the order of the training data; numbers have nine
 * significant digits. What ends in a question mark lacks in older logs, the last two for regression as well.
 */
export interface ExampleDynamics {
  readonly n: number;
  readonly ids: readonly string[];
  /** Class codes, values, or N×K zeros and ones. */
  readonly labels?: ArrayLike<number>;
  /** How often the example was trained on. */
  readonly seen: ArrayLike<number>;
  readonly lossSum: ArrayLike<number>;
  /** Sum of squared distances of the losses from their mean. */
  readonly lossSquares?: ArrayLike<number>;
  /**
   * Sum of the probability of the true class, for multi-label of the mean over the labels of the probability given to what is
   * true; zero for regression.
   */
  readonly confidenceSum: ArrayLike<number>;
  /** Sum of its squared distances from its mean. */
  readonly confidenceSquares?: ArrayLike<number>;
  /** Sum of its squares, which older logs have instead. */
  readonly confidenceSquareSum?: ArrayLike<number>;
  /** How often it was right; for multi-label in every label. */
  readonly correctSum: ArrayLike<number>;
  /** Times it went from right to wrong between two presentations. */
  readonly forgotten: ArrayLike<number>;
  /** First epoch in which it was right; 0 = never. */
  readonly firstLearned: ArrayLike<number>;
  /** Sum of the logit of the true class less the largest other one, for multi-label of the mean over the labels (`marginIn`). */
  readonly marginSum?: ArrayLike<number>;
  /** Mean of ‖p − one-hot‖₂ (`errorNormIn`) over the early epochs: the second to a fifth of those planned; NaN before. */
  readonly errorNorm?: ArrayLike<number>;
}

/** What a trained model says of a set of examples. */
export interface Outcome {
  readonly n: number;
  /** Examples by true class (row) and predicted class (column); of at most 50 classes, else null. */
  readonly confusion: readonly (readonly number[])[] | null;
  /** Mean over the outputs of their standard deviation over the examples, and that of the targets. */
  readonly spread: number;
  readonly targetSpread: number;
  /** Smallest and largest output. */
  readonly range: readonly [number, number];
  /** What a single column still says of the errors; null where examples have more than one axis or more than 256 columns. */
  readonly residual: ResidualByColumn | null;
}

/** The column by which the errors (target less output) can be told best, from their means over its tenths. */
export interface ResidualByColumn {
  /** Place of the column. */
  readonly column: number;
  /** Share of the errors' variance that these means explain, less what chance explains. */
  readonly share: number;
}

export interface TrainedOutcome {
  readonly train: Outcome;
  readonly validation: Outcome | null;
}

/** `aborted`: by a signal, the stop button, a callback or an error, before the last epoch. */
export type StopReason = 'completed' | 'aborted' | 'non-finite';

/** Where a loss, gradient or weight stopped being a number. */
export interface NonFinite {
  readonly what: 'loss' | 'gradient' | 'weight' | 'validation-loss' | 'input';
  readonly step: number;
  readonly epoch: number;
  readonly layer?: string;
}
