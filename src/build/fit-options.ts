import { InputError } from '../core/input-error';
import {
  anything,
  boolean,
  checkOptions,
  fn,
  integer,
  numberIn,
  record,
  signal,
  text,
  type Constraint,
} from '../core/options';
import type { ProgressListener } from '../core/progress';
import type { Dataset } from '../data/types';
import type { LossName } from '../engine/losses';
import { checkDatasets } from './check-datasets';
import { goalsOf, type Goals } from './goals';
import type { PrepareChoice } from './prepare-sets';
import { checkOptimizer, type OptimizerChoice } from './optimizer-of';
import { checkSteps, STEP_RULES, type StepOptions } from './step-options';

export interface FitOptions extends StepOptions {
  /** Examples to judge by after each epoch; of the same shape and classes. */
  readonly validation?: Dataset;
  /**
   * How features are made: options of `prepare`, or what it returned. Raw columns are prepared anyway, as `prepare` does by
   * default; dense features only if asked for.
   */
  readonly prepare?: PrepareChoice;
  /** Passes over the training examples; defaults to 10. */
  readonly epochs?: number;
  /** Examples a step; defaults to 32. */
  readonly batchSize?: number;
  /** Defaults to "adam". */
  readonly optimizer?: OptimizerChoice;
  /** Defaults to 0.001, 0.01 for sgd and momentum. */
  readonly learningRate?: number;
  /** Defaults to cross-entropy for classes, its binary form for labels, and mean squared error for values. */
  readonly loss?: LossName;
  /** New random order each epoch; defaults to true. */
  readonly shuffle?: boolean;
  /** Weights, order and dropout come from it; defaults to 0. */
  readonly seed?: number;
  /** Names the run in figures; defaults to the name of the training data. */
  readonly name?: string;
  /** Stops after the step that runs; what was learnt is kept. */
  readonly signal?: AbortSignal;
  readonly onProgress?: ProgressListener;
  /** Draw the learning curve while training, in a notebook, and what happens in the layers with `'layers'`; defaults to true. */
  readonly live?: boolean | 'layers';
  /** Levels to compare with on the validation data. */
  readonly goals?: Goals;
}

/** Options of `fit` for several seeds. */
export interface FitSeedsOptions extends Omit<FitOptions, 'seed'> {
  /** Seeds, or how many, from 0 on. */
  readonly seeds: number | readonly number[];
  /** Trainings at the same time; defaults to the number of cores. */
  readonly workers?: number;
}

const FN = 'fit';

/** How a training is shown while it runs. */
export const LIVE: Constraint<boolean | 'layers'> = {
  code: 'invalid-type',
  expected: "be true, false or 'layers'",
  holds: (value: unknown): value is boolean | 'layers' => typeof value === 'boolean' || value === 'layers',
};

/** Checks all that `fit`, or a caller that trains as it does, is given; throws the InputError that says what is wrong. */
export function checkFit(source: unknown, train: Dataset, options: FitOptions, caller = FN): void {
  if (typeof source !== 'function' && !(source as { layers?: unknown } | null)?.layers) {
    throw new InputError({
      code: 'invalid-type',
      fn: caller,
      param: 'build',
      expected: 'be a function that returns a tfjs-layers model, or such a model',
      received: source,
    });
  }
  checkOptions<FitOptions & { readonly seeds?: unknown }>(caller, options, {
    validation: record,
    prepare: record,
    epochs: integer(1),
    batchSize: integer(1),
    optimizer: anything,
    learningRate: numberIn(0, Infinity),
    loss: text,
    shuffle: boolean,
    seed: integer(0),
    // Taken by `fit` before; here for the nearest name.
    seeds: anything,
    name: text,
    signal,
    onProgress: fn,
    live: LIVE,
    goals: record,
    ...STEP_RULES,
    schedule: anything,
    classWeights: anything,
    exampleWeights: anything,
  });
  goalsOf(caller, options.goals);
  const { optimizer, validation } = options;
  checkOptimizer(caller, optimizer);
  checkDatasets(caller, train, validation);
  checkSteps(caller, train, options);
}
