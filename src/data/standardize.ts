import { InputError } from '../core/input-error';
import { asResult } from '../core/showable';
import { featureSize } from './feature-size';
import type { Dataset } from './types';

/**
 * Returns the data sets with features of mean 0 and standard deviation 1, as measured on the first one only: a column of a
 * table by itself, the pixels of an image all alike. A constant column becomes 0.
 *
 * @param train the data set to measure, N×D
 * @param others data sets of the same shape, changed by the same numbers
 * @returns `[train, ...others]`, new data sets
 * @throws InputError `length-mismatch` when a shape differs
 * @example
 * const [scaled] = standardize(dataset({ features: [[0], [2]], labels: ['a', 'b'] }));
 * Array.from(scaled.features.values) // => [-1, 1]
 */
export function standardize(train: Dataset, ...others: readonly Dataset[]): Dataset[] {
  const { shape } = train.features;
  const odd = others.find((other) => other.features.shape.join() !== shape.join());
  if (odd) {
    throw new InputError({
      code: 'length-mismatch',
      fn: 'standardize',
      param: 'others',
      expected: `have the shape of "${train.name}", [${shape.join(', ')}]; "${odd.name}" has [${odd.features.shape.join(', ')}]`,
    });
  }
  const columns = shape.length === 1 ? featureSize(shape) : 1;
  const mean = new Float64Array(columns);
  const square = new Float64Array(columns);
  const per = train.features.values.length / columns;
  train.features.values.forEach((value, i) => (mean[i % columns] += value / per));
  train.features.values.forEach(
    (value, i) => (square[i % columns] += (value - mean[i % columns]) ** 2 / per),
  );
  const scale = square.map((variance) => (variance > 0 ? 1 / Math.sqrt(variance) : 0));
  return [train, ...others].map((data) =>
    asResult({
      ...data,
      features: {
        ...data.features,
        values: data.features.values.map((value, i) => (value - mean[i % columns]) * scale[i % columns]),
      },
    }),
  );
}
