import { checkOptions, numberIn, record } from '../core/options';
import { InputError } from '../core/input-error';
import type { Dataset } from '../data/types';
import { dataLog } from '../build/data-log';
import type { PrepareChoice } from '../build/prepare-sets';
import { diagnose } from './diagnose';
import type { Report } from './report';

export interface InspectDatasetOptions {
  /** Examples to judge by, which are compared with the training examples. */
  readonly validation?: Dataset;
  /** How features are made of raw columns, as in `fit`. */
  readonly prepare?: PrepareChoice;
  /** Share of healthy data on which all checks together should keep quiet, in (0, 1); defaults to 0.95. */
  readonly level?: number;
}

/**
 * Returns what looks strange in a data set before anything is trained on it: inputs that are no numbers, of odd scale,
 * constant, repeated, that stand for missing ones or give the label away; classes that lack; and, with validation data,
 * copies across the two sets and how they differ. It takes one pass over the rows, and does not look at the model: whether
 * inputs are numbers of words is known only from `prepare`.
 *
 * @param train N examples, as `fit` takes them; missing values (NaN) are found, not refused
 * @returns a report as `diagnose` makes it; its findings have nothing to confirm with
 * @throws InputError `invalid-type` for anything but a data set, `unknown-option`, `out-of-range`
 * @example
 * const { train, validation } = splitDataset(standardize(datasets.iris())[0], { seed: 1 });
 * inspectDataset(train, { validation }).findings.length // => 0
 */
export function inspectDataset(train: Dataset, options: InspectDatasetOptions = {}): Report {
  const fn = 'inspectDataset';
  checkOptions(fn, options, { validation: record, prepare: record, level: numberIn(0, 1, { open: true }) });
  const { validation, prepare, level } = options;
  for (const [param, data] of [
    ['train', train],
    ['validation', validation],
  ] as const) {
    if (data !== undefined && data?.kind !== 'dataset') {
      throw new InputError({ code: 'invalid-type', fn, param, expected: 'be a data set', received: data });
    }
  }
  if (train === undefined)
    throw new InputError({
      code: 'invalid-type',
      fn,
      param: 'train',
      expected: 'be a data set',
      received: train,
    });
  const { DATA_CHECKS } = require('./checks') as typeof import('./checks');
  return diagnose(dataLog(fn, train, validation, prepare), {
    checks: DATA_CHECKS.map(({ id }) => id),
    level,
  });
}
