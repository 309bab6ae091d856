import * as tf from '@tensorflow/tfjs';
import { PLAN_LOSSES } from '../../../../src/engine/plan/losses';
import { expectParity } from '../parity';

type Name = NonNullable<Parameters<typeof tf.layers.dense>[0]['activation']>;

const ACTIVATIONS: Name[] = [
  'linear',
  'relu',
  'relu6',
  'elu',
  'selu',
  'sigmoid',
  'hardSigmoid',
  'softplus',
  'softsign',
  'tanh',
  'swish',
  'mish',
  'gelu',
  'gelu_new',
  'softmax',
];

describe('dense', () => {
  it.each(ACTIVATIONS)('with %s', async (activation) => {
    await expectParity({
      build: () =>
        tf.sequential({
          layers: [
            tf.layers.dense({ inputShape: [7], units: 13, activation }),
            tf.layers.dense({ units: 3, activation }),
          ],
        }),
    });
  });

  it('over rows that are mostly zeros, as words of a text are', async () => {
    await expectParity({
      batch: 35, // each slice has rows enough to leave their zeros out
      input: (uniform) => (uniform() < 0.1 ? 4 * uniform() - 2 : 0),
      build: () =>
        tf.sequential({
          layers: [
            tf.layers.dense({ inputShape: [45], units: 50, activation: 'relu' }),
            tf.layers.dropout({ rate: 0 }),
            tf.layers.dense({ units: 40, activation: 'relu' }),
            tf.layers.dense({ units: 3 }),
          ],
        }),
    });
  });

  it.each(PLAN_LOSSES.filter((name) => name !== 'sparseCategoricalCrossentropy'))('with %s', async (loss) => {
    const activation = /ategorical|Divergence/.test(loss)
      ? 'softmax'
      : /binary|poisson|Logarithmic/.test(loss)
        ? 'sigmoid'
        : 'linear';
    await expectParity({
      losses: [loss],
      optimizer: () => tf.train.sgd(/Percentage/.test(loss) ? 1e-4 : 0.05), // its gradients are a thousand times larger
      build: () =>
        tf.sequential({
          layers: [
            tf.layers.dense({ inputShape: [5], units: 9, activation: 'tanh' }),
            tf.layers.dense({ units: 6, activation }),
          ],
        }),
    });
  });

  it.each<[string, () => tf.Optimizer]>([
    ['sgd', () => tf.train.sgd(0.1)],
    ['momentum', () => tf.train.momentum(0.05, 0.9)],
    ['nesterov', () => tf.train.momentum(0.05, 0.8, true)],
    ['adam', () => tf.train.adam(0.01)],
    ['adamax', () => tf.train.adamax(0.01)],
    ['rmsprop', () => tf.train.rmsprop(0.01)],
    ['rmsprop, centred, with momentum', () => tf.train.rmsprop(0.005, 0.9, 0.5, 1e-12, true)],
    ['adagrad', () => tf.train.adagrad(0.05)],
    ['adadelta', () => tf.train.adadelta(0.5)],
  ])('with %s', async (_, optimizer) => {
    await expectParity({
      optimizer,
      tolerance: 5e-4, // a division by the root of a small mean square makes rounding larger
      build: () =>
        tf.sequential({
          layers: [
            tf.layers.dense({ inputShape: [6], units: 10, activation: 'tanh' }),
            tf.layers.dense({ units: 2 }),
          ],
        }),
    });
  });

  it.each([
    [1, 1, 1, 1],
    [3, 1, 5, 2],
    [17, 33, 8, 40],
    [64, 10, 16, 64],
  ])('from %i to %i to %i, batches of %i', async (inputs, hidden, units, batch) => {
    await expectParity({
      batch,
      build: () =>
        tf.sequential({
          layers: [
            tf.layers.dense({ inputShape: [inputs], units: hidden, activation: 'tanh' }),
            tf.layers.dense({ units }),
          ],
        }),
    });
  });

  it('over the last side of sequences and images, without a bias, frozen, with penalties', async () => {
    await expectParity({
      build: () =>
        tf.sequential({
          layers: [
            tf.layers.dense({ inputShape: [4, 5], units: 6, activation: 'relu', useBias: false }),
            tf.layers.dense({ units: 3, kernelRegularizer: tf.regularizers.l1l2({ l1: 0.01, l2: 0.02 }) }),
            tf.layers.flatten(),
            tf.layers.dense({ units: 7, trainable: false, activation: 'tanh' }),
            tf.layers.dense({ units: 2, biasRegularizer: tf.regularizers.l2({ l2: 0.1 }) }),
          ],
        }),
    });
    await expectParity({
      build: () =>
        tf.sequential({
          layers: [
            tf.layers.dense({ inputShape: [3, 2, 5], units: 4, activation: 'relu' }),
            tf.layers.reshape({ targetShape: [8, 3] }),
            tf.layers.dense({ units: 5 }),
            tf.layers.activation({ activation: 'softmax' }),
          ],
        }),
      losses: ['categoricalCrossentropy'],
    });
  });
});
