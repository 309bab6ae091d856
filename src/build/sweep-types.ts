import type { LayersModel } from '@tensorflow/tfjs';
import type { ProgressListener } from '../core/progress';
import type { Warning } from '../core/warning';
import type { Dataset } from '../data/types';
import type { Predictions } from '../metrics/types';
import type { BuildModel } from './build-model';
import type { FitOptions } from './fit-options';
import type { StepOptions } from './step-options';
import type { RunLog } from './types';

/** Rows of the training data, for each seed the same or others. */
export type Subset = ArrayLike<number> | ((seed: number) => ArrayLike<number>);

type Shared = Pick<
  FitOptions,
  | keyof StepOptions
  | 'validation'
  | 'prepare'
  | 'epochs'
  | 'batchSize'
  | 'optimizer'
  | 'learningRate'
  | 'loss'
  | 'shuffle'
>;

/** What is different in some of the runs; the rest is as for the sweep. */
export interface SweepConfiguration extends Shared {
  readonly name: string;
  readonly build?: BuildModel;
  readonly train?: Dataset;
  readonly subset?: Subset;
}

export interface SweepOptions extends Shared {
  /** Seeds, or how many, from 0 on; defaults to 5. */
  readonly seeds?: number | readonly number[];
  /** Each is trained with every seed; defaults to one with nothing changed. */
  readonly configurations?: readonly SweepConfiguration[];
  /** Rows of the training data to train on; defaults to all. */
  readonly subset?: Subset;
  readonly goals?: FitOptions['goals'];
  /** Runs at the same time; defaults to the number of cores. */
  readonly workers?: number;
  /** Ends the runs after the step they are in and begins no more; what was learnt is kept. */
  readonly signal?: AbortSignal;
  readonly onProgress?: ProgressListener;
  /** Show how far it is, in a notebook or a terminal; defaults to true. */
  readonly live?: boolean;
}

/** One training of a sweep. */
export interface SweepRun {
  readonly kind: 'sweep-run';
  readonly configuration: string;
  readonly seed: number;
  /** As `fit` would have written it; null where the run failed. */
  readonly log: RunLog | null;
  /** Why it failed: the error, or how its worker ended; null where it did not. */
  readonly failure: string | null;
  /** `worker`: compiled, on a thread of its own. `main`: by TensorFlow.js, one run after another. */
  readonly ranOn: 'worker' | 'main';
  /** What the model says of the validation data at the end; null without them. Not part of the JSON. */
  readonly predictions: Predictions | null;
  /**
   * Returns the trained model, made anew each time and yours to dispose. Not part of the JSON.
   *
   * @throws InputError `unsupported` where the run failed
   */
  model(): Promise<LayersModel>;
}

/** A score over the seeds, at the end of each run. */
export interface Spread {
  readonly mean: number;
  /** Standard deviation over the seeds; NaN for one. */
  readonly sd: number;
  /** Student's 95 % interval of the mean over seeds; NaN for one. */
  readonly interval: readonly [number, number];
  /** Runs that have it. */
  readonly n: number;
}

/** The runs of one configuration together. */
export interface SweepSummary {
  readonly configuration: string;
  /** Runs that ended with a log, of how many that were begun. */
  readonly n: number;
  readonly begun: number;
  /** Of the validation data where there are any, else of the training data. */
  readonly loss: Spread;
  readonly metric: Spread;
}

/** Many trainings and how their scores spread. */
export interface Sweep {
  readonly kind: 'sweep';
  readonly name: string;
  /** The metric that `metric` of the summaries is, and the data that are scored. */
  readonly metric: string;
  readonly higherIsBetter: boolean;
  readonly scored: 'validation' | 'train';
  readonly seeds: readonly number[];
  /** By configuration, then by seed; without those that were not begun when it was stopped. */
  readonly runs: readonly SweepRun[];
  readonly summaries: readonly SweepSummary[];
  readonly workers: number;
  readonly stopped: 'completed' | 'aborted';
  readonly seconds: number;
  readonly warnings: readonly Warning[];
}
