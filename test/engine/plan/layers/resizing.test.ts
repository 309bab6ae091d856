import * as tf from '@tensorflow/tfjs';
import { graphOf } from '../../../../src/engine/plan/graph';
import { planLoss } from '../../../../src/engine/plan/losses';
import { planOptimizer } from '../../../../src/engine/plan/optimizers';
import { compilePlan } from '../../../../src/engine/plan/plan';
import { Unplannable } from '../../../../src/engine/plan/unplannable';
import { difference, expectParity } from '../parity';

type Conv2D = Parameters<typeof tf.layers.conv2d>[0];

/** A layer between two that give and take gradients; what comes out is taken twice, once with a border. */
const framed = (
  layer: tf.layers.Layer,
  inputShape: number[],
  activation: 'relu' | 'tanh',
): tf.LayersModel => {
  const input = tf.input({ shape: inputShape });
  const before = tf.layers.dense({ units: inputShape[2], activation }).apply(input) as tf.SymbolicTensor;
  const changed = layer.apply(before) as tf.SymbolicTensor;
  const after = tf.layers
    .conv2d({ filters: 2, kernelSize: 3, padding: 'same' })
    .apply(changed) as tf.SymbolicTensor;
  const beside = tf.layers.dense({ units: 2 }).apply(changed) as tf.SymbolicTensor;
  const under = tf.layers.dense({ units: 1 }).apply(before) as tf.SymbolicTensor;
  return tf.model({ inputs: input, outputs: [after, beside, under] });
};

describe.each(['relu', 'tanh'] as const)('after %s', (activation) => {
  it.each<[string, () => tf.layers.Layer, number[]]>([
    ['zeroPadding2d', () => tf.layers.zeroPadding2d({}), [3, 4, 3]],
    [
      'zeroPadding2d, uneven',
      () =>
        tf.layers.zeroPadding2d({
          padding: [
            [0, 2],
            [3, 1],
          ],
        }),
      [3, 2, 8],
    ],
    ['cropping2d', () => tf.layers.cropping2D({ cropping: [1, 2] as never }), [5, 6, 3]],
    [
      'cropping2d, uneven',
      () =>
        tf.layers.cropping2D({
          cropping: [
            [0, 2],
            [1, 0],
          ],
        }),
      [5, 4, 8],
    ],
  ])('%s', async (_, layer, inputShape) => {
    await expectParity({ steps: 4, batch: 9, build: () => framed(layer(), inputShape, activation) });
  });
});

// The gradient of TensorFlow.js 4.22 on its plain backend is right for the first example of a batch alone: it looks for those of
// the others at the wrong place. So single examples are compared with it, and batches with the mean of their examples.
describe('upSampling2d', () => {
  it.each<[[number, number], number[]]>([
    [
      [2, 2],
      [3, 4, 8],
    ],
    [
      [3, 1],
      [2, 3, 5],
    ],
  ])('by %j', async (size, inputShape) => {
    const build = (): tf.LayersModel => framed(tf.layers.upSampling2d({ size }), inputShape, 'relu');
    await expectParity({ batch: 1, build });
    const model = build();
    const plan = compilePlan({
      graph: graphOf(model),
      losses: [1, 2, 3].map(() => planLoss('meanSquaredError')),
      optimizer: planOptimizer(tf.train.sgd(0)),
      batch: 3,
      threads: 1,
    });
    plan.readWeights();
    const numbers = (of: { shape: readonly (number | null)[] }[]): Float32Array[] =>
      of.map(({ shape }) =>
        Float32Array.from({ length: 3 * shape.slice(1).reduce<number>((a, b) => a * b!, 1) }, (_, i) =>
          Math.sin(i * i),
        ),
      );
    const data = plan.load({ n: 3, inputs: numbers(model.inputs), targets: numbers(model.outputs) });
    const gradientOf = (rows: number[]): Float32Array[] => {
      plan.step(data, rows);
      return plan.params.map((param) => plan.gradient(param));
    };
    const single = [0, 1, 2].map((row) => gradientOf([row]));
    gradientOf([0, 1, 2]).forEach((gradient, i) => {
      const mean = gradient.map((_, j) => single.reduce((sum, each) => sum + each[i][j], 0) / 3);
      // The three may cancel: what is lost is a share of theirs, not of what is left.
      const largest = Math.max(...single.flatMap((each) => Array.from(each[i], Math.abs)));
      expect(difference(gradient, mean, largest)).toBeLessThan(1e-5);
    });
    plan.dispose();
  });
});

describe('conv2dTranspose', () => {
  it.each<[Conv2D, number[]]>([
    [{ filters: 5, kernelSize: 3, padding: 'same', activation: 'relu' }, [4, 3, 8]],
    [{ filters: 8, kernelSize: 3, strides: 2, padding: 'same', activation: 'tanh' }, [3, 4, 3]],
    [{ filters: 3, kernelSize: [2, 4], strides: 2, activation: 'relu' }, [3, 3, 10]],
    [{ filters: 4, kernelSize: 2, strides: [3, 1], useBias: false }, [2, 4, 1]],
    [{ filters: 4, kernelSize: [1, 2], strides: [2, 3], activation: 'relu' }, [3, 2, 8]],
    [{ filters: 4, kernelSize: 3, trainable: false, activation: 'relu' }, [2, 4, 4]],
  ])('%j over %j', async (args, inputShape) => {
    await expectParity({
      steps: 4,
      batch: 9,
      build: () => framed(tf.layers.conv2dTranspose(args), inputShape, 'relu'),
    });
  });

  it('over the input itself, two after each other', async () => {
    await expectParity({
      steps: 4,
      build: () =>
        tf.sequential({
          layers: [
            tf.layers.conv2dTranspose({
              inputShape: [2, 3, 3],
              filters: 4,
              kernelSize: 3,
              strides: 2,
              activation: 'relu',
            }),
            tf.layers.conv2dTranspose({ filters: 2, kernelSize: 2, strides: 2, padding: 'same' }),
          ],
        }),
    });
  });
});

it('refuses bilinear up-sampling and sizes whose places TensorFlow.js rounds', () => {
  const plan = (args: Parameters<typeof tf.layers.upSampling2d>[0]): unknown =>
    compilePlan({
      graph: graphOf(tf.sequential({ layers: [tf.layers.upSampling2d({ ...args, inputShape: [2, 2, 1] })] })),
      losses: [planLoss('meanSquaredError')],
      optimizer: planOptimizer(tf.train.sgd(0.1)),
      batch: 2,
      threads: 1,
    });
  expect(() => plan({ interpolation: 'bilinear' })).toThrow(Unplannable);
  expect(() => plan({ size: [49, 1] })).toThrow(Unplannable); // 49 · (1 / 49) is less than 1
});
