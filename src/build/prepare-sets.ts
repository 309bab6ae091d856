import type { LayersModel } from '@tensorflow/tfjs';
import { InputError } from '../core/input-error';
import type { Warning } from '../core/warning';
import { applyPreparation } from '../data/prepare/apply-preparation';
import { prepareFor } from '../data/prepare/prepare';
import type { Preparation, PrepareOptions } from '../data/prepare/types';
import { needsPreparing, refuseRaw } from '../data/needs-preparing';
import type { Dataset } from '../data/types';
import type { Run } from './run';

/** How to prepare: options for it, or one that was fitted before. */
export type PrepareChoice = PrepareOptions | Preparation;

/** What a training sees, its features made. */
export interface PreparedSets {
  readonly train: Dataset;
  readonly validation: Dataset | undefined;
}

const ofModel = new WeakMap<object, Preparation>();

/** Keeps what the features were made by that a model was trained on. */
export function rememberPreparation(model: LayersModel, preparation: Preparation | undefined): void {
  if (preparation) ofModel.set(model, preparation);
  else ofModel.delete(model);
}

/** Returns what made the features that a run or a model was trained on, if anything did. */
export function preparationOf(subject: LayersModel | Run): Preparation | undefined {
  if ((subject as Run).kind === 'run') return (subject as Run).log.preparation;
  return ofModel.get(subject);
}

function choose(fn: string, train: Dataset, choice: PrepareChoice | undefined): Preparation | undefined {
  if (choice && 'kind' in choice) {
    if (choice.kind === 'preparation' && typeof choice.apply === 'function') return choice;
    throw new InputError({
      code: 'invalid-type',
      fn,
      param: 'prepare',
      expected: 'be options of prepare(), or what prepare() returns',
      received: choice,
    });
  }
  return choice || needsPreparing(train) ? prepareFor(fn, train, choice ?? {}) : train.preparation;
}

/**
 * Returns the data sets with features: raw columns prepared as was measured on the training data; dense features as they
 * are unless asked for, or unless the training data were prepared before.
 */
export function prepareSets(
  fn: string,
  train: Dataset,
  validation: Dataset | undefined,
  choice: PrepareChoice | undefined,
): PreparedSets {
  const preparation = choose(fn, train, choice);
  if (!preparation) {
    if (validation) refuseRaw(fn, 'validation', validation);
    return { train, validation };
  }
  return {
    train: applyPreparation(fn, preparation, train),
    validation: validation && applyPreparation(fn, preparation, validation),
  };
}

/** Returns the features for a model: as the data set has them, or made as those were that the model was trained on. */
export function prepareAs(fn: string, subject: LayersModel | Run, dataset: Dataset): Dataset {
  const preparation = preparationOf(subject);
  if (preparation) return applyPreparation(fn, preparation, dataset);
  refuseRaw(fn, 'dataset', dataset);
  return dataset;
}

/** What was degraded in preparing: on the training examples, and on those to judge by. */
export function preparingWarnings({ train, validation }: PreparedSets): readonly Warning[] {
  return [...(train.preparation?.warnings ?? []), ...(train.warnings ?? []), ...(validation?.warnings ?? [])];
}
