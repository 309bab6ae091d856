import * as tf from '@tensorflow/tfjs';
import { graphOf } from '../../../../src/engine/plan/graph';
import { planLoss } from '../../../../src/engine/plan/losses';
import { planOptimizer } from '../../../../src/engine/plan/optimizers';
import { compilePlan, type Plan } from '../../../../src/engine/plan/plan';
import { Unplannable } from '../../../../src/engine/plan/unplannable';
import { difference, expectParity } from '../parity';

const compile = (model: tf.LayersModel, batch = 6): Plan => {
  const plan = compilePlan({
    graph: graphOf(model),
    losses: [planLoss('meanSquaredError')],
    optimizer: planOptimizer(tf.train.sgd(0.1)),
    batch,
    threads: 1,
  });
  plan.readWeights();
  return plan;
};

describe('batchNormalization', () => {
  it.each<[string, number[], object]>([
    ['of vectors', [9], {}],
    ['of sequences', [6, 5], { momentum: 0.8, epsilon: 1e-5 }],
    ['of images', [4, 5, 10], { gammaRegularizer: tf.regularizers.l2({ l2: 0.1 }) }],
    ['frozen', [4, 3, 3], { trainable: false }],
    ['of one channel', [5, 5, 1], {}],
  ])('%s', async (_, inputShape, args) => {
    await expectParity({
      build: () =>
        tf.sequential({
          layers: [
            tf.layers.dense({ inputShape, units: inputShape[inputShape.length - 1], activation: 'relu' }),
            tf.layers.batchNormalization(args),
            tf.layers.dense({ units: 3, activation: 'tanh' }),
          ],
        }),
    });
  });

  it('of the input itself, between convolutions, shared, taken twice', async () => {
    await expectParity({
      steps: 5,
      build: () => {
        const input = tf.input({ shape: [6, 5, 3] });
        const first = tf.layers.batchNormalization({}).apply(input) as tf.SymbolicTensor;
        const made = tf.layers
          .conv2d({ filters: 4, kernelSize: 3, padding: 'same', activation: 'relu' })
          .apply(first) as tf.SymbolicTensor;
        const shared = tf.layers.batchNormalization({ momentum: 0.5 });
        const once = shared.apply(made) as tf.SymbolicTensor;
        const again = tf.layers
          .conv2d({ filters: 4, kernelSize: 3, padding: 'same', useBias: false }) // a bias would have no gradient
          .apply(once) as tf.SymbolicTensor;
        const twice = shared.apply(again) as tf.SymbolicTensor;
        const pooled = tf.layers.maxPooling2d({ poolSize: 2 }).apply(once) as tf.SymbolicTensor;
        return tf.model({ inputs: input, outputs: [twice, pooled, made] });
      },
    });
  });

  const large = (): tf.LayersModel =>
    tf.sequential({
      layers: [
        tf.layers.dense({ inputShape: [8, 20], units: 60, activation: 'relu' }),
        tf.layers.batchNormalization({}),
        tf.layers.dense({ units: 60, activation: 'relu' }),
        tf.layers.batchNormalization({}),
        tf.layers.dense({ units: 10, activation: 'softmax' }),
      ],
    });

  it('over several slices', async () => {
    const { slices } = await expectParity({
      batch: 17,
      steps: 4,
      build: large,
      losses: ['categoricalCrossentropy'],
    });
    expect(slices).toBe(3);
  });

  it('over slices of which some are empty', () => {
    const model = large();
    const data = {
      n: 1,
      inputs: [Float32Array.from({ length: 160 }, (_, i) => Math.sin(i * i))],
      targets: [Float32Array.from({ length: 80 }, (_, i) => Math.cos(i))],
    };
    const [one, many] = [1, 17].map((batch) => {
      const plan = compile(model, batch);
      plan.step(plan.load(data), [0]);
      const values = plan.params.map((param) => plan.values(param));
      plan.dispose();
      return { slices: plan.slices, values };
    });
    expect([one.slices, many.slices]).toEqual([1, 2]);
    many.values.forEach((values, i) => expect(difference(values, one.values[i])).toBeLessThan(1e-6));
  });

  it('takes sound variances of numbers far from zero', () => {
    const model = tf.sequential({ layers: [tf.layers.batchNormalization({ inputShape: [3], momentum: 0 })] });
    const plan = compile(model, 64);
    const x = Float32Array.from({ length: 192 }, (_, i) => 10_000 + Math.sin(i));
    plan.step(plan.load({ n: 64, inputs: [x], targets: [x] }), [...Array(64).keys()]);
    const variance = plan.values(plan.params.find(({ weight }) => weight.name.includes('variance'))!);
    const exact = [0, 1, 2].map((channel) => {
      const column = Array.from({ length: 64 }, (_, i) => x[i * 3 + channel]);
      const mean = column.reduce((a, b) => a + b) / 64;
      return column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 64;
    });
    expect(difference(variance, exact)).toBeLessThan(1e-4); // 16 from mean square less squared mean
    plan.dispose();
  });

  it('refuses other sides', () => {
    const model = tf.sequential({ layers: [tf.layers.batchNormalization({ inputShape: [3, 4], axis: 1 })] });
    expect(() => compile(model)).toThrow(Unplannable);
  });
});

describe('layerNormalization', () => {
  it.each<[string, number[], object]>([
    ['of vectors', [9], {}],
    ['of sequences', [4, 16], { epsilon: 1e-5 }],
    ['of images, after convolutions', [4, 5, 3], {}],
    ['frozen', [10], { trainable: false }],
  ])('%s', async (_, inputShape, args) => {
    await expectParity({
      build: () =>
        tf.sequential({
          layers: [
            tf.layers.dense({ inputShape, units: inputShape[inputShape.length - 1], activation: 'relu' }),
            tf.layers.layerNormalization(args),
            tf.layers.dense({ units: 3 }),
          ],
        }),
    });
  });

  it('of the input itself, taken twice', async () => {
    await expectParity({
      build: () => {
        const input = tf.input({ shape: [3, 7] });
        const layer = tf.layers.layerNormalization({});
        const once = layer.apply(input) as tf.SymbolicTensor;
        const twice = layer.apply(
          tf.layers.dense({ units: 7, activation: 'relu' }).apply(once) as tf.SymbolicTensor,
        ) as tf.SymbolicTensor;
        return tf.model({ inputs: input, outputs: [twice, once] });
      },
    });
  });

  it('refuses other sides', () => {
    for (const axis of [1, [1, 2]]) {
      const model = tf.sequential({ layers: [tf.layers.layerNormalization({ inputShape: [3, 4], axis })] });
      expect(() => compile(model)).toThrow(Unplannable);
    }
  });
});

// TensorFlow.js trains no layer without a scale or without a shift; those are layers with γ = 1 or β = 0 that stay so.
describe.each([
  ['batchNormalization', tf.layers.batchNormalization],
  ['layerNormalization', tf.layers.layerNormalization as unknown as typeof tf.layers.batchNormalization],
])('%s', (_, normalization) => {
  it.each([
    { scale: false, center: true },
    { scale: true, center: false },
    { scale: false, center: false },
  ])('with %j', ({ scale, center }) => {
    const build = (all: boolean): tf.LayersModel =>
      tf.sequential({
        layers: [
          tf.layers.dense({ inputShape: [5], units: 6, activation: 'tanh' }),
          normalization({ scale: all || scale, center: all || center }),
          tf.layers.dense({ units: 2 }),
        ],
      });
    const lacking = build(false);
    const whole = build(true);
    const [kernel, bias, ...rest] = lacking.getWeights();
    const [, , ones, zeros] = whole.getWeights();
    const mine = [scale ? rest[0] : ones, center ? rest[Number(scale)] : zeros];
    whole.setWeights([kernel, bias, ...mine, ...rest.slice(Number(scale) + Number(center))]);
    const data = {
      n: 6,
      inputs: [Float32Array.from({ length: 30 }, (_, i) => Math.sin(i * i))],
      targets: [Float32Array.from({ length: 12 }, (_, i) => Math.cos(i))],
    };
    const results = [lacking, whole].map((model) => {
      const plan = compile(model);
      const loss = plan.step(plan.load(data), [0, 1, 2, 3, 4, 5]);
      const dense = plan.params.filter(({ weight }) => /kernel|bias/.test(weight.name));
      const gradients = dense.map((param) => [...plan.gradient(param)]);
      plan.dispose();
      return { loss, gradients };
    });
    expect(results[0]).toEqual(results[1]);
    expect(results[0].gradients).toHaveLength(4);
  });
});
