import type { Task } from '../data/types';
import type { Warning } from '../core/warning';

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
export interface LayerRecord {
  readonly name: string;
  readonly type: string;
  readonly parameters: number;
  readonly trainable: boolean;
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

/** Sums over epochs for each training example, in the order of the training data. */
export interface ExampleDynamics {
  readonly n: number;
  readonly ids: readonly string[];
  /** How often the example was trained on. */
  readonly seen: ArrayLike<number>;
  readonly lossSum: ArrayLike<number>;
  /** Sum of the probability of the true class and of its square; zero for regression. */
  readonly confidenceSum: ArrayLike<number>;
  readonly confidenceSquareSum: ArrayLike<number>;
  readonly correctSum: ArrayLike<number>;
  /** Times it went from right to wrong between two presentations. */
  readonly forgotten: ArrayLike<number>;
  /** First epoch in which it was right; 0 = never. */
  readonly firstLearned: ArrayLike<number>;
}

/** Facts about a data set that checks need after the data is gone. */
export interface DataSummary {
  readonly name: string;
  readonly n: number;
  readonly featureShape: readonly number[];
  /** Smallest, largest, mean and standard deviation over all feature values. */
  readonly features: {
    readonly min: number;
    readonly max: number;
    readonly mean: number;
    readonly sd: number;
  };
  /** Examples of each class; empty for regression. */
  readonly classCounts: readonly number[];
  /** Mean and population variance of the target (regression), NaN for classification. */
  readonly targetMean: number;
  readonly targetVariance: number;
  /** SHA-256 over features and labels, first 16 hexadecimal digits: says whether two runs saw the same data. */
  readonly fingerprint: string;
}

export interface LayerSummary {
  readonly name: string;
  readonly type: string;
  readonly outputShape: readonly (number | null)[];
  readonly parameters: number;
  readonly activation?: string;
}

export interface RunConfig {
  readonly epochs: number;
  readonly batchSize: number;
  readonly stepsPerEpoch: number;
  readonly optimizer: string;
  readonly learningRate: number;
  readonly loss: string;
  readonly metrics: readonly string[];
  /** Null where it is not known: tfjs does not tell a recorder. */
  readonly shuffle: boolean | null;
  /** `built` when `fit` made the model (seeded weights), `given` when it came with weights of its own or nobody knows. */
  readonly initialWeights: 'built' | 'given';
}

/** The engine that ran, and why that one. */
export interface EngineRecord {
  readonly name: 'native' | 'wasm' | 'cpu' | 'unknown';
  readonly version: string;
  readonly reason: string;
  /** What ran the steps: `autograd` in `fit`, `tfjs-layers` under a recorder. */
  readonly steps: string;
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

/**
 * What a training left behind: plain JSON. Equal seeds and engine give equal logs but for `timing`.
 * `steps` is thinned to at most 2,000 points: entry i covers `steps.stride` optimizer steps and holds their mean.
 */
export interface RunLog {
  readonly kind: 'run-log';
  readonly schemaVersion: 1;
  readonly name: string;
  readonly createdBy: 'fit' | 'recorder';
  readonly task: Task;
  readonly classes: readonly string[];
  readonly config: RunConfig;
  readonly seed: number | null;
  readonly engine: EngineRecord;
  readonly model: { readonly layers: readonly LayerSummary[]; readonly parameters: number };
  readonly data: { readonly train: DataSummary | null; readonly validation: DataSummary | null };
  /** Loss before the first update, in inference mode, on the train sample; null where it could not be measured. */
  readonly initial: Scores | null;
  readonly steps: {
    readonly stride: number;
    readonly loss: readonly number[];
    readonly learningRate: readonly number[];
  };
  readonly epochs: readonly EpochRecord[];
  readonly layers: readonly LayerRecord[];
  /** Empty where the steps do not tell (autograd, recorder). */
  readonly activations: readonly ActivationRecord[];
  readonly examples: ExampleDynamics | null;
  readonly nonFinite: NonFinite | null;
  readonly stopped: StopReason;
  /** Scores a person or a baseline reaches on the validation data, where given: lines in the figure, goals for checks. */
  readonly goals: { readonly humanLevel: Goal | null; readonly baseline: Goal | null };
  readonly timing: { readonly seconds: number; readonly secondsPerEpoch: readonly number[] };
  readonly warnings: readonly Warning[];
}

/** A level to compare with, in terms of one metric of the run. */
export interface Goal {
  readonly metric: string;
  readonly value: number;
  /** "two people", "majority class". */
  readonly source: string;
}
