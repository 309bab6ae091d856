import { InputError } from '../core/input-error';
import { anything, boolean, checkOptions, fn, integer, oneOf, signal, text } from '../core/options';
import type { ProgressListener } from '../core/progress';
import { allColumns } from '../data/all-columns';
import { groupsOfColumn } from '../data/fold-rows';
import { requireColumn } from '../data/require-column';
import type { Dataset } from '../data/types';
import { LADDER } from './baselines/ladder';
import type { BaselineName } from './baselines/types';
import type { FitOptions } from './fit-options';
import { TRAINING_RULES } from './sweep-options';
import type { SweepOptions } from './sweep-types';

export const FN = 'crossValidate';

/** How examples are dealt to folds, and who looks on. */
interface Folding {
  /** Parts that each are held out once; defaults to 5. */
  readonly folds?: number;
  /** Deals the examples to folds, and is the seed of each training; defaults to 0. */
  readonly seed?: number;
  /** Metadata or raw column whose equal values stay in one fold: pictures of one person, copies of one text. */
  readonly groupBy?: string;
  /** How features are made, for each fold anew from the examples that are not held out; defaults to what `fit` does. */
  readonly prepare?: FitOptions['prepare'];
  readonly signal?: AbortSignal;
  readonly onProgress?: ProgressListener;
  /** Show how far it is, in a notebook or a terminal; defaults to true. */
  readonly live?: boolean;
  /** Defaults to the name of the data set. */
  readonly name?: string;
}

/** Options of `crossValidate` for a model of one's own: those of `fit` that are the same for every fold. */
export interface CrossValidateOptions
  extends
    Folding,
    Omit<SweepOptions, 'validation' | 'seeds' | 'configurations' | 'subset' | 'goals' | keyof Folding> {}

/** Options of `crossValidate` for one of the usual models. */
export interface CrossValidateBaselineOptions extends Folding {
  /** One of the models of `baselines`; defaults to logistic regression, for values to ridge regression. */
  readonly model?: BaselineName;
}

/** What both have in common, checked. */
export interface PlannedFolds {
  readonly folds: number;
  readonly seed: number;
  readonly groupOf: ((row: number) => string | number) | undefined;
}

const FOLDING = {
  folds: integer(2),
  seed: integer(0),
  groupBy: text,
  prepare: anything,
  signal,
  onProgress: fn,
  live: boolean,
  name: text,
};

/** Checks how examples are dealt; throws the InputError that says what is wrong. */
export function planFolds(
  data: Dataset,
  options: CrossValidateOptions | CrossValidateBaselineOptions,
  own: boolean,
): PlannedFolds {
  const rules = own
    ? { ...FOLDING, ...TRAINING_RULES, workers: integer(1) }
    : { ...FOLDING, model: oneOf(LADDER.map(({ name }) => name)) };
  checkOptions<object>(FN, options, rules);
  if ((data as Dataset | undefined)?.kind !== 'dataset') {
    throw new InputError({
      code: 'invalid-type',
      fn: FN,
      param: 'dataset',
      expected: 'be a Dataset',
      received: data,
    });
  }
  const { folds = 5, seed = 0, groupBy } = options;
  if (folds > data.n) {
    throw new InputError({
      code: 'out-of-range',
      fn: FN,
      param: 'folds',
      expected: `be at most the ${data.n} examples`,
      received: folds,
    });
  }
  // Weights and dynamics of examples stand for all of them, and would have to be dealt too.
  if ('exampleWeights' in options && options.exampleWeights !== undefined) {
    throw new InputError({ code: 'unsupported', fn: FN, param: 'exampleWeights', expected: 'be left out' });
  }
  if (groupBy === undefined) return { folds, seed, groupOf: undefined };
  const { names, columns } = allColumns(data);
  requireColumn(FN, 'groupBy', names, groupBy);
  const groupOf = groupsOfColumn(columns[groupBy]);
  const groups = new Set(Array.from({ length: data.n }, (_, row) => groupOf(row))).size;
  if (groups < folds) {
    throw new InputError({
      code: 'out-of-range',
      fn: FN,
      param: 'folds',
      expected: `be at most the ${groups} groups of "${groupBy}"`,
      received: folds,
    });
  }
  return { folds, seed, groupOf };
}
