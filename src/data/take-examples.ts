import { asResult } from '../core/showable';
import { checkRows } from './check-rows';
import { featureSize } from './feature-size';
import { takeLabels } from './label-rows';
import { selectRows } from './select-rows';
import type { Dataset } from './types';

/**
 * Returns the named examples of a data set, in that order, as a data set of its own; ids, metadata and raw columns go with them.
 *
 * @param rows example numbers from 0; they may repeat (their ids then do too)
 * @param name defaults to the name of the data set
 * @throws InputError `out-of-range` for a row that is not there
 */
export function takeExamples(dataset: Dataset, rows: ArrayLike<number>, name = dataset.name): Dataset {
  checkRows('takeExamples', rows, dataset.n);
  const size = featureSize(dataset.features.shape);
  const values = new Float32Array(rows.length * size);
  for (let i = 0; i < rows.length; i++) {
    values.set(dataset.features.values.subarray(rows[i] * size, (rows[i] + 1) * size), i * size);
  }
  return asResult({
    ...dataset,
    name,
    n: rows.length,
    features: { ...dataset.features, values },
    labels: takeLabels(dataset, rows),
    ids: Array.from(rows, (row) => dataset.ids[row]),
    metadata: selectRows(dataset.metadata, rows),
    ...(dataset.columns && { columns: selectRows(dataset.columns, rows) }),
  });
}
