import type { LayersModel, Tensor } from '@tensorflow/tfjs';
import { random } from '../../src/core/random';
import { dataset } from '../../src/data/dataset';
import type { Dataset } from '../../src/data/types';
import type { BuildContext, BuildModel } from '../../src/build/build-model';
import { useEngine } from '../../src/engine/use-engine';

/** K classes around points of a circle in two features; the classes come in turn. */
export function blobs(n: number, classes = 3, seed = 1): Dataset {
  const stream = random(seed);
  const features = Array.from({ length: n }, (_, i) => {
    const angle = (2 * Math.PI * (i % classes)) / classes;
    return [Math.cos(angle) + 0.4 * stream.normal(), Math.sin(angle) + 0.4 * stream.normal()];
  });
  const labels = features.map((_, i) => i % classes);
  return dataset({ name: `blobs ${n}`, features, labels, classes: Array.from('abcdefg').slice(0, classes) });
}

/** Values y = 2a − b + noise. */
export function plane(n: number, seed = 1): Dataset {
  const stream = random(seed);
  const features = Array.from({ length: n }, () => [stream.normal(), stream.normal()]);
  const labels = features.map(([a, b]) => 2 * a - b + 0.1 * stream.normal());
  return dataset({ name: `plane ${n}`, features, labels, task: 'regression' });
}

/** One dense layer with the activation that goes with the task. */
export const linear: BuildModel = ({ tf, inputShape, units, classes }: BuildContext): LayersModel =>
  tf.sequential({
    layers: [tf.layers.dense({ inputShape, units, activation: classes.length > 0 ? 'softmax' : 'linear' })],
  });

/** A hidden layer and dropout; every layer has a name, as tfjs numbers those without in the order of their making. */
export const withDropout: BuildModel = ({ tf, inputShape, units }: BuildContext): LayersModel =>
  tf.sequential({
    layers: [
      tf.layers.dense({ inputShape, units: 8, activation: 'relu', name: 'hidden' }),
      tf.layers.dropout({ rate: 0.5, name: 'drop' }),
      tf.layers.dense({ units, activation: 'softmax', name: 'out' }),
    ],
  });

/** All weights of a model, one array. */
export const weightsOf = (model: LayersModel): number[] =>
  model.getWeights().flatMap((tensor) => Array.from(tensor.dataSync()));

/** Tensors in memory now. */
export async function tensors(): Promise<number> {
  return (await useEngine()).tf.memory().numTensors;
}

/** The same without `timing`, the only part of a log that may differ. */
export function untimed<T extends { readonly timing: unknown }>(log: T): Omit<T, 'timing'> {
  const { timing, ...rest } = log;
  expect(timing).toBeDefined();
  return rest;
}

/** A model whose middle layer throws when it is trained, not when it predicts. */
export async function brokenInTraining(): Promise<BuildModel> {
  const { tf } = await useEngine();
  class Broken extends tf.layers.Layer {
    static className = 'BrokenInTraining';
    override call(inputs: Tensor | Tensor[], { training }: { training?: boolean }): Tensor | Tensor[] {
      if (training) throw new Error('this layer is broken');
      return inputs;
    }
  }
  return ({ inputShape, units }) => {
    const input = tf.input({ shape: inputShape });
    const hidden = tf.layers.dense({ units: 4 }).apply(input) as never;
    const broken = new Broken({}).apply(hidden) as never;
    return tf.model({ inputs: input, outputs: tf.layers.dense({ units }).apply(broken) as never });
  };
}
