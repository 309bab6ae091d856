import * as tf from '@tensorflow/tfjs';
import { graphOf } from '../../../../src/engine/plan/graph';
import { planLoss } from '../../../../src/engine/plan/losses';
import { planOptimizer } from '../../../../src/engine/plan/optimizers';
import { compilePlan } from '../../../../src/engine/plan/plan';
import { Unplannable } from '../../../../src/engine/plan/unplannable';
import { expectParity } from '../parity';

type Mode = 'concat' | 'sum' | 'mul' | 'ave';

const RECURRENT = {
  lstm: (args: Parameters<typeof tf.layers.lstm>[0]) => tf.layers.lstm(args),
  gru: (args: Parameters<typeof tf.layers.lstm>[0]) =>
    tf.layers.gru({ ...args, recurrentActivation: 'sigmoid' } as Parameters<typeof tf.layers.gru>[0]),
  simpleRNN: (args: Parameters<typeof tf.layers.lstm>[0]) =>
    tf.layers.simpleRNN(args as Parameters<typeof tf.layers.simpleRNN>[0]),
};
type Kind = keyof typeof RECURRENT;
const KINDS = Object.keys(RECURRENT) as Kind[];
const MODES: Mode[] = ['concat', 'sum', 'mul', 'ave'];

const planFor = (model: tf.LayersModel) =>
  compilePlan({
    graph: graphOf(model),
    losses: model.outputs.map(() => planLoss('meanSquaredError')),
    optimizer: planOptimizer(tf.train.sgd(0.1)),
    batch: 2,
    threads: 1,
  });

describe('bidirectional', () => {
  it.each(KINDS.flatMap((kind) => MODES.map((mode) => [kind, mode] as const)))(
    '%s, %s',
    async (kind, mergeMode) => {
      for (const [returnSequences, units] of [
        [false, 5],
        [true, 5],
        [true, 8],
      ] as const) {
        await expectParity({
          steps: 4,
          build: () =>
            tf.sequential({
              layers: [
                tf.layers.dense({ inputShape: [4, 3], units: 3, activation: 'tanh' }),
                tf.layers.bidirectional({
                  layer: RECURRENT[kind]({ units, returnSequences }) as tf.RNN,
                  mergeMode,
                }),
                tf.layers.dense({ units: 2 }),
              ],
            }),
        });
      }
    },
  );

  it('with a mask, one on another, both directions apart', async () => {
    await expectParity({
      input: (uniform) => (uniform() < 0.4 ? 0 : 1 + Math.floor(uniform() * 8)),
      build: () =>
        tf.sequential({
          layers: [
            tf.layers.embedding({ inputDim: 9, outputDim: 4, inputLength: 6, maskZero: true }),
            tf.layers.bidirectional({
              layer: RECURRENT.lstm({ units: 5, returnSequences: true }) as tf.RNN,
              mergeMode: 'concat',
            }),
            tf.layers.bidirectional({ layer: RECURRENT.gru({ units: 3 }) as tf.RNN, mergeMode: 'concat' }),
            tf.layers.dense({ units: 2 }),
          ],
        }),
    });
    await expectParity({
      build: () => {
        const input = tf.input({ shape: [4, 3] });
        const both = tf.layers
          .bidirectional({
            layer: RECURRENT.lstm({ units: 3, returnSequences: true }) as tf.RNN,
            mergeMode: null as unknown as Mode,
          })
          .apply(input) as tf.SymbolicTensor[];
        return tf.model({
          inputs: input,
          outputs: both.map((x) => tf.layers.dense({ units: 2 }).apply(x) as tf.SymbolicTensor),
        });
      },
    });
  });

  it('frozen, and of a layer that goes backwards, which has no kernel', async () => {
    const model = (args: object) => (): tf.LayersModel =>
      tf.sequential({
        layers: [
          tf.layers.bidirectional({
            layer: RECURRENT.lstm({ units: 3, ...args }) as tf.RNN,
            mergeMode: 'concat',
            inputShape: [4, 3],
          }),
          tf.layers.dense({ units: 2 }),
        ],
      });
    await expectParity({ build: model({ trainable: false }) });
    expect(() => planFor(model({ goBackwards: true })())).toThrow(Unplannable);
  });
});

it.each([1, 3, 6])('bidirectional, %i units of a GRU read and written backwards', async (units) => {
  // A step back was as long as a row of its gates, which a block of rows was divided by.
  await expectParity({
    steps: 3,
    build: () =>
      tf.sequential({
        layers: [
          tf.layers.bidirectional({
            layer: tf.layers.gru({ units, returnSequences: true }) as tf.RNN,
            mergeMode: 'concat',
            inputShape: [2, 3],
          }),
          tf.layers.dense({ units: 2 }),
        ],
      }),
  });
});

describe('time-distributed', () => {
  it.each<[string, () => tf.layers.Layer, number[]]>([
    ['dense', () => tf.layers.dense({ units: 5, activation: 'tanh' }), [4, 3]],
    ['dense, a penalty on it', () => tf.layers.dense({ units: 5, kernelRegularizer: 'l1l2' }), [4, 3]],
    ['activation', () => tf.layers.activation({ activation: 'softmax' }), [4, 3]],
    ['flatten', () => tf.layers.flatten(), [4, 3, 2]],
    ['reshape', () => tf.layers.reshape({ targetShape: [3, 2] }), [4, 6]],
  ])('%s', async (_, layer, inputShape) => {
    await expectParity({
      build: () =>
        tf.sequential({
          layers: [
            tf.layers.dense({ inputShape, units: inputShape[inputShape.length - 1], activation: 'tanh' }),
            tf.layers.timeDistributed({ layer: layer() }),
            tf.layers.flatten(),
            tf.layers.dense({ units: 2 }),
          ],
        }),
    });
  });

  it('gives each step a probability', async () => {
    await expectParity({
      losses: ['categoricalCrossentropy'],
      build: () =>
        tf.sequential({
          layers: [
            RECURRENT.lstm({ inputShape: [4, 3], units: 5, returnSequences: true }),
            tf.layers.timeDistributed({ layer: tf.layers.dense({ units: 3, activation: 'softmax' }) }),
          ],
        }),
    });
  });

  it('has no kernel for layers that look at more than the last side', () => {
    const model = tf.sequential({
      layers: [
        tf.layers.timeDistributed({
          layer: tf.layers.conv1d({ filters: 2, kernelSize: 2 }),
          inputShape: [3, 4, 2],
        }),
      ],
    });
    expect(() => planFor(model)).toThrow(/Conv1D have no kernel for each step alone/);
  });
});

describe('layers of class RNN', () => {
  it('of one cell', async () => {
    await expectParity({
      build: () =>
        tf.sequential({
          layers: [
            tf.layers.rnn({ cell: tf.layers.gruCell({ units: 5 }), inputShape: [4, 3] }),
            tf.layers.dense({ units: 2 }),
          ],
        }),
    });
  });

  it.each([
    ['the last step', { returnSequences: false }],
    ['every step', { returnSequences: true }],
    ['every step, backwards', { returnSequences: true, goBackwards: true }],
  ])('of a stack of cells, %s', async (_, args) => {
    await expectParity({
      input: (uniform) => (uniform() < 0.4 ? 0 : 1 + Math.floor(uniform() * 8)),
      build: () =>
        tf.sequential({
          layers: [
            tf.layers.embedding({ inputDim: 9, outputDim: 4, inputLength: 5, maskZero: true }),
            tf.layers.rnn({
              cell: [
                tf.layers.lstmCell({ units: 4 }),
                tf.layers.gruCell({ units: 9 }),
                tf.layers.simpleRNNCell({ units: 3 }),
              ],
              ...args,
            }),
            tf.layers.dense({ units: 2 }),
          ],
        }),
    });
  });
});

describe('states handed from layer to layer', () => {
  it.each(KINDS)('%s: an encoder whose state a decoder begins with', async (kind) => {
    await expectParity({
      build: () => {
        const inputs = [tf.input({ shape: [3, 2] }), tf.input({ shape: [4, 2] })];
        // What the last step gives is the first state too: TensorFlow.js throws in inference where both are used.
        const [, ...states] = RECURRENT[kind]({ units: 5, returnState: true }).apply(
          inputs[0],
        ) as tf.SymbolicTensor[];
        const decoded = RECURRENT[kind]({ units: 5, returnSequences: true }).apply(inputs[1], {
          initialState: states,
        }) as tf.SymbolicTensor;
        const outputs = tf.layers.dense({ units: 2 }).apply(decoded) as tf.SymbolicTensor;
        return tf.model({ inputs, outputs });
      },
    });
  });

  it('of every step and after the last one, with a mask', async () => {
    await expectParity({
      input: (uniform) => (uniform() < 0.4 ? 0 : 1 + Math.floor(uniform() * 8)),
      build: () => {
        const inputs = [tf.input({ shape: [5] }), tf.input({ shape: [4] })];
        const embed = tf.layers.embedding({ inputDim: 9, outputDim: 4, maskZero: true });
        const [x, y] = inputs.map((input) => embed.apply(input) as tf.SymbolicTensor);
        const [encoded, h, c] = RECURRENT.lstm({ units: 6, returnState: true, returnSequences: true }).apply(
          x,
        ) as tf.SymbolicTensor[];
        const decoded = RECURRENT.lstm({ units: 6 }).apply(y, { initialState: [h, c] }) as tf.SymbolicTensor;
        const outputs = [encoded, decoded, c].map(
          (value) => tf.layers.dense({ units: 2 }).apply(value) as tf.SymbolicTensor,
        );
        return tf.model({ inputs, outputs });
      },
    });
  });
});

describe('recurrent layers without kernels', () => {
  it.each<[string, () => tf.layers.Layer, RegExp]>([
    [
      'stateful',
      () => tf.layers.lstm({ units: 3, stateful: true, batchInputShape: [2, 4, 3] }),
      /a state that outlives its batch/,
    ],
    [
      'with dropout of a bare cell',
      () => tf.layers.rnn({ cell: tf.layers.gruCell({ units: 3, dropout: 0.5 }), inputShape: [4, 3] }),
      /dropout of bare cells but once/,
    ],
    [
      'with dropout of the state',
      () => tf.layers.simpleRNN({ units: 3, recurrentDropout: 0.5, inputShape: [4, 3] }),
      /dropout of the state/,
    ],
    [
      'with another activation',
      () => tf.layers.lstm({ units: 3, activation: 'softsign', inputShape: [4, 3] }),
      /no recurrent kernel for activation "softsign"/,
    ],
  ])('%s', (_, layer, message) => {
    const model = tf.sequential({ layers: [layer()] });
    expect(() => planFor(model)).toThrow(message);
    expect(() => planFor(model)).toThrow(Unplannable);
  });
});
