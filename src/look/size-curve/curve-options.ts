import { planSweep } from '../../build/sweep-options';
import { checkDatasets } from '../../build/check-datasets';
import { prepareSets } from '../../build/prepare-sets';
import { goalsOf } from '../../build/goals';
import { InputError } from '../../core/input-error';
import { anything, check, checkOptions, fn, integer, numberIn, oneOf, record, signal, text } from '../../core/options'; // prettier-ignore
import { splitDataset } from '../../data/split-dataset';
import type { Dataset } from '../../data/types';
import type { MeanMetric } from '../../metrics/metric-definition';
import type { BuildModel } from '../../build/build-model';
import { curveSizes } from './curve-sizes';
import { lowerMetric } from './lower-metric';
import type { LearningCurveOptions, SizeCurve } from './types';

const FN = 'learningCurve';

const RULES = {
  sizes: anything,
  repeats: integer(1),
  test: anything,
  metric: text,
  epochs: integer(1),
  equal: oneOf(['steps', 'epochs']),
  prepare: record,
  batchSize: integer(1),
  optimizer: anything,
  learningRate: numberIn(0, Infinity),
  loss: text,
  shuffle: anything,
  goals: record,
  level: numberIn(0, 1, { open: true }),
  seed: integer(0),
  resume: record,
  file: text,
  workers: integer(1),
  signal,
  onProgress: fn,
};

/** A curve whose options have been checked. */
export interface PlannedCurve {
  readonly train: Dataset;
  readonly test: Dataset;
  readonly metric: MeanMetric;
  readonly sizes: readonly number[];
  readonly seeds: readonly number[];
  readonly epochs: number;
  readonly equal: 'steps' | 'epochs';
  readonly level: number;
  readonly goals: SizeCurve['goals'];
}

function partsOf(
  data: Dataset,
  { test = 0.25, seed = 0 }: LearningCurveOptions,
): { train: Dataset; test: Dataset } {
  if (typeof test !== 'number') {
    checkDatasets(FN, data, test, 'test');
    return { train: data, test };
  }
  check(FN, 'test', test, numberIn(0, 1, { open: true }));
  checkDatasets(FN, data, undefined);
  const { train, test: kept } = splitDataset(data, { validation: 0, test, seed });
  if (kept.n > 0) return { train, test: kept };
  throw new InputError({
    code: 'out-of-range',
    fn: FN,
    param: 'test',
    expected: `set at least one of the ${data.n} examples aside`,
    received: test,
  });
}

/** Returns the curve that is asked for; throws the InputError that says what is wrong. */
export function planCurve(build: BuildModel, data: Dataset, options: LearningCurveOptions): PlannedCurve {
  checkOptions(FN, options, RULES);
  check(FN, 'build', build, { ...fn, expected: 'be a function that returns a tfjs-layers model' });
  const parts = partsOf(data, options);
  // The test data are to the training data what those of validation are to a fit.
  const sets = prepareSets(FN, parts.train, parts.test, options.prepare);
  const { train, validation: test = parts.test } = sets;
  const { repeats = 5, seed = 0, epochs = 20, equal = 'steps', level = 0.95 } = options;
  const sizes = curveSizes(options.sizes, train.n, train.classes.length);
  // What goes on to the sweep is checked as the sweep checks it, before anything is trained.
  planSweep(build, train, { ...trainingOptions(options), seeds: 1, epochs });
  return {
    ...{ train, test, sizes, epochs, equal, level },
    metric: lowerMetric(FN, train.task, options.metric),
    seeds: Array.from({ length: repeats }, (_, r) => seed + r),
    goals: goalsOf(FN, options.goals),
  };
}

/** The options that are those of a training. */
export function trainingOptions({
  batchSize,
  optimizer,
  learningRate,
  loss,
  shuffle,
}: LearningCurveOptions): Pick<
  LearningCurveOptions,
  'batchSize' | 'optimizer' | 'learningRate' | 'loss' | 'shuffle'
> {
  return { batchSize, optimizer, learningRate, loss, shuffle };
}
