import { featureSize } from '../data/feature-size';
import type { Dataset } from '../data/types';
import type { Predictor } from '../engine/predictor';

const CHUNK = 512;

/** Outputs N×U of a model for the named rows, a few hundred at a time. */
export function predictRows(
  by: Predictor,
  data: Dataset,
  rows: ArrayLike<number>,
  units: number,
): Float32Array {
  const size = featureSize(data.features.shape);
  const outputs = new Float32Array(rows.length * units);
  for (let start = 0; start < rows.length; start += CHUNK) {
    const n = Math.min(CHUNK, rows.length - start);
    const inputs = new Float32Array(n * size);
    for (let i = 0; i < n; i++) {
      const row = rows[start + i];
      inputs.set(data.features.values.subarray(row * size, (row + 1) * size), i * size);
    }
    outputs.set(by.predict(inputs, n), start * units);
  }
  return outputs;
}
