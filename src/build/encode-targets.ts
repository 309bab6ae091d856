import type { Dataset } from '../data/types';

/** Targets N×U for the loss: one-hot, 0/1 for one unit, 0/1 for each label, or the value. */
export function encodeTargets(data: Dataset, units: number): Float32Array {
  if (data.task !== 'classification' || units === 1) return Float32Array.from(data.labels);
  const targets = new Float32Array(data.n * units);
  for (let i = 0; i < data.n; i++) targets[i * units + data.labels[i]] = 1;
  return targets;
}
