import * as tf from '@tensorflow/tfjs';
import { expectParity } from '../parity';

type Depthwise = Parameters<typeof tf.layers.depthwiseConv2d>[0];
type Separable = Parameters<typeof tf.layers.separableConv2d>[0];

const framed = (middle: () => tf.layers.Layer, inputShape: number[]): tf.LayersModel =>
  tf.sequential({
    layers: [
      tf.layers.conv2d({ inputShape, filters: inputShape[2], kernelSize: 1, activation: 'relu' }),
      middle(),
      tf.layers.flatten(),
      tf.layers.dense({ units: 3 }),
    ],
  });

describe('depthwiseConv2d', () => {
  it.each<[Depthwise, number[]]>([
    [{ kernelSize: 3, padding: 'same', activation: 'relu' }, [6, 7, 8]],
    [{ kernelSize: [2, 5], activation: 'tanh' }, [5, 9, 3]],
    [{ kernelSize: 3, strides: 2, padding: 'same' }, [7, 6, 9]],
    [{ kernelSize: 3, strides: [2, 2], useBias: false, activation: 'relu' }, [8, 6, 1]],
    [{ kernelSize: [2, 1], strides: [3, 3], padding: 'same', activation: 'relu' }, [7, 8, 5]],
    [{ kernelSize: 3, depthMultiplier: 2, activation: 'relu' }, [5, 5, 3]],
    [{ kernelSize: 2, depthMultiplier: 3, strides: 2, padding: 'same' }, [5, 5, 8]],
    [
      {
        kernelSize: 3,
        depthwiseRegularizer: tf.regularizers.l2({ l2: 0.05 }),
        biasRegularizer: tf.regularizers.l1({ l1: 0.01 }),
      },
      [4, 4, 5],
    ],
    [{ kernelSize: 3, trainable: false }, [4, 4, 5]],
    [{ kernelSize: 2, dilationRate: 2 }, [5, 4, 5]], // which TensorFlow.js ignores
  ])('%j over %j', async (args, inputShape) => {
    await expectParity({
      steps: 5,
      build: () => framed(() => tf.layers.depthwiseConv2d(args), inputShape),
    });
  });

  it('over the input itself, shared, taken twice', async () => {
    await expectParity({
      steps: 4,
      build: () => {
        const input = tf.input({ shape: [5, 6, 3] });
        const layer = tf.layers.depthwiseConv2d({ kernelSize: 3, padding: 'same', activation: 'relu' });
        const once = layer.apply(input) as tf.SymbolicTensor;
        const twice = layer.apply(once) as tf.SymbolicTensor;
        const pooled = tf.layers.maxPooling2d({ poolSize: 2 }).apply(once) as tf.SymbolicTensor;
        return tf.model({ inputs: input, outputs: [twice, pooled] });
      },
    });
  });
});

describe('separableConv2d', () => {
  it.each<[Separable, number[]]>([
    [{ filters: 6, kernelSize: 3, padding: 'same', activation: 'relu' }, [5, 6, 8]],
    [{ filters: 9, kernelSize: [3, 2], strides: 2, activation: 'elu' }, [7, 6, 5]],
    [{ filters: 4, kernelSize: 2, depthMultiplier: 2, padding: 'same', useBias: false }, [4, 5, 3]],
    [
      {
        filters: 4,
        kernelSize: 2,
        depthwiseRegularizer: tf.regularizers.l2({ l2: 0.05 }),
        pointwiseRegularizer: tf.regularizers.l1({ l1: 0.01 }),
      },
      [4, 4, 4],
    ],
    [{ filters: 4, kernelSize: 2, trainable: false, activation: 'relu' }, [4, 4, 4]],
  ])('%j over %j', async (args, inputShape) => {
    await expectParity({
      steps: 5,
      build: () => framed(() => tf.layers.separableConv2d(args), inputShape),
    });
  });

  it('two of them over the input itself', async () => {
    await expectParity({
      steps: 3,
      build: () =>
        tf.sequential({
          layers: [
            tf.layers.separableConv2d({
              inputShape: [6, 6, 3],
              filters: 8,
              kernelSize: 3,
              padding: 'same',
              activation: 'relu',
            }),
            tf.layers.separableConv2d({ filters: 8, kernelSize: 3, padding: 'same', activation: 'relu' }),
            tf.layers.globalAveragePooling2d({}),
            tf.layers.dense({ units: 4, activation: 'softmax' }),
          ],
        }),
      losses: ['categoricalCrossentropy'],
    });
  });
});
