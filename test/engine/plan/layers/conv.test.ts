import * as tf from '@tensorflow/tfjs';
import { random } from '../../../../src/core/random';
import { graphOf } from '../../../../src/engine/plan/graph';
import { planLoss } from '../../../../src/engine/plan/losses';
import { planOptimizer } from '../../../../src/engine/plan/optimizers';
import { compilePlan, type Plan } from '../../../../src/engine/plan/plan';
import { Unplannable } from '../../../../src/engine/plan/unplannable';
import { withSeededRandom } from '../../../../src/engine/with-seeded-random';
import { difference, expectParity } from '../parity';

type Conv2D = Parameters<typeof tf.layers.conv2d>[0];
type Conv1D = Parameters<typeof tf.layers.conv1d>[0];

/** Two convolutions, so that the second one's input gradient is used too. */
const images = (first: Conv2D, second: Conv2D, inputShape: number[]): tf.LayersModel =>
  tf.sequential({
    layers: [
      tf.layers.conv2d({ ...first, inputShape }),
      tf.layers.conv2d(second),
      tf.layers.flatten(),
      tf.layers.dense({ units: 3 }),
    ],
  });

const sequences = (first: Conv1D, second: Conv1D, inputShape: number[]): tf.LayersModel =>
  tf.sequential({
    layers: [
      tf.layers.conv1d({ ...first, inputShape }),
      tf.layers.conv1d(second),
      tf.layers.flatten(),
      tf.layers.dense({ units: 3 }),
    ],
  });

describe('conv2d', () => {
  it.each<[string, Conv2D, Conv2D, number[]]>([
    [
      'valid, one channel',
      { filters: 5, kernelSize: 3, activation: 'relu' },
      { filters: 4, kernelSize: 3 },
      [7, 8, 1],
    ],
    [
      'same, with a border',
      { filters: 8, kernelSize: 3, padding: 'same', activation: 'relu' },
      { filters: 6, kernelSize: 3, padding: 'same', activation: 'tanh' },
      [6, 5, 3],
    ],
    [
      'even kernels, same',
      { filters: 3, kernelSize: [2, 4], padding: 'same', activation: 'relu' },
      { filters: 16, kernelSize: [4, 2], padding: 'same' },
      [5, 7, 2],
    ],
    [
      'stride 2, valid, rows that no window covers',
      { filters: 9, kernelSize: 3, padding: 'same', activation: 'sigmoid' },
      { filters: 7, kernelSize: 3, strides: 2, activation: 'relu' },
      [8, 6, 2],
    ],
    [
      'stride 2, same',
      { filters: 8, kernelSize: 3, strides: 2, padding: 'same', activation: 'relu' },
      { filters: 5, kernelSize: 3, strides: [2, 1], padding: 'same', activation: 'elu' },
      [9, 8, 3],
    ],
    [
      'strides larger than the kernel',
      { filters: 8, kernelSize: 2, padding: 'same', activation: 'relu' },
      { filters: 5, kernelSize: [1, 2], strides: [3, 4], activation: 'selu' },
      [8, 9, 4],
    ],
    [
      'one by one',
      { filters: 12, kernelSize: 1, activation: 'relu' },
      { filters: 4, kernelSize: 1, activation: 'swish', useBias: false },
      [4, 3, 10],
    ],
    [
      'one by one, with strides',
      { filters: 8, kernelSize: 3, activation: 'relu' },
      { filters: 4, kernelSize: 1, strides: [2, 3], activation: 'relu' },
      [7, 9, 2],
    ],
    [
      'a kernel as large as the image',
      { filters: 6, kernelSize: 3, padding: 'same', activation: 'softplus' },
      { filters: 4, kernelSize: [5, 4] },
      [5, 4, 8],
    ],
    [
      'penalties, frozen',
      { filters: 6, kernelSize: 3, trainable: false, activation: 'relu' },
      { filters: 4, kernelSize: 3, kernelRegularizer: tf.regularizers.l2({ l2: 0.02 }) },
      [6, 6, 3],
    ],
    [
      'frozen above a trained one',
      { filters: 6, kernelSize: 3, activation: 'mish' },
      { filters: 4, kernelSize: 3, trainable: false, activation: 'softmax' },
      [6, 6, 3],
    ],
  ])('%s', async (_, first, second, shape) => {
    await expectParity({ steps: 6, build: () => images(first, second, shape) });
  });

  it('in batches of one and of many', async () => {
    const build = (): tf.LayersModel =>
      images(
        { filters: 4, kernelSize: 3, padding: 'same', activation: 'relu' },
        { filters: 8, kernelSize: 2 },
        [5, 4, 1],
      );
    await expectParity({ batch: 1, build });
    const { slices } = await expectParity({
      batch: 12,
      steps: 3, // TensorFlow.js takes seconds for each
      build: () =>
        images(
          { filters: 16, kernelSize: 3, activation: 'relu' },
          { filters: 16, kernelSize: 3, activation: 'relu' },
          [8, 7, 4],
        ),
    });
    expect(slices).toBeGreaterThan(1);
  });

  it('used twice, its value taken by several layers with borders of different widths', async () => {
    await expectParity({
      batch: 5,
      steps: 6,
      build: () => {
        const input = tf.input({ shape: [5, 4, 4] });
        const shared = tf.layers.conv2d({ filters: 4, kernelSize: 3, padding: 'same', activation: 'relu' });
        const once = shared.apply(input) as tf.SymbolicTensor;
        const twice = shared.apply(once) as tf.SymbolicTensor;
        const wide = tf.layers
          .conv2d({ filters: 3, kernelSize: 5, padding: 'same', activation: 'relu' })
          .apply(once) as tf.SymbolicTensor;
        const narrow = tf.layers.dense({ units: 2 }).apply(once) as tf.SymbolicTensor;
        const end = (x: tf.SymbolicTensor): tf.SymbolicTensor =>
          tf.layers
            .dense({ units: 2 })
            .apply(tf.layers.flatten().apply(x) as tf.SymbolicTensor) as tf.SymbolicTensor;
        return tf.model({ inputs: input, outputs: [end(twice), end(wide), end(narrow)] });
      },
    });
  });

  it('over single pixels and lines that are mostly zeros', async () => {
    await expectParity({
      steps: 4,
      input: (uniform) => (uniform() < 0.1 ? 4 * uniform() - 2 : 0),
      build: () =>
        tf.sequential({
          layers: [
            tf.layers.conv2d({ inputShape: [5, 4, 33], filters: 40, kernelSize: 1, activation: 'relu' }),
            tf.layers.conv2d({ filters: 16, kernelSize: [1, 3], padding: 'same', activation: 'relu' }),
            tf.layers.conv2d({ filters: 8, kernelSize: 1, strides: 2, activation: 'relu' }),
          ],
        }),
    });
  });

  it('between dense layers and reshapes', async () => {
    await expectParity({
      build: () =>
        tf.sequential({
          layers: [
            tf.layers.dense({ inputShape: [10], units: 60, activation: 'relu' }),
            tf.layers.reshape({ targetShape: [5, 4, 3] }),
            tf.layers.conv2d({ filters: 8, kernelSize: 3, padding: 'same', activation: 'relu' }),
            tf.layers.activation({ activation: 'tanh' }),
            tf.layers.conv2d({ filters: 8, kernelSize: 2, activation: 'relu' }),
            tf.layers.reshape({ targetShape: [12, 8] }),
            tf.layers.conv1d({ filters: 3, kernelSize: 3, activation: 'relu' }),
          ],
        }),
    });
  });

  it('refuses what has no kernel', () => {
    const plan = (layer: Conv2D): unknown =>
      compile(tf.sequential({ layers: [tf.layers.conv2d({ ...layer, inputShape: [4, 6, 5] })] }));
    expect(() => plan({ filters: 2, kernelSize: 3, dataFormat: 'channelsFirst' })).toThrow(Unplannable);
    expect(() => plan({ filters: 2, kernelSize: 3, padding: 'causal' })).toThrow(Unplannable);
  });
});

describe('conv1d', () => {
  it.each<[string, Conv1D, Conv1D, number[]]>([
    ['valid', { filters: 16, kernelSize: 5, activation: 'relu' }, { filters: 8, kernelSize: 5 }, [23, 4]],
    [
      'same',
      { filters: 5, kernelSize: 4, padding: 'same', activation: 'relu' },
      { filters: 8, kernelSize: 3, padding: 'same', activation: 'tanh' },
      [11, 1],
    ],
    [
      'with strides',
      { filters: 8, kernelSize: 3, strides: 2, padding: 'same', activation: 'relu' },
      { filters: 8, kernelSize: 3, strides: 3, activation: 'gelu' },
      [20, 3],
    ],
  ])('%s', async (_, first, second, shape) => {
    await expectParity({ build: () => sequences(first, second, shape) });
  });
});

const compile = (model: tf.LayersModel): Plan => {
  const plan = compilePlan({
    graph: graphOf(model),
    losses: ['meanSquaredError'].map((name) => planLoss(name)),
    optimizer: planOptimizer(tf.train.sgd(0.1)),
    batch: 5,
    threads: 1,
  });
  plan.readWeights();
  return plan;
};

// TensorFlow.js trains no dilated convolution and runs no causal one. A dilated kernel is one with zeros between its taps, a
// causal convolution one over a sequence with zeros before it; those agree with TensorFlow.js by the tests above.
describe.each<[string, Conv1D & Conv2D, number[]]>([
  ['dilated, valid', { filters: 5, kernelSize: 3, dilationRate: 2, padding: 'valid' }, [9, 8, 3]],
  ['dilated, same', { filters: 8, kernelSize: [2, 3], dilationRate: [3, 2], padding: 'same' }, [7, 9, 8]],
  ['dilated sequence', { filters: 8, kernelSize: 3, dilationRate: 4, padding: 'same' }, [19, 4]],
  ['causal', { filters: 8, kernelSize: 3, padding: 'causal' }, [12, 2]],
  ['causal and dilated', { filters: 3, kernelSize: 2, dilationRate: 3, padding: 'causal' }, [12, 8]],
])('%s', (_, args, inputShape) => {
  it('is the convolution with zeros between its taps', () => {
    const sequence = inputShape.length === 2;
    const channels = 4;
    const sides = sequence ? 1 : 2;
    const each = (value: number | number[]): number[] =>
      typeof value === 'number' ? new Array<number>(sides).fill(value) : value;
    const kernel = each(args.kernelSize as number | number[]);
    const rate = each((args.dilationRate ?? 1) as number | number[]);
    const reach = kernel.map((k, i) => (k - 1) * rate[i]);
    const causal = args.padding === 'causal';
    const model = (settings: Conv1D & Conv2D, zeros: number): tf.LayersModel => {
      const make = sequence ? tf.layers.conv1d : (tf.layers.conv2d as typeof tf.layers.conv1d);
      const input = tf.input({ shape: zeros ? [inputShape[0] + zeros, inputShape[1]] : inputShape });
      // Its gradient shows whether the one of the input is right. It leaves zeros as they are.
      const first = tf.layers.dense({ units: channels, useBias: false, activation: 'tanh' });
      const y = make(settings).apply(first.apply(input)) as tf.SymbolicTensor;
      return tf.model({ inputs: input, outputs: y });
    };
    const stream = random(3);
    const dilated = withSeededRandom(random(1), () => model({ ...args, activation: 'relu' }, 0));
    const plainly: Conv1D & Conv2D = {
      ...args,
      activation: 'relu',
      dilationRate: 1,
      kernelSize: reach.map((r) => r + 1),
      padding: causal ? 'valid' : args.padding!,
    };
    const spread = model(plainly, causal ? reach[0] : 0);
    const [first, taps, bias] = dilated.getWeights();
    const wide = tf.tidy(() => {
      const shape = [...kernel, channels, args.filters];
      const places = tf.buffer([...reach.map((r) => r + 1), channels, args.filters]);
      const values = tf.buffer(shape, 'float32', taps.dataSync() as Float32Array);
      for (let i = 0; i < values.size; i++) {
        const at = values.indexToLoc(i);
        places.set(values.get(...at), ...at.map((k, side) => (side < sides ? k * rate[side] : k)));
      }
      return places.toTensor();
    });
    spread.setWeights([first, wide, bias]);
    const plans = [dilated, spread].map(compile);
    const n = 5;
    const size = inputShape.reduce((a, b) => a * b);
    const x = Float32Array.from({ length: n * size }, () => stream.next() * 2 - 1);
    const outputs = dilated.outputs[0].shape.slice(1).reduce<number>((a, b) => a * b!, 1);
    const targets = [Float32Array.from({ length: n * outputs }, () => stream.next())];
    const before = causal ? reach[0] * inputShape[1] : 0;
    const longer = new Float32Array(n * (size + before));
    for (let i = 0; i < n; i++)
      longer.set(x.subarray(i * size, (i + 1) * size), i * (size + before) + before);
    const data = [x, longer].map((block, i) => plans[i].load({ n, inputs: [block], targets }));
    const rows = [0, 1, 2, 3, 4];
    const losses = plans.map((plan, i) => plan.step(data[i], rows));
    expect(losses[0]).toBeCloseTo(losses[1], 5);
    const [dense, conv, shift] = plans[0].params.map((param) => plans[0].gradient(param));
    const [denseToo, convToo, shiftToo] = plans[1].params.map((param) => plans[1].gradient(param));
    expect(difference(dense, denseToo)).toBeLessThan(1e-5);
    expect(difference(shift, shiftToo)).toBeLessThan(1e-5);
    const spreadGradient = tf.buffer(
      [...reach.map((r) => r + 1), channels, args.filters],
      'float32',
      convToo,
    );
    const own = tf.buffer([...kernel, channels, args.filters], 'float32', conv);
    const picked = Float32Array.from({ length: own.size }, (_, i) =>
      spreadGradient.get(...own.indexToLoc(i).map((k, side) => (side < sides ? k * rate[side] : k))),
    );
    expect(difference(conv, picked)).toBeLessThan(1e-5);
    expect(conv.some((g) => Math.abs(g) > 1e-3)).toBe(true);
    for (const plan of plans) plan.dispose();
    tf.dispose(wide);
  });
});
