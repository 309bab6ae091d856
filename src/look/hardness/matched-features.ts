import { InputError } from '../../core/input-error';
import { needsPreparing } from '../../data/needs-preparing';
import { applyPreparation } from '../../data/prepare/apply-preparation';
import { prepareFor } from '../../data/prepare/prepare';
import type { Dataset } from '../../data/types';
import type { Predictions } from '../../metrics/types';

/** Throws unless `value` is a data set with examples, of the task of the predictions. */
export function checkDataset(fn: string, param: string, value: unknown, { task }: Predictions): Dataset {
  const given = value as Dataset | null | undefined;
  if (typeof given !== 'object' || given?.kind !== 'dataset') {
    throw new InputError({
      code: 'invalid-type',
      fn,
      param,
      expected: 'be a Dataset: the examples of the predictions with their features',
      received: value,
      mend: 'Make one with dataset({ columns, labels, ids }) or splitDataset.',
    });
  }
  if (given.n === 0)
    throw new InputError({ code: 'empty', fn, param, expected: 'hold at least one example' });
  if (given.task !== task) {
    throw new InputError({
      code: 'unsupported',
      fn,
      param,
      expected: `be of a ${task} task, as the predictions are; "${given.name}" is of a ${given.task} task`,
    });
  }
  return given;
}

/**
 * Returns data sets with features to measure distances by: raw columns prepared and dense features standardised as measured
 * on the first one; what was prepared before is taken as it is.
 *
 * @throws InputError `unsupported` for token ids, which have no distances
 */
export function matchedFeatures(
  fn: string,
  param: string,
  measured: Dataset,
  ...others: readonly Dataset[]
): readonly Dataset[] {
  const ready = measured.preparation !== undefined && !needsPreparing(measured);
  const preparation = ready ? measured.preparation! : prepareFor(fn, measured, {});
  const sets = [measured, ...others].map((data) => applyPreparation(fn, preparation, data));
  if (sets.some((data) => data.preparation?.vocabulary != null)) {
    throw new InputError({
      code: 'unsupported',
      fn,
      param,
      expected: 'have features that can be compared; token ids are numbers of words',
      mend: "Prepare text as n-grams: prepare(train, { text: 'ngrams' }).",
    });
  }
  return sets;
}
