import type { LayersModel, Tensor } from '@tensorflow/tfjs';
import { random } from '../../../src/core/random';
import type { TensorFlow } from '../../../src/engine/tf';
import { completed, expectClose, normal, type Result } from './both';

let tf: TensorFlow;
beforeAll(async () => {
  tf = await completed();
});

interface Example {
  readonly build: () => LayersModel;
  readonly x: () => Tensor;
  readonly y: () => Tensor;
  readonly loss?: string | ((wanted: Tensor, output: Tensor) => Tensor);
  readonly optimizer?: () => ReturnType<typeof tf.train.adam>;
}

const N = 24;
const init = (seed: number) => tf.initializers.glorotUniform({ seed });

/** Classes in turn, one-hot. */
const classes = (K: number): Tensor =>
  tf.tidy(() =>
    tf
      .oneHot(
        tf.tensor1d(
          Array.from({ length: N }, (_, i) => i % K),
          'int32',
        ),
        K,
      )
      .toFloat(),
  );

const tokens = (length: number): Tensor => {
  const stream = random(5);
  return tf.tensor2d(Array.from({ length: N }, () => Array.from({ length }, () => stream.integer(20))));
};

/** A layer of one's own: scales by a weight for each feature, in a way no plan knows. */
function wavy() {
  return new (class Wavy extends tf.layers.Layer {
    static className = 'Wavy';
    private scale?: ReturnType<InstanceType<typeof tf.layers.Layer>['addWeight']>;
    override build(shape: number[]): void {
      this.scale = this.addWeight('scale', [shape[shape.length - 1]], 'float32', tf.initializers.ones());
      this.built = true;
    }
    override call(inputs: Tensor | Tensor[]): Tensor {
      const x = Array.isArray(inputs) ? inputs[0] : inputs;
      return tf.tidy(() => tf.sin(x.mul(this.scale!.read())).add(tf.cumsum(x, 1).mul(0.1)));
    }
    override computeOutputShape(shape: number[]): number[] {
      return shape;
    }
  })({});
}

const examples: Readonly<Record<string, () => Example>> = {
  mlp: () => ({
    build: () =>
      tf.sequential({
        layers: [
          tf.layers.dense({ inputShape: [6], units: 9, activation: 'tanh', kernelInitializer: init(1) }),
          tf.layers.batchNormalization(),
          tf.layers.dense({ units: 3, activation: 'softmax', kernelInitializer: init(2) }),
        ],
      }),
    x: () => normal(tf, 1, N, 6),
    y: () => classes(3),
  }),
  cnn: () => ({
    build: () =>
      tf.sequential({
        layers: [
          tf.layers.conv2d({
            ...{ inputShape: [10, 9, 2], filters: 5, kernelSize: 3, activation: 'relu' },
            ...{ padding: 'same', kernelInitializer: init(1) },
          }),
          tf.layers.maxPooling2d({ poolSize: 2 }),
          tf.layers.conv2d({ filters: 4, kernelSize: [2, 3], strides: 2, kernelInitializer: init(2) }),
          tf.layers.averagePooling2d({ poolSize: 2, strides: 1, padding: 'same' }),
          tf.layers.conv2dTranspose({ filters: 3, kernelSize: 3, strides: 2, kernelInitializer: init(4) }),
          tf.layers.flatten(),
          tf.layers.dense({ units: 3, activation: 'softmax', kernelInitializer: init(3) }),
        ],
      }),
    x: () => normal(tf, 2, N, 10, 9, 2),
    y: () => classes(3),
  }),
  'depthwise and separable': () => ({
    build: () =>
      tf.sequential({
        layers: [
          tf.layers.depthwiseConv2d({
            ...{ inputShape: [8, 8, 3], kernelSize: 3, depthMultiplier: 2, padding: 'same' as const },
            depthwiseInitializer: init(1),
          }),
          tf.layers.separableConv2d({
            ...{ filters: 5, kernelSize: 3, activation: 'relu' as const, strides: 2 },
            ...{ depthwiseInitializer: init(2), pointwiseInitializer: init(3) },
          }),
          tf.layers.globalAveragePooling2d({}),
          tf.layers.dense({ units: 3, activation: 'softmax', kernelInitializer: init(4) }),
        ],
      }),
    x: () => normal(tf, 3, N, 8, 8, 3),
    y: () => classes(3),
  }),
  'embedding and lstm': () => ({
    build: () =>
      tf.sequential({
        layers: [
          tf.layers.embedding({
            ...{ inputDim: 20, outputDim: 5, inputLength: 7, maskZero: true },
            embeddingsInitializer: init(1),
          }),
          tf.layers.bidirectional({
            layer: tf.layers.lstm({
              units: 6,
              kernelInitializer: init(2),
              recurrentInitializer: init(3),
            }) as never,
            mergeMode: 'concat',
          }),
          tf.layers.dense({ units: 3, activation: 'softmax', kernelInitializer: init(4) }),
        ],
      }),
    x: () => tokens(7),
    y: () => classes(3),
    optimizer: () => tf.train.rmsprop(0.01) as never,
  }),
  'conv1d and gru': () => ({
    build: () =>
      tf.sequential({
        layers: [
          tf.layers.conv1d({
            inputShape: [20, 3],
            filters: 6,
            kernelSize: 4,
            strides: 2,
            kernelInitializer: init(1),
          }),
          tf.layers.gru({ units: 5, kernelInitializer: init(2), recurrentInitializer: init(3) }),
          tf.layers.dense({ units: 1, kernelInitializer: init(4) }),
        ],
      }),
    x: () => normal(tf, 4, N, 20, 3),
    y: () => normal(tf, 5, N, 1),
    loss: 'meanSquaredError',
    optimizer: () => tf.train.momentum(0.05, 0.9, true) as never,
  }),
  'a layer of one’s own': () => ({
    build: () =>
      tf.sequential({
        layers: [
          tf.layers.dense({ inputShape: [6], units: 7, kernelInitializer: init(1) }),
          wavy(),
          tf.layers.dense({ units: 2, activation: 'softmax', kernelInitializer: init(2) }),
        ],
      }),
    x: () => normal(tf, 6, N, 6),
    y: () => classes(2),
    optimizer: () => tf.train.adamax(0.01) as never,
  }),
  'a loss of one’s own': () => ({
    build: () =>
      tf.sequential({
        layers: [
          tf.layers.dense({ inputShape: [6], units: 7, activation: 'elu', kernelInitializer: init(1) }),
          tf.layers.dense({ units: 2, kernelInitializer: init(2) }),
        ],
      }),
    x: () => normal(tf, 7, N, 6),
    y: () => normal(tf, 8, N, 2),
    loss: (wanted: Tensor, output: Tensor) => {
      const error = tf.sub(wanted, output);
      const around = tf.matMul(error as never, error as never, true, false);
      return tf.add(tf.logSumExp(tf.abs(error), 1), tf.mean(tf.square(around)));
    },
    optimizer: () => tf.train.adagrad(0.1) as never,
  }),
};

/** Three epochs on a backend: losses, then weights. */
async function fitted(backend: string, make: () => Example): Promise<Result[]> {
  await tf.setBackend(backend);
  const before = tf.memory().numTensors;
  const { build, x, y, loss = 'categoricalCrossentropy', optimizer = () => tf.train.adam(0.01) } = make();
  const model = build();
  const rule = optimizer();
  model.compile({ optimizer: rule, loss: loss as string });
  const [inputs, targets] = [x(), y()];
  const { history } = await model.fit(inputs, targets, {
    epochs: 3,
    batchSize: 10,
    shuffle: false,
    verbose: 0,
  });
  const results = [
    { shape: [3], dtype: 'float32', values: history.loss as number[] },
    ...model.getWeights().map((w) => ({ shape: w.shape, dtype: w.dtype, values: Array.from(w.dataSync()) })),
  ];
  tf.dispose([inputs, targets]);
  model.dispose();
  rule.dispose();
  // The optimizer of momentum forgets the rate that it inherits.
  const { c } = rule as unknown as { c?: Tensor };
  if (c && !c.isDisposed) c.dispose();
  expect(tf.memory().numTensors).toBe(before);
  await tf.setBackend('wasm');
  return results;
}

describe('model.fit on the completed WebAssembly backend', () => {
  it.each(Object.keys(examples))('trains %s as the plain backend does', async (name) => {
    const [wanted, actual] = [await fitted('cpu', examples[name]), await fitted('wasm', examples[name])];
    expectClose(actual, wanted, 1e-4);
    const [{ values }] = actual;
    expect(values[2]).toBeLessThan(values[0] as number);
  });
});
