import type { Dataset } from '../types';
import { columnNotes } from './column-notes';
import { encodersOf } from './encoders';
import type { Preparation } from './types';
import { featureSize } from '../feature-size';

/** Rows of few numbers that are not 0 (CSR): those of row i are entries `starts[i]` up to `starts[i + 1]`. */
export interface SparseFeatures {
  readonly n: number;
  /** Features of a row. */
  readonly size: number;
  readonly starts: Float64Array;
  /** Feature of each entry, rising within a row. */
  readonly indices: Int32Array;
  readonly values: Float32Array;
}

/**
 * Returns the features of raw columns without their zeros: the same numbers as `preparation.apply(dataset)`, for text in
 * little memory.
 *
 * @throws InputError as `apply` does
 */
export function sparseFeatures(preparation: Preparation, dataset: Dataset): SparseFeatures {
  const encoders = encodersOf('sparseFeatures', preparation, dataset, columnNotes());
  const firsts: number[] = [];
  encoders.reduce((first, { names }) => (firsts.push(first), first + names.length), 0);
  const starts = new Float64Array(dataset.n + 1);
  const indices: number[] = [];
  const values: number[] = [];
  for (let row = 0; row < dataset.n; row++) {
    encoders.forEach(({ encode }, i) =>
      encode(row, (feature, value) => {
        if (value === 0) return;
        indices.push(firsts[i] + feature);
        values.push(value);
      }),
    );
    starts[row + 1] = indices.length;
  }
  return {
    n: dataset.n,
    size: featureSize(preparation.shape),
    starts,
    indices: Int32Array.from(indices),
    values: Float32Array.from(values),
  };
}
