import * as tf from '@tensorflow/tfjs';
import { expectParity } from '../parity';

describe('permute', () => {
  it.each([
    [[5], [1]],
    [
      [3, 5],
      [2, 1],
    ],
    [
      [3, 5],
      [1, 2],
    ],
    [
      [2, 3, 5],
      [3, 1, 2],
    ],
    [
      [2, 3, 5],
      [2, 3, 1],
    ],
    [
      [4, 8, 16],
      [1, 3, 2],
    ],
    [
      [2, 3, 9],
      [3, 2, 1],
    ],
  ])('%j by %j', async (shape, dims) => {
    await expectParity({
      build: () => {
        const input = tf.input({ shape });
        const hidden = tf.layers.dense({ units: shape.at(-1)!, activation: 'tanh' }).apply(input);
        const turned = tf.layers.permute({ dims }).apply(hidden) as tf.SymbolicTensor;
        const twice = tf.layers
          .add()
          .apply([
            turned,
            tf.layers.permute({ dims }).apply(tf.layers.activation({ activation: 'relu' }).apply(hidden)),
          ] as tf.SymbolicTensor[]);
        return tf.model({
          inputs: input,
          outputs: tf.layers.dense({ units: 3 }).apply(twice) as tf.SymbolicTensor,
        });
      },
    });
  });
});
