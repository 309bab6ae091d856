import * as tf from '@tensorflow/tfjs';
import { InputError } from '../../../../src/core/input-error';
import { graphOf } from '../../../../src/engine/plan/graph';
import { planLoss } from '../../../../src/engine/plan/losses';
import { planOptimizer } from '../../../../src/engine/plan/optimizers';
import { compilePlan } from '../../../../src/engine/plan/plan';
import { expectParity } from '../parity';

const tokens =
  (below: number) =>
  (uniform: () => number): number =>
    Math.floor(uniform() * below);

describe('embedding', () => {
  it.each([
    [5, 3, 4, 13],
    [50, 16, 9, 32],
    [1, 1, 1, 1],
    [300, 8, 2, 40],
  ])('of %i tokens to %i numbers, %i of them, batches of %i', async (inputDim, outputDim, length, batch) => {
    await expectParity({
      batch,
      input: tokens(inputDim),
      build: () =>
        tf.sequential({
          layers: [
            tf.layers.embedding({ inputDim, outputDim, inputLength: length }),
            tf.layers.flatten(),
            tf.layers.dense({ units: 3, activation: 'tanh' }),
          ],
        }),
    });
  });

  it.each<[string, () => tf.Optimizer]>([
    ['adam', () => tf.train.adam(0.01)],
    ['momentum', () => tf.train.momentum(0.05, 0.9)],
    ['rmsprop', () => tf.train.rmsprop(0.01)],
  ])('with %s: rows without a token move on too', async (_, optimizer) => {
    await expectParity({
      optimizer,
      tolerance: 5e-4,
      input: (uniform) => Math.floor(uniform() ** 3 * 90), // the last ones are rare
      build: () =>
        tf.sequential({
          layers: [
            tf.layers.embedding({ inputDim: 90, outputDim: 6, inputLength: 3 }),
            tf.layers.flatten(),
            tf.layers.dense({ units: 2 }),
          ],
        }),
    });
  });

  it.each<[string, object, number, (uniform: () => number) => number]>([
    ['cut into slices', {}, 2, tokens(40)],
    [
      'with a penalty, cut into slices',
      { embeddingsRegularizer: tf.regularizers.l1l2({ l1: 0.001, l2: 0.01 }) },
      2,
      tokens(40),
    ],
    ['frozen', { trainable: false }, 1, tokens(40)],
    ['of fractions, which are cut to whole numbers', {}, 2, (uniform) => uniform() * 39.9],
  ])('%s', async (_, args, least, input) => {
    const { slices } = await expectParity({
      batch: 33,
      steps: 4,
      input,
      build: () =>
        tf.sequential({
          layers: [
            tf.layers.embedding({ inputDim: 40, outputDim: 24, inputLength: 10, ...args }),
            tf.layers.flatten(),
            tf.layers.dense({ units: 24, activation: 'relu' }),
            tf.layers.dense({ units: 3 }),
          ],
        }),
    });
    expect(slices).toBeGreaterThanOrEqual(least);
  });

  it.each<[string, () => tf.layers.Layer[]]>([
    ['averaged', () => [tf.layers.globalAveragePooling1d({})]],
    [
      'before a convolution that wants a border',
      () => [
        tf.layers.conv1d({ filters: 5, kernelSize: 3, padding: 'same', activation: 'relu' }),
        tf.layers.flatten(),
      ],
    ],
  ])('%s', async (_, after) => {
    await expectParity({
      input: tokens(11),
      build: () =>
        tf.sequential({
          layers: [
            tf.layers.embedding({ inputDim: 11, outputDim: 6, inputLength: 7 }),
            ...after(),
            tf.layers.dense({ units: 2 }),
          ],
        }),
    });
  });

  it('of two sides', async () => {
    await expectParity({
      input: tokens(11),
      build: () =>
        tf.sequential({
          layers: [
            tf.layers.embedding({ inputShape: [3, 5], inputDim: 11, outputDim: 4 }),
            tf.layers.dense({ units: 3, activation: 'tanh' }),
            tf.layers.flatten(),
            tf.layers.dense({ units: 2 }),
          ],
        }),
    });
  });

  it('averaged over two sides, cut into slices', async () => {
    const { slices } = await expectParity({
      batch: 33,
      steps: 4,
      input: tokens(9),
      build: () =>
        tf.sequential({
          layers: [
            tf.layers.embedding({ inputShape: [2, 3], inputDim: 9, outputDim: 12 }),
            tf.layers.globalAveragePooling2d({}),
            tf.layers.dense({ units: 90, activation: 'relu' }),
            tf.layers.dense({ units: 2 }),
          ],
        }),
    });
    expect(slices).toBeGreaterThan(1);
  });

  it('averaged, and read by another layer too', async () => {
    await expectParity({
      input: tokens(11),
      build: () => {
        const input = tf.input({ shape: [6] });
        const read = tf.layers.embedding({ inputDim: 11, outputDim: 5 }).apply(input) as tf.SymbolicTensor;
        const poolings = [tf.layers.globalAveragePooling1d({}), tf.layers.globalMaxPooling1d({})];
        const pooled = poolings.map((layer) => layer.apply(read) as tf.SymbolicTensor);
        const both = tf.layers.concatenate().apply(pooled);
        return tf.model({
          inputs: input,
          outputs: tf.layers.dense({ units: 2 }).apply(both) as tf.SymbolicTensor,
        });
      },
    });
  });

  it('used twice, read by two layers', async () => {
    await expectParity({
      input: tokens(11),
      losses: ['meanSquaredError', 'meanSquaredError', 'meanAbsoluteError'],
      build: () => {
        const shared = tf.layers.embedding({ inputDim: 11, outputDim: 5 });
        const inputs = [tf.input({ shape: [4] }), tf.input({ shape: [6] })];
        const [a, b] = inputs.map((input) => shared.apply(input) as tf.SymbolicTensor);
        const head = (x: tf.SymbolicTensor): tf.SymbolicTensor =>
          tf.layers.dense({ units: 2 }).apply(tf.layers.flatten().apply(x)) as tf.SymbolicTensor;
        return tf.model({ inputs, outputs: [head(a), head(b), head(a)] });
      },
    });
  });

  it('refuses tokens that are not in the table, and goes on after that', async () => {
    await tf.setBackend('cpu');
    const model = tf.sequential({
      layers: [
        tf.layers.embedding({ inputDim: 7, outputDim: 3, inputLength: 2, name: 'words' }),
        tf.layers.flatten(),
        tf.layers.dense({ units: 1 }),
      ],
    });
    const plan = compilePlan({
      graph: graphOf(model),
      losses: [planLoss('meanSquaredError')],
      optimizer: planOptimizer(tf.train.adam(0.1)),
      batch: 2,
      threads: 1,
    });
    plan.readWeights();
    const inputs = [Float32Array.of(0, 6, 1, 7, -1, 2, NaN, 3)];
    const data = plan.load({ n: 4, inputs, targets: [new Float32Array(4)] });
    expect(() => plan.step(data, [0])).not.toThrow();
    expect(() => plan.step(data, [0, 1])).toThrow(InputError);
    expect(() => plan.step(data, [2])).toThrow(
      'words: "tokens" must be whole numbers from 0 to 6; got -1. ' +
        'Give the embedding an inputDim larger than the largest token.',
    );
    expect(() => plan.step(data, [3])).toThrow(/got NaN/);
    expect(() => plan.infer(data, [1])).toThrow(/got 7/);
    expect(Number.isFinite(plan.step(data, [0]))).toBe(true);
    plan.dispose();
  });
});
