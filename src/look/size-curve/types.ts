import type { SweepOptions } from '../../build/sweep-types';
import type { Goal } from '../../build/types';
import type { Warning } from '../../core/warning';
import type { Dataset, Task } from '../../data/types';
import type { Metric } from '../../metrics/types';

/** Options of `learningCurve`. */
export interface LearningCurveOptions extends Pick<
  SweepOptions,
  | 'prepare'
  | 'batchSize'
  | 'optimizer'
  | 'learningRate'
  | 'loss'
  | 'shuffle'
  | 'workers'
  | 'signal'
  | 'onProgress'
  | 'goals'
> {
  /** Numbers of training examples, or how many such numbers; defaults to 8 in geometric steps up to all. */
  readonly sizes?: number | readonly number[];
  /** Seeds at each size, each with subsets and weights of its own; defaults to 5. */
  readonly repeats?: number;
  /** Examples to test on, or the share of the data that is set aside for it; defaults to 0.25. */
  readonly test?: Dataset | number;
  /** Metric whose lower values are better; defaults to `errorRate` for classes, `hammingLoss` for several labels
   * and `meanSquaredError` for values. */
  readonly metric?: string;
  /** Passes over the training examples at the full size; defaults to 20. */
  readonly epochs?: number;
  /** What smaller sizes get: as many optimizer steps as the full size, or as many epochs; defaults to `steps`. */
  readonly equal?: 'steps' | 'epochs';
  /** Confidence level strictly between 0 and 1; defaults to 0.95. */
  readonly level?: number;
  /** First seed; defaults to 0. */
  readonly seed?: number;
  /** An earlier result of the same data and settings, whose runs are not repeated. */
  readonly resume?: SizeCurve;
  /** A JSON file that is read before, if it is there, and written after each finished part of the work. */
  readonly file?: string;
}

/** A score over the seeds at one size. */
export interface SizeScore {
  /** NaN where no seed has it. */
  readonly mean: number;
  readonly interval: readonly [number, number];
  /** One value a seed, in the order of `seeds`; NaN where there is none. */
  readonly values: readonly number[];
}

/** One number of training examples. */
export interface SizePoint {
  /** Training examples. */
  readonly size: number;
  /** Seeds that count. */
  readonly n: number;
  /** Seeds whose training failed or did not stay finite. */
  readonly failed: number;
  /** The interval is that of luck in the seeds and in the test examples together. */
  readonly test: SizeScore;
  /** On training examples, after the training; the interval is over the seeds. All NaN where the metric is not logged. */
  readonly train: SizeScore;
  readonly epochs: number;
  /** Optimizer steps of a run. */
  readonly steps: number;
  /** Mean over the seeds for each of the test examples in `items`. */
  readonly itemErrors: readonly number[];
}

/** Error against the number of training examples. */
export interface SizeCurve {
  readonly kind: 'size-curve';
  readonly schemaVersion: 1;
  readonly name: string;
  readonly task: Task;
  /** Lower is better, always. */
  readonly metric: string;
  readonly title: string;
  readonly unit: Metric['unit'];
  /** Training examples there are, and test examples. */
  readonly n: number;
  readonly testN: number;
  readonly seeds: readonly number[];
  readonly level: number;
  /** Smallest first; sizes of which no seed has ended are missing. */
  readonly points: readonly SizePoint[];
  /** Rows of the test data whose errors are kept one by one: all up to 2,000, else a random sample. */
  readonly items: readonly number[];
  readonly config: CurveConfig;
  readonly goals: { readonly humanLevel: Goal | null; readonly baseline: Goal | null };
  /** Says whether two curves come from the same data, model and settings. */
  readonly fingerprint: string;
  readonly stopped: 'completed' | 'aborted';
  readonly seconds: number;
  readonly warnings: readonly Warning[];
}

/** How the runs of a curve were trained. */
export interface CurveConfig {
  readonly sizes: readonly number[];
  readonly repeats: number;
  readonly seed: number;
  readonly epochs: number;
  readonly equal: 'steps' | 'epochs';
  readonly batchSize: number;
  readonly optimizer: string;
  readonly learningRate: number;
  readonly loss: string;
  readonly shuffle: boolean;
  readonly parameters: number;
}
