import * as tf from '@tensorflow/tfjs';
import { padded } from '../../../../src/engine/plan/layout';
import { isKept } from '../../kernels/philox';
import { expectParity, type ParityCase } from '../parity';

type Args = Parameters<typeof tf.layers.lstm>[0];
type Activation = NonNullable<Args['activation']>;
type Make = (args: Args) => tf.layers.Layer;

const KINDS: [string, Make][] = [
  ['lstm', (args) => tf.layers.lstm(args)],
  ['gru', (args) => tf.layers.gru(args as Parameters<typeof tf.layers.gru>[0])],
  ['simpleRNN', (args) => tf.layers.simpleRNN(args as Parameters<typeof tf.layers.simpleRNN>[0])],
];

/** A recurrent layer on sequences of a few features, and a dense layer on what it gives. */
const model =
  (make: Make, args: Args, length = 5, features = 3) =>
  (): tf.LayersModel =>
    tf.sequential({
      layers: [
        make({ inputShape: [length, features], ...args }),
        tf.layers.dense({ units: 2, activation: 'tanh' }),
      ],
    });

describe.each(KINDS)('%s', (name, make) => {
  it.each<[number, number, number, number]>([
    [1, 1, 1, 1],
    [5, 3, 7, 13],
    [4, 8, 8, 16],
    [9, 17, 19, 6],
    [3, 2, 24, 33],
  ])('%i steps of %i features to %i units, batches of %i', async (length, features, units, batch) => {
    await expectParity({ batch, build: model(make, { units }, length, features) });
    await expectParity({ batch, build: model(make, { units, returnSequences: true }, length, features) });
  });

  it.each<[Activation, Activation]>([
    ['tanh', 'sigmoid'],
    ['tanh', 'hardSigmoid'],
    ['relu', 'hardSigmoid'],
    ['linear', 'sigmoid'],
    ['sigmoid', 'tanh'],
    ['hardSigmoid', 'linear'],
    ['tanh', 'relu'],
  ])('with %s, its gates with %s', async (activation, recurrentActivation) => {
    await expectParity({ build: model(make, { units: 6, activation, recurrentActivation } as Args) });
  });

  it.each<[string, Args]>([
    ['backwards', { units: 5, goBackwards: true }],
    ['backwards, every step', { units: 5, goBackwards: true, returnSequences: true }],
    ['without a bias', { units: 5, useBias: false }],
    ['of implementation 1', { units: 5, implementation: 1 }],
    ['frozen', { units: 5, trainable: false }],
    ['with the forget gate open at first', { units: 5, unitForgetBias: true }],
    [
      'with penalties, which TensorFlow.js leaves out',
      { units: 5, kernelRegularizer: 'l1l2', recurrentRegularizer: 'l1l2' },
    ],
  ])('%s', async (_, args) => {
    await expectParity({ build: model(make, args) });
  });

  it('after and before layers that learn, one on another', async () => {
    await expectParity({
      batch: 24,
      build: () =>
        tf.sequential({
          layers: [
            tf.layers.dense({ inputShape: [6, 4], units: 5, activation: 'tanh' }),
            make({ units: 7, returnSequences: true }),
            make({ units: 12, returnSequences: true, goBackwards: true }),
            make({ units: 3 }),
            tf.layers.dense({ units: 2 }),
          ],
        }),
    });
    await expectParity({
      input: (uniform) => Math.floor(uniform() * 20),
      optimizer: () => tf.train.adam(0.01),
      tolerance: 5e-4, // a division by the root of a small mean square makes rounding larger
      build: () =>
        tf.sequential({
          layers: [
            tf.layers.embedding({ inputDim: 20, outputDim: 5, inputLength: 7 }),
            make({ units: 9, returnSequences: true }),
            tf.layers.flatten(),
            tf.layers.dense({ units: 3, activation: 'softmax' }),
          ],
        }),
      losses: ['categoricalCrossentropy'],
    });
  });

  it('before a convolution that wants a border', async () => {
    await expectParity({
      build: () =>
        tf.sequential({
          layers: [
            make({ inputShape: [6, 3], units: 5, returnSequences: true }),
            tf.layers.conv1d({ filters: 4, kernelSize: 3, padding: 'same', activation: 'relu' }),
            tf.layers.globalMaxPooling1d({}),
            tf.layers.dense({ units: 2 }),
          ],
        }),
    });
  });

  it('used twice, read by two layers', async () => {
    await expectParity({
      losses: ['meanSquaredError', 'meanSquaredError', 'meanAbsoluteError'],
      build: () => {
        const shared = make({ units: 6, returnSequences: true });
        const inputs = [tf.input({ shape: [4, 3] }), tf.input({ shape: [4, 3] })];
        const [a, b] = inputs.map((input) => shared.apply(input) as tf.SymbolicTensor);
        const head = (x: tf.SymbolicTensor): tf.SymbolicTensor =>
          tf.layers.dense({ units: 2 }).apply(x) as tf.SymbolicTensor;
        return tf.model({ inputs, outputs: [head(a), head(b), head(a)] });
      },
    });
  });

  it.each([false, true])('with dropout, its numbers given to TensorFlow.js; a mask: %s', async (maskZero) => {
    const [rate, seed, count] = [0.4, 7, { lstm: 4, gru: 3, simpleRNN: 1 }[name]!];
    let calls = 0;
    const dropoutFunc = (ones: tf.Tensor): tf.Tensor => {
      const step = Math.floor(calls++ / count) + 1; // TensorFlow.js draws for each gate and uses the first
      const [n, features] = ones.shape;
      const keeps = (i: number): boolean =>
        isKept(Math.floor(i / features) * padded(features) + (i % features), Math.round(rate * 65536), {
          ...{ seed, step, stream: 0 },
        });
      const scale = 1 / (1 - Math.round(rate * 65536) / 65536);
      return tf.tensor2d(
        Float32Array.from({ length: n * features }, (_, i) => (keeps(i) ? scale : 0)),
        [n, features],
      );
    };
    await expectParity({
      seed,
      input: (uniform) => Math.floor(uniform() * 9),
      build: () =>
        tf.sequential({
          layers: [
            tf.layers.embedding({ inputDim: 9, outputDim: 5, inputLength: 6, maskZero }),
            make({ units: 5, dropout: rate, dropoutFunc } as Args),
            tf.layers.dense({ units: 2 }),
          ],
        }),
    });
    expect(calls).toBe(10 * count);
  });

  it('over letters as vectors with a single one', async () => {
    await expectParity({
      input: (uniform) => Number(uniform() < 1 / 40),
      build: model(make, { units: 12, returnSequences: true }, 6, 40),
    });
  });

  it('over 500 steps', async () => {
    await expectParity({
      batch: 5,
      steps: 3,
      tolerance: 5e-4, // rounding adds up over the steps
      build: model(make, { units: 5 }, 500, 2),
    });
  }, 120_000);

  describe('with a mask', () => {
    const masked =
      (args: Partial<Args>, maskZero = true) =>
      (): tf.LayersModel =>
        tf.sequential({
          layers: [
            tf.layers.embedding({ inputDim: 9, outputDim: 4, inputLength: 6, maskZero }),
            make({ units: 5, ...args }),
            tf.layers.dense({ units: 2 }),
          ],
        });
    const gaps: ParityCase['input'] = (uniform) => (uniform() < 0.4 ? 0 : 1 + Math.floor(uniform() * 8));

    it.each<[string, NonNullable<ParityCase['input']>]>([
      ['with gaps', gaps],
      ['of nothing', (uniform) => 1 + Math.floor(uniform() * 8)],
      ['of everything', () => 0],
    ])('%s', async (_, input) => {
      await expectParity({ input, build: masked({}) });
      await expectParity({ input, build: masked({ returnSequences: true }) });
      await expectParity({ input, build: masked({ goBackwards: true, returnSequences: true }) });
    });

    it('that goes through a dense layer and two recurrent ones', async () => {
      await expectParity({
        input: gaps,
        build: () =>
          tf.sequential({
            layers: [
              tf.layers.embedding({ inputDim: 9, outputDim: 4, inputLength: 6, maskZero: true }),
              tf.layers.dense({ units: 5, activation: 'tanh' }),
              make({ units: 5, returnSequences: true }),
              make({ units: 3 }),
              tf.layers.dense({ units: 2 }),
            ],
          }),
      });
    });

    it('of steps of a series', async () => {
      await expectParity({
        input: (uniform) => (uniform() < 0.7 ? 0 : uniform()),
        build: () =>
          tf.sequential({
            layers: [
              tf.layers.masking({ inputShape: [8, 2] }),
              make({ units: 5 }),
              tf.layers.dense({ units: 2 }),
            ],
          }),
      });
    });
  });
});
