import type { LayersModel, Tensor } from '@tensorflow/tfjs';
import type { Dataset } from '../data/types';
import { takeRows } from '../engine/take-rows';
import { featureSize } from '../data/feature-size';
import type { TensorFlow } from '../engine/tf';

/** Examples of a batch. */
const BATCH = 8;

/**
 * Returns how far the prediction of one example moves when the others of its batch are exchanged, as a share of
 * the range of the predictions; 0 where each is judged by itself, as in use it must be. NaN where there are too few examples.
 */
export function mixingOf(tf: TensorFlow, model: LayersModel, data: Dataset): number {
  if (data.n < 2 * BATCH) return NaN;
  const size = featureSize(data.features.shape);
  const outputsOf = (rows: readonly number[]): Float32Array =>
    tf.tidy(() => {
      const inputs = tf.tensor(takeRows(data.features.values, rows, size), [
        rows.length,
        ...data.features.shape,
      ]);
      return (model.predict(inputs) as Tensor).dataSync() as Float32Array;
    });
  const first = [...Array(BATCH).keys()];
  const a = outputsOf(first);
  const b = outputsOf([0, ...first.slice(1).map((i) => data.n - i)]);
  const units = a.length / BATCH;
  let [most, scale] = [0, 0];
  for (let u = 0; u < units; u++) {
    most = Math.max(most, Math.abs(a[u] - b[u]));
    const values = first.flatMap((i) => [a[i * units + u], b[i * units + u]]);
    scale = Math.max(scale, Math.max(...values) - Math.min(...values));
  }
  return scale > 1e-6 ? most / scale : 0;
}
