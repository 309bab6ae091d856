import * as tf from '@tensorflow/tfjs';
import { expectParity } from '../parity';

type Pool2D = Parameters<typeof tf.layers.maxPooling2d>[0];
type Pool1D = Parameters<typeof tf.layers.maxPooling1d>[0];

/** Numbers that often tie, some of them at zero. */
const coarse = (uniform: () => number): number => Math.floor(uniform() * 4) - 1;

const KINDS = [
  ['max', tf.layers.maxPooling2d, tf.layers.maxPooling1d],
  ['average', tf.layers.averagePooling2d, tf.layers.averagePooling1d],
] as const;

describe.each(KINDS)('%s', (_, pool2d, pool1d) => {
  it.each<[Pool2D, number[], 'relu' | 'tanh']>([
    [{ poolSize: 2 }, [6, 8, 8], 'relu'],
    [{ poolSize: 2 }, [5, 7, 3], 'tanh'],
    [{ poolSize: 2, padding: 'same' }, [5, 7, 3], 'relu'],
    [{ poolSize: [1, 4] }, [3, 9, 5], 'relu'],
    [{ poolSize: [4, 1] }, [9, 2, 5], 'relu'],
    [{ poolSize: [1, 2] }, [3, 5, 5], 'relu'],
    [{ poolSize: 3, strides: 2, padding: 'same' }, [6, 7, 9], 'relu'],
    [{ poolSize: 3, strides: 1 }, [5, 4, 2], 'tanh'],
    [{ poolSize: 2, strides: 3 }, [8, 9, 4], 'relu'],
    [{ poolSize: [2, 2], strides: [2, 1], padding: 'same' }, [5, 5, 1], 'relu'],
  ])('%j over %j after %s', async (pool, inputShape, activation) => {
    await expectParity({
      steps: 4,
      build: () =>
        tf.sequential({
          layers: [
            tf.layers.conv2d({ inputShape, filters: inputShape[2], kernelSize: 1, activation }),
            pool2d(pool),
            tf.layers.flatten(),
            tf.layers.dense({ units: 2 }),
          ],
        }),
    });
  });

  it.each<[Pool1D, number]>([
    [{ poolSize: 4 }, 21],
    [{ poolSize: 3, padding: 'same' }, 10],
    [{ poolSize: 3, strides: 2 }, 10],
    [{ poolSize: 5, strides: 2, padding: 'same' }, 9],
  ])('of sequences: %j of %i', async (pool, steps) => {
    await expectParity({
      build: () =>
        tf.sequential({
          layers: [
            tf.layers.conv1d({ inputShape: [steps, 3], filters: 4, kernelSize: 2, activation: 'relu' }),
            pool1d(pool),
            tf.layers.conv1d({ filters: 2, kernelSize: 2, padding: 'same' }),
          ],
        }),
    });
  });

  it('of the input itself, of unpadded pixels, of values taken twice, before a border', async () => {
    await expectParity({
      steps: 4,
      build: () => {
        const input = tf.input({ shape: [6, 6, 3] });
        const pooled = pool2d({ poolSize: 2 }).apply(input) as tf.SymbolicTensor;
        const made = tf.layers
          .conv2d({ filters: 4, kernelSize: 3, padding: 'same', activation: 'relu' })
          .apply(pooled) as tf.SymbolicTensor;
        const small = pool2d({ poolSize: 2, padding: 'same' }).apply(made) as tf.SymbolicTensor;
        const overlapping = pool2d({ poolSize: 2, strides: 1 }).apply(made) as tf.SymbolicTensor;
        const again = tf.layers
          .conv2d({ filters: 3, kernelSize: 3, padding: 'same' })
          .apply(small) as tf.SymbolicTensor;
        const plainly = tf.layers.dense({ units: 2 }).apply(made) as tf.SymbolicTensor;
        return tf.model({ inputs: input, outputs: [again, overlapping, plainly] });
      },
    });
  });
});

describe('ties', () => {
  it('give the gradient to the first maximum of a window, to all of a whole image', async () => {
    const linear = tf.initializers.identity({});
    for (const pool of [
      tf.layers.maxPooling2d({ poolSize: 2 }),
      tf.layers.maxPooling2d({ poolSize: 3, strides: 1, padding: 'same' }),
      tf.layers.globalMaxPooling2d({}),
    ]) {
      await expectParity({
        steps: 1, // later ones have no ties
        input: coarse,
        build: () =>
          tf.sequential({
            layers: [
              tf.layers.dense({
                inputShape: [4, 6, 5],
                units: 5,
                kernelInitializer: linear,
                useBias: false,
                activation: 'relu',
              }),
              pool,
              tf.layers.dense({ units: 2 }),
            ],
          }),
      });
    }
  });
});

describe('of whole images and sequences', () => {
  it.each([
    ['GlobalMaxPooling2D', () => tf.layers.globalMaxPooling2d({}), [4, 5, 6]],
    ['GlobalAveragePooling2D', () => tf.layers.globalAveragePooling2d({}), [4, 5, 6]],
    ['GlobalMaxPooling1D', () => tf.layers.globalMaxPooling1d({}), [9, 7]],
    ['GlobalAveragePooling1D', () => tf.layers.globalAveragePooling1d({}), [9, 7]],
  ])('%s', async (_, layer, inputShape) => {
    for (const activation of ['relu', 'tanh'] as const) {
      await expectParity({
        build: () =>
          tf.sequential({
            layers: [
              tf.layers.dense({ inputShape, units: 10, activation }),
              layer(),
              tf.layers.dense({ units: 3 }),
            ],
          }),
      });
    }
    await expectParity({
      build: () =>
        tf.sequential({
          layers: [tf.layers.inputLayer({ inputShape }), layer(), tf.layers.dense({ units: 3 })],
        }),
    });
  });
});
