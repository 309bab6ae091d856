import * as tf from '@tensorflow/tfjs';
import { expectParity } from '../parity';

const between =
  (layer: () => tf.layers.Layer, shape = [3, 5]): (() => tf.LayersModel) =>
  () =>
    tf.sequential({
      layers: [tf.layers.dense({ inputShape: shape, units: 7 }), layer(), tf.layers.dense({ units: 3 })],
    });

/** TensorFlow.js cannot train this layer (it has no gradient for `greater`): here it is given one. */
function thresholded(theta: number): tf.layers.Layer {
  const layer = tf.layers.thresholdedReLU({ theta });
  const maskOf = (x: tf.Tensor): tf.Tensor => x.greater(theta).toFloat();
  const withGradient = tf.customGrad((x, save) => {
    const input = x as tf.Tensor;
    (save as tf.GradSaveFunc)([input]);
    return {
      value: input.mul(maskOf(input)),
      gradFunc: (dy: tf.Tensor, [saved]: tf.Tensor[]) => dy.mul(maskOf(saved)),
    };
  });
  layer.call = (inputs) => withGradient(Array.isArray(inputs) ? inputs[0] : inputs);
  return layer;
}

describe('activations as layers', () => {
  it.each<[string, () => tf.layers.Layer]>([
    ['relu', () => tf.layers.reLU()],
    ['relu cut at 6', () => tf.layers.reLU({ maxValue: 6 })],
    ['relu cut at 0.4', () => tf.layers.reLU({ maxValue: 0.4 })],
    ['leaky relu', () => tf.layers.leakyReLU({ alpha: 0.2 })],
    ['elu', () => tf.layers.elu()],
    ['thresholded relu', () => thresholded(0.3)],
    ['thresholded relu below zero', () => thresholded(-0.2)],
    ['softmax over the last side', () => tf.layers.softmax({ axis: -1 })],
    ['softmax over the last side by number', () => tf.layers.softmax({ axis: 2 })],
    ['tanh', () => tf.layers.activation({ activation: 'tanh' })],
    ['rescaling', () => tf.layers.rescaling({ scale: -1.5, offset: 0.25 })],
    ['mish', () => tf.layers.activation({ activation: 'mish' })],
  ])('%s', async (_, layer) => {
    await expectParity({ build: between(layer) });
  });

  it('softmax of vectors, where side 1 is the last one', async () => {
    await expectParity({ build: between(() => tf.layers.softmax(), [4]) });
  });
});

describe('PReLU', () => {
  it.each<[number[], number[] | undefined]>([
    [[5], undefined],
    [[3, 5], undefined],
    [[3, 5], [1]],
    [[3, 5], [2]],
    [
      [3, 5],
      [1, 2],
    ],
    [
      [2, 3, 8],
      [1, 2],
    ],
    [[2, 3, 5], [1]],
    [[2, 3, 5], [2]],
    [[2, 3, 5], [3]],
    [[2, 3, 5], undefined],
  ])('of %j with shared sides %j', async (shape, sharedAxes) => {
    await expectParity({
      build: () =>
        tf.sequential({
          layers: [
            tf.layers.dense({ inputShape: shape, units: shape.at(-1)! }),
            tf.layers.prelu({
              ...(sharedAxes ? { sharedAxes } : {}),
              alphaInitializer: 'glorotUniform',
              alphaRegularizer: tf.regularizers.l2({ l2: 0.05 }),
            }),
            tf.layers.prelu({ sharedAxes: sharedAxes ?? [1], trainable: false, alphaInitializer: 'ones' }),
            tf.layers.dense({ units: 3 }),
          ],
        }),
    });
  });

  it('on the input and twice the same', async () => {
    await expectParity({
      build: () => {
        const input = tf.input({ shape: [2, 5] });
        const layer = tf.layers.prelu({ alphaInitializer: 'glorotUniform' });
        const out = layer.apply(layer.apply(input)) as tf.SymbolicTensor;
        return tf.model({
          inputs: input,
          outputs: tf.layers.dense({ units: 3 }).apply(out) as tf.SymbolicTensor,
        });
      },
    });
  });
});

describe('between layers that leave it the gradient of its input', () => {
  it.each(['relu', 'tanh', 'swish', 'softmax'] as const)('%s', async (activation) => {
    await expectParity({
      batch: 9,
      steps: 4,
      build: () => {
        const input = tf.input({ shape: [6, 6, 3] });
        const apply = (layer: tf.layers.Layer, x: tf.SymbolicTensor): tf.SymbolicTensor =>
          layer.apply(x) as tf.SymbolicTensor;
        // Without a bias, which has no gradient before a normalisation.
        const conv = (filters: number): tf.layers.Layer =>
          tf.layers.conv2d({ filters, kernelSize: 3, padding: 'same', useBias: false });
        const acts = (): tf.layers.Layer => tf.layers.activation({ activation });
        // A convolution, which wants a border around the gradient; then a normalisation.
        const first = apply(acts(), apply(conv(4), input));
        const second = apply(acts(), apply(tf.layers.batchNormalization(), apply(conv(5), first)));
        const pooled = apply(tf.layers.maxPooling2d({}), second);
        // Taken by two layers, or by an activation and as an output: not in place.
        const twice = apply(conv(2), pooled);
        const shown = apply(acts(), twice);
        const flat = apply(acts(), apply(tf.layers.flatten(), pooled));
        const dense = apply(acts(), apply(tf.layers.dense({ units: 3, activation: 'relu' }), flat));
        return tf.model({ inputs: input, outputs: [shown, twice, dense] });
      },
    });
  });
});
