import type { Predictions } from '../metrics/types';
import type { ClusterSlices, SliceClustersOptions } from './clusters/types';

/**
 * Returns the regions of the features, or of an embedding, in which the model errs more than elsewhere, for data that have no
 * columns to slice by: images, text, series. An error-aware mixture is made on one half of the examples, at random; its worst
 * parts are judged on the other half, where only the features say who belongs to them, and only those that hold up there are
 * `slices`. Each is described by the examples in its middle and by the metadata that go with it.
 *
 * Features are standardised, then turned to their principal axes (at most `dimensions`). Of a half of more than 20,000 examples
 * the mixture is made on a random 20,000, which is said. Clusters of fewer than `smallest` examples in a half are not judged:
 * a slice must be about that large to be seen.
 *
 * @param predictions from `evaluate` or `predictionsFrom`
 * @param options features, and how they are searched
 * @returns slices that hold up, and `rejected` that do not; believe `heldOut`
 * @throws InputError `empty` for fewer than 40 examples, `not-found`, `length-mismatch`, `invalid-type`, `unknown-option`
 * @example
 * const at = Array.from({ length: 1000 }, (_, i) => [i % 4 === 0 ? 9 : 0, i % 7]);
 * const p = predictionsFrom(at.map(([x], i) => ({ y: 'a', p: x > 5 && i % 8 ? 'b' : 'a' })), { label: 'y', predicted: 'p' });
 * const found = sliceClusters(p, { features: { values: at.flat(), shape: [2] }, components: 4 });
 * found.slices.length > 0 // => true
 * @see Sabri Eyuboglu et al., "Domino: discovering systematic errors with cross-modal embeddings", 2022
 */
export function sliceClusters(predictions: Predictions, options: SliceClustersOptions): ClusterSlices {
  const { clustersOf } = require('./clusters/clusters-of') as typeof import('./clusters/clusters-of');
  return clustersOf(predictions, options);
}
