import { checkSameLength } from '../core/options';
import { asResult } from '../core/showable';
import { asTable, type TableLike } from './as-table';
import type { Dataset } from './types';

/**
 * Returns the data set with more metadata columns; a column of a name that was there already takes its place.
 * Metadata is for slicing and splitting, never for training.
 *
 * @param dataset N examples
 * @param metadata N rows, in the order of the examples
 * @throws InputError `length-mismatch`
 * @example
 * const d = dataset({ features: [[1], [2]], labels: ['a', 'b'] });
 * withMetadata(d, { writer: ['Ada', 'Bo'] }).metadata.names // => ['writer']
 */
export function withMetadata(dataset: Dataset, metadata: TableLike): Dataset {
  const added = asTable(metadata, 'withMetadata');
  checkSameLength('withMetadata', { dataset: dataset.n, metadata: added.n });
  return asResult({
    ...dataset,
    metadata: {
      ...dataset.metadata,
      names: [...new Set([...dataset.metadata.names, ...added.names])],
      columns: { ...dataset.metadata.columns, ...added.columns },
      warnings: [...dataset.metadata.warnings, ...added.warnings],
    },
  });
}
