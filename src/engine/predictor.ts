import type { LayersModel, Tensor } from '@tensorflow/tfjs';
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
