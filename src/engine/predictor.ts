import type { LayersModel, Tensor } from '@tensorflow/tfjs';
import { takeRows } from './take-rows';
import type { TensorFlow } from './tf';

/** Gives a model's outputs B×U, flat, for flat inputs B×D. */
export interface Predictor {
  predict(inputs: Float32Array, n: number): Float32Array;
}

/** Returns what gives a model's outputs in inference mode: no dropout, no batch statistics. */
export function predictor(tf: TensorFlow, model: LayersModel, inputShape: readonly number[]): Predictor {
  return {
    predict: (inputs, n) =>
      tf.tidy(() => {
        const x = tf.tensor(inputs, [n, ...inputShape]);
        const output = model.apply(x, { training: false }) as Tensor;
        return output.dataSync().slice() as Float32Array;
      }),
  };
}

const CHUNK = 512;

/** Outputs rows×U of a model for the named rows of inputs N×D, a few hundred at a time. */
export function predictRows(
  by: Predictor,
  inputs: Float32Array,
  size: number,
  rows: ArrayLike<number>,
  units: number,
): Float32Array {
  const outputs = new Float32Array(rows.length * units);
  for (let start = 0; start < rows.length; start += CHUNK) {
    const chunk = Array.prototype.slice.call(rows, start, start + CHUNK) as number[];
    outputs.set(by.predict(takeRows(inputs, chunk, size), chunk.length), start * units);
  }
  return outputs;
}
