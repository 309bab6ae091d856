import { InputError } from '../../core/input-error';
import { dataset } from '../../data/dataset';
import { featureSize } from '../../data/feature-size';
import { applyPreparation } from '../../data/prepare/apply-preparation';
import type { Dataset } from '../../data/types';
import type { Predictions } from '../../metrics/types';
import { matchedFeatures } from '../hardness/matched-features';
import type { ClusterFeatures } from './types';

/** Standardised features in the order of the predictions, and how to make those of others. */
export interface ClusterSpace {
  readonly values: Float32Array;
  readonly d: number;
  of(features: ClusterFeatures): Float32Array;
}

/** Numbers as a data set without labels to speak of. */
function asDataset(fn: string, given: ClusterFeatures, n?: number): Dataset {
  if (typeof given === 'object' && given !== null && 'kind' in given && given.kind === 'dataset')
    return given;
  const { values, shape } = (given ?? {}) as { values?: ArrayLike<number>; shape?: readonly number[] };
  if (!values || !Array.isArray(shape)) {
    throw new InputError({
      code: 'invalid-type',
      fn,
      param: 'features',
      expected: 'be a Dataset, or { values, shape } with the shape of one example',
      received: given,
    });
  }
  const rows = values.length / featureSize(shape);
  if (!Number.isInteger(rows) || rows === 0 || (n !== undefined && rows !== n)) {
    throw new InputError({
      code: 'length-mismatch',
      fn,
      param: 'features',
      expected: `have ${featureSize(shape)} numbers for each of ${n ?? 'some'} examples; there are ${values.length}`,
    });
  }
  return dataset({ features: values, shape, labels: new Float64Array(rows), task: 'regression' });
}

/** Returns the space that the clusters lie in. */
export function clusterSpace(fn: string, given: ClusterFeatures, { ids, n }: Predictions): ClusterSpace {
  const isDataset = typeof given === 'object' && given !== null && 'kind' in given;
  const [data] = matchedFeatures(fn, 'features', asDataset(fn, given, n));
  const { preparation, features } = data;
  const d = featureSize(features.shape);
  const of = (others: ClusterFeatures): Float32Array =>
    applyPreparation(fn, preparation!, asDataset(fn, others)).features.values;
  if (!isDataset || (data.n === n && data.ids.every((id, i) => id === ids[i])))
    return { values: features.values, d, of };
  const rowOf = new Map(data.ids.map((id, row) => [id, row]));
  const values = new Float32Array(n * d);
  ids.forEach((id, i) => {
    const row = rowOf.get(id);
    if (row === undefined) {
      throw new InputError({
        code: 'not-found',
        fn,
        param: 'features',
        expected: `have every example of the predictions; "${id}" is not among those of "${data.name}"`,
      });
    }
    values.set(features.values.subarray(row * d, (row + 1) * d), i * d);
  });
  return { values, d, of };
}
