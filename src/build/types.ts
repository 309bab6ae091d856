import type { Preparation } from '../data/prepare/types';
import type { ColumnProfiles, SetsCompared } from '../data/profile/types';
import type { Task } from '../data/types';
import type { Warning } from '../core/warning';
import type { Schedule } from '../engine/train/schedule';
import type {
  ActivationRecord,
  EpochRecord,
  ExampleDynamics,
  LayerRecord,
  NonFinite,
  Scores,
  StopReason,
  TrainedOutcome,
} from '../engine/train/types';

export type {
  ActivationRecord,
  EpochRecord,
  Estimate,
  ExampleDynamics,
  LayerRecord,
  NonFinite,
  Outcome,
  ResidualByColumn,
  Scores,
  StopReason,
  TrainedOutcome,
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
  /** Examples of each class, or with each label (they need not sum to n then); empty for regression. */
  readonly classCounts: readonly number[];
  /** Mean and population variance of the target; NaN where the task is not regression. */
  readonly targetMean: number;
  readonly targetVariance: number;
  /** Smallest and largest target; NaN where the task is not regression. Logs of old lack it, and what follows. */
  readonly targetRange?: readonly [number, number];
  /** By how many standard errors labels follow each other more often than in a random order. */
  readonly labelOrder?: number;
  readonly columns?: ColumnProfiles;
  /** SHA-256 over features and labels, first 16 hexadecimal digits: says whether two runs saw the same data. */
  readonly fingerprint: string;
}

export interface LayerSummary {
  readonly name: string;
  readonly type: string;
  readonly outputShape: readonly (number | null)[];
  readonly parameters: number;
  readonly activation?: string;
  /** Names of the layers whose outputs it takes. Logs of old lack it, and what follows. */
  readonly inputs?: readonly string[];
  readonly trainable?: boolean;
  /** Share that dropout deletes. */
  readonly rate?: number;
  /** Share of its running statistics that a batch normalisation keeps in a step. */
  readonly momentum?: number;
  /** Penalty on the weights before the first step, in units of the loss. */
  readonly penalty?: number;
  readonly initial?: InitialWeights;
}

/** The weights of a layer before the first step. */
export interface InitialWeights {
  /** Standard deviation of the kernel about zero, and the span of what LeCun's, Glorot's and He's rules give by its shape. */
  readonly sd: number;
  readonly expected: readonly [number, number];
  /** Whether all units have the same weights, so that they would learn the same. */
  readonly equalUnits: boolean;
  /** Mean of the biases; NaN without. */
  readonly bias: number;
}

export interface RunConfig {
  readonly epochs: number;
  readonly batchSize: number;
  readonly stepsPerEpoch: number;
  readonly optimizer: string;
  readonly learningRate: number;
  readonly loss: string;
  readonly metrics: readonly string[];
  /** Which way each metric is better, by its id; those of unknown direction are left out. Logs of old lack it. */
  readonly higherIsBetter?: Readonly<Record<string, boolean>>;
  /** Null where it is not known: tfjs does not tell a recorder. */
  readonly shuffle: boolean | null;
  /** How steps were taken, as `fit` was told; what was not told lacks. */
  readonly schedule?: Schedule;
  readonly clipNorm?: number;
  readonly clipValue?: number;
  readonly weightDecay?: number;
  readonly classWeights?: 'balanced' | Readonly<Record<string, number>>;
  /** The column that held them, or that they were given as numbers. */
  readonly exampleWeights?: string;
  /** Whether relaxed operations were used: then the bits depend on the machine. */
  readonly fast?: boolean;
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
 * Its length is bounded: `steps` is thinned to at most 2,000 points, of which entry i covers `steps.stride` optimizer steps
 * and holds their mean, with the lowest and the highest loss in `min` and `max` (absent while the stride is 1). Of more than
 * 2,000 epochs one of each two is left out, again and again, the best and the last never; `layers`, `activations` and
 * `secondsPerEpoch` go along with `epochs`.
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
  readonly data: {
    readonly train: DataSummary | null;
    readonly validation: DataSummary | null;
    /** How the two differ. Logs of old lack it. */
    readonly split?: SetsCompared | null;
  };
  /** How the features were made, where they were not given as numbers. */
  readonly preparation?: Preparation;
  /** Loss before the first update, in inference mode, on the train sample; null where it could not be measured. */
  readonly initial: Scores | null;
  readonly steps: {
    readonly stride: number;
    readonly loss: readonly number[];
    readonly min?: readonly number[];
    readonly max?: readonly number[];
    readonly learningRate: readonly number[];
  };
  readonly epochs: readonly EpochRecord[];
  readonly layers: readonly LayerRecord[];
  /** Empty where the steps do not tell (autograd, recorder). */
  readonly activations: readonly ActivationRecord[];
  readonly examples: ExampleDynamics | null;
  /** What the model says at the end, of the examples that were scored. Logs of old and of a recorder lack it. */
  readonly outcome?: TrainedOutcome | null;
  /**
   * How far a prediction moves with the other examples of its batch, as a share of the range of the predictions. It lacks where
   * a plan runs the steps, whose layers cannot mix examples, and in logs of old.
   */
  readonly mixing?: number;
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
