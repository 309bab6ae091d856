import type { Preparation } from '../data/prepare/types';
import type { Task } from '../data/types';
import type { Warning } from '../core/warning';
import type {
  ActivationRecord,
  EpochRecord,
  ExampleDynamics,
  LayerRecord,
  NonFinite,
  Scores,
  StopReason,
} from '../engine/train/types';

export type {
  ActivationRecord,
  EpochRecord,
  Estimate,
  ExampleDynamics,
  LayerRecord,
  NonFinite,
  Scores,
  StopReason,
} from '../engine/train/types';

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
  /** How the features were made, where they were not given as numbers. */
  readonly preparation?: Preparation;
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
