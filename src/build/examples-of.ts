import type { Dataset } from '../data/types';
import type { PlainDynamics } from '../engine/train/example-sums';
import { significant } from '../engine/train/significant';
import type { ExampleDynamics } from './types';

/** Returns how the examples of a data set fared, with their ids and labels. */
export function examplesOf(sums: PlainDynamics, data: Pick<Dataset, 'ids' | 'labels'>): ExampleDynamics {
  return { ...sums, ids: data.ids, labels: Array.from(data.labels, significant) };
}
