import type { Predictions } from '../../metrics/types';
import { describeExample } from '../cards/describe-example';
import { textHash } from './text-hash';
import type { TagFingerprint } from './types';

const hex = (word: number): string => (word >>> 0).toString(16).padStart(8, '0');

/**
 * Returns the fingerprint of the examples: their ids, and their ids with their labels by name. It does not depend on what the
 * model said, on the order of the examples or on that of the classes.
 */
export function fingerprintOf(predictions: Predictions): TagFingerprint {
  const { ids, n } = predictions;
  const sums = new Int32Array(4);
  for (let i = 0; i < n; i++) {
    const labelled = `${ids[i]}\u0000${describeExample(predictions, i).label}`;
    sums[0] += textHash(ids[i], 1);
    sums[1] += textHash(ids[i], 2);
    sums[2] += textHash(labelled, 1);
    sums[3] += textHash(labelled, 2);
  }
  return { n, ids: hex(sums[0]) + hex(sums[1]), labels: hex(sums[2]) + hex(sums[3]) };
}
