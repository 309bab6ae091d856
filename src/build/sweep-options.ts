import { InputError } from '../core/input-error';
import {
  anything,
  boolean,
  check,
  checkOptions,
  fn,
  integer,
  numbers,
  record,
  signal,
  text,
} from '../core/options';
import type { ProgressListener } from '../core/progress';
import { checkRows } from '../data/check-rows';
import type { Dataset } from '../data/types';
import type { BuildModel } from './build-model';
import { checkFit, type FitOptions } from './fit-options';
import { prepareSets, type PreparedSets } from './prepare-sets';
import { seedsOf } from './seeds-of';
import type { Subset, SweepConfiguration, SweepOptions } from './sweep-types';

const FN = 'sweep';

/** A run as it is to be. */
export interface PlannedRun {
  readonly configuration: string;
  readonly seed: number;
  readonly build: BuildModel;
  readonly train: Dataset;
  readonly subset: Int32Array | null;
  /** For `fit`, on the subset. */
  readonly options: FitOptions;
}

/** A sweep whose options have been checked. */
export interface PlannedSweep {
  readonly seeds: readonly number[];
  readonly configurations: readonly string[];
  readonly runs: readonly PlannedRun[];
  readonly workers: number | undefined;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: ProgressListener | undefined;
  /** Tells its progress to `onProgress` alone, as a part of longer work that shows itself. */
  readonly partOfMore?: boolean;
}

/** How each run trains: `fit` has these too and checks them. */
export const TRAINING_RULES = {
  epochs: anything,
  batchSize: anything,
  optimizer: anything,
  learningRate: anything,
  loss: anything,
  shuffle: anything,
  schedule: anything,
  clipNorm: anything,
  clipValue: anything,
  weightDecay: anything,
  classWeights: anything,
  exampleWeights: anything,
  fast: anything,
};
/** What `fit` has too, or a configuration may have of its own. */
const SHARED = { validation: anything, prepare: anything, ...TRAINING_RULES, subset: anything };
const RULES = {
  ...SHARED,
  seeds: anything,
  configurations: anything,
  goals: anything,
  workers: integer(1),
  signal,
  onProgress: fn,
  live: boolean,
};
const CONFIGURATION_RULES = { ...SHARED, name: text, build: fn, train: record };

function rowsOf(subset: Subset | undefined, seed: number, train: Dataset): Int32Array | null {
  if (subset === undefined) return null;
  const rows = typeof subset === 'function' ? subset(seed) : subset;
  check(FN, 'subset', rows, numbers);
  if (rows.length === 0) {
    throw new InputError({ code: 'empty', fn: FN, param: 'subset', expected: 'hold at least one row' });
  }
  checkRows(FN, rows, train.n);
  return Int32Array.from(rows);
}

function checkNames(configurations: readonly SweepConfiguration[]): void {
  const names = configurations.map(({ name }, i) => check(FN, `configurations[${i}].name`, name, text));
  if (names.length === 0) {
    throw new InputError({
      code: 'empty',
      fn: FN,
      param: 'configurations',
      expected: 'hold at least one configuration',
    });
  }
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) {
    throw new InputError({
      code: 'invalid-type',
      fn: FN,
      param: 'configurations',
      expected: 'have a name of their own each',
      received: twice,
    });
  }
}

/** Prepares the same data the same way once, so that runs share them. */
function preparedOnce(): typeof prepareSets {
  const known: { readonly of: readonly unknown[]; readonly sets: PreparedSets }[] = [];
  return (caller, ...of) => {
    const found = known.find((one) => one.of.every((part, i) => part === of[i]));
    if (found) return found.sets;
    const sets = prepareSets(caller, ...of);
    known.push({ of, sets });
    return sets;
  };
}

/** Returns the runs of a sweep, by configuration, then by seed; throws the InputError that says what is wrong. */
export function planSweep(build: BuildModel, train: Dataset, options: SweepOptions): PlannedSweep {
  checkOptions(FN, options, RULES);
  const {
    seeds,
    configurations,
    subset,
    workers,
    signal: stop,
    onProgress,
    live = true,
    ...shared
  } = options;
  const given = configurations ?? [{ name: 'as given' }];
  if (!Array.isArray(given)) check(FN, 'configurations', given, { ...record, expected: 'be an array' });
  checkNames(given);
  const chosen = seedsOf(FN, seeds);
  const prepared = preparedOnce();
  const runs = given.flatMap((configuration: SweepConfiguration) => {
    checkOptions(FN, configuration, CONFIGURATION_RULES);
    const {
      name,
      build: ownBuild = build,
      train: ownTrain = train,
      subset: ownSubset,
      ...own
    } = configuration;
    const fitOptions: FitOptions = { ...shared, ...own };
    check(FN, 'build', ownBuild, { ...fn, expected: 'be a function that returns a tfjs-layers model' });
    checkFit(ownBuild, ownTrain, fitOptions, FN);
    const { prepare, ...rest } = fitOptions;
    const sets = prepared(FN, ownTrain, fitOptions.validation, prepare);
    return chosen.map((seed): PlannedRun => ({
      configuration: name,
      seed,
      build: ownBuild,
      train: sets.train,
      subset: rowsOf(ownSubset ?? subset, seed, ownTrain),
      options: { ...rest, validation: sets.validation, seed, name: `${name}, seed ${seed}`, live: false },
    }));
  });
  const names = given.map(({ name }) => name);
  return { seeds: chosen, configurations: names, runs, workers, signal: stop, onProgress, partOfMore: !live };
}
