import { InputError } from '../core/input-error';
import { prepareFor } from './prepare/prepare';
import { applyPreparation } from './prepare/apply-preparation';
import type { Dataset } from './types';

const FN = 'standardize';

/**
 * Returns the data sets with features of mean 0 and standard deviation 1, as measured on the first one only: a column of a
 * table by itself, each channel of a series (steps of zeros at its end are padding and stay), the pixels of an image all
 * alike. What is constant becomes 0. For raw columns use `prepare`.
 *
 * @param train the data set to measure, N×D
 * @param others data sets of the same shape, changed by the same numbers
 * @returns `[train, ...others]`, new data sets, which a run that is trained on them knows how to repeat
 * @throws InputError `length-mismatch` when a shape differs, `unsupported` for raw columns or what is prepared already
 * @example
 * const [scaled] = standardize(dataset({ features: [[0], [2]], labels: ['a', 'b'] }));
 * Array.from(scaled.features.values) // => [-1, 1]
 */
export function standardize(train: Dataset, ...others: readonly Dataset[]): Dataset[] {
  for (const data of [train, ...others]) {
    if (!data.columns && !data.preparation) continue;
    throw new InputError({
      code: 'unsupported',
      fn: FN,
      param: data === train ? 'train' : 'others',
      expected: `hold dense features as they were given; "${data.name}" ${data.preparation ? 'is prepared already' : 'holds raw columns'}`,
      mend: data.columns && 'Use prepare(train).apply(data); numbers are standardised by it.',
    });
  }
  const preparation = prepareFor(FN, train, {});
  return [train, ...others].map((data) => applyPreparation(FN, preparation, data));
}
