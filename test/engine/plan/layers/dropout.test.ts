import * as tf from '@tensorflow/tfjs';
import { graphOf } from '../../../../src/engine/plan/graph';
import { padded } from '../../../../src/engine/plan/layout';
import { planLoss } from '../../../../src/engine/plan/losses';
import { planOptimizer } from '../../../../src/engine/plan/optimizers';
import { compilePlan, type Plan } from '../../../../src/engine/plan/plan';
import { isKept, normal } from '../../kernels/philox';
import { expectParity } from '../parity';

const SEED = 7;
type Factor = (i: number, step: number, stream: number) => number;

/**
 * Gives a layer of TensorFlow.js the plan's random numbers, made by a plain implementation: the number that belongs to each place
 * of the batch. `join` says what becomes of an input and its number.
 */
function drawing(
  layer: tf.layers.Layer,
  stream: number,
  factor: Factor,
  join: (x: tf.Tensor, numbers: tf.Tensor) => tf.Tensor,
  perChannel = false,
): tf.layers.Layer {
  let step = 0;
  layer.call = (inputs, kwargs) => {
    const x = Array.isArray(inputs) ? inputs[0] : inputs;
    if (!kwargs.training) return x;
    step++;
    const channels = x.shape.at(-1)!;
    const pixels = x.size / channels;
    const perExample = pixels / x.shape[0];
    const numbers = Float32Array.from({ length: x.size }, (_, i) => {
      const pixel = Math.floor(i / channels);
      const row = perChannel ? Math.floor(pixel / perExample) : pixel;
      return factor(row * padded(channels) + (i % channels), step, stream);
    });
    return join(x, tf.tensor(numbers, x.shape));
  };
  return layer;
}

const kept =
  (rate: number, own = 0): Factor =>
  (i, step, stream) =>
    Number(isKept(i, Math.round(rate * 65536), { seed: SEED, step, stream, own }));
const gauss =
  (deviation: number): Factor =>
  (i, step, stream) =>
    deviation * normal(i, { seed: SEED, step, stream });

type Make = (stream: number) => tf.layers.Layer;
const scaled = (rate: number) => (x: tf.Tensor, mask: tf.Tensor) =>
  x.mul(mask).div(1 - Math.round(rate * 65536) / 65536);

const dropout =
  (rate: number, seed?: number): Make =>
  (stream) =>
    drawing(
      tf.layers.dropout({ rate, ...(seed === undefined ? {} : { seed }) }),
      stream,
      kept(rate, seed),
      scaled(rate),
    );

/** TensorFlow.js' AlphaDropout as it is, with a mask given. */
const alpha =
  (rate: number): Make =>
  (stream) => {
    const floor = -1.6732632423543772 * 1.0507009873554805;
    const a = ((1 - rate) * (1 + rate * floor ** 2)) ** -0.5;
    return drawing(tf.layers.alphaDropout({ rate }), stream, kept(rate), (x, mask) =>
      x
        .mul(mask)
        .add(mask.add(-1).mul(floor))
        .mul(a)
        .add(-a * floor * rate),
    );
  };

const MAKERS: [string, Make][] = [
  ['dropout of 0.3', dropout(0.3)],
  ['dropout of 0.5 with a seed', dropout(0.5, 12)],
  ['alpha dropout', alpha(0.2)],
  [
    'Gaussian noise',
    (stream) => drawing(tf.layers.gaussianNoise({ stddev: 0.4 }), stream, gauss(0.4), (x, z) => x.add(z)),
  ],
  [
    'Gaussian dropout',
    (stream) =>
      drawing(tf.layers.gaussianDropout({ rate: 0.2 }), stream, gauss(Math.sqrt(0.25)), (x, z) =>
        x.mul(z.add(1)),
      ),
  ],
];

describe.each(MAKERS)('%s, its numbers given to TensorFlow.js', (_, make) => {
  it.each([[[5]], [[3, 5]], [[2, 3, 8]]])('on values of shape %j, twice, and on the input', async (shape) => {
    await expectParity({
      seed: SEED,
      build: () => {
        const input = tf.input({ shape });
        const dense = (x: tf.SymbolicTensor): tf.SymbolicTensor =>
          tf.layers.dense({ units: 9, activation: 'tanh' }).apply(x) as tf.SymbolicTensor;
        const noisy = make(0).apply(input) as tf.SymbolicTensor;
        const hidden = dense(noisy);
        const dropped = make(1).apply(hidden) as tf.SymbolicTensor;
        const both = tf.layers.add().apply([dropped, hidden]) as tf.SymbolicTensor;
        return tf.model({ inputs: input, outputs: dense(both) });
      },
    });
  });

  it('has the same bits on two threads', async () => {
    const result = await expectParity({
      seed: SEED,
      batch: 31,
      steps: 4,
      build: () =>
        tf.sequential({
          layers: [
            tf.layers.dense({ inputShape: [90], units: 70, activation: 'tanh' }),
            make(0),
            tf.layers.dense({ units: 50 }),
          ],
        }),
    });
    expect(result.slices).toBeGreaterThan(1);
  });
});

it('spatial dropout drops whole channels of a sequence', async () => {
  await expectParity({
    seed: SEED,
    build: () =>
      tf.sequential({
        layers: [
          tf.layers.dense({ inputShape: [6, 5], units: 11 }),
          drawing(tf.layers.spatialDropout1d({ rate: 0.4 }), 0, kept(0.4), scaled(0.4), true),
          tf.layers.dense({ units: 3 }),
        ],
      }),
  });
});

it.each<[string, () => tf.layers.Layer]>([
  ['dropout of 0', () => tf.layers.dropout({ rate: 0 })],
  ['dropout of 1, which TensorFlow.js leaves out', () => tf.layers.dropout({ rate: 1 })],
  ['noise without deviation', () => tf.layers.gaussianNoise({ stddev: 0 })],
  ['Gaussian dropout of 0', () => tf.layers.gaussianDropout({ rate: 0 })],
  ['alpha dropout of 0', () => tf.layers.alphaDropout({ rate: 0 })],
])('%s changes nothing', async (_, make) => {
  await expectParity({
    build: () =>
      tf.sequential({
        layers: [
          tf.layers.dense({ inputShape: [3, 5], units: 6 }),
          make(),
          tf.layers.dense({ units: 3 }),
          make(),
        ],
      }),
  });
  await expectParity({
    build: () =>
      tf.sequential({
        layers: [
          tf.layers.gaussianNoise({ stddev: 0, inputShape: [5, 4, 3] }),
          make(),
          tf.layers.conv2d({ filters: 4, kernelSize: 3, padding: 'same' }),
          make(),
          tf.layers.conv2d({ filters: 2, kernelSize: 3, padding: 'same' }),
        ],
      }),
  });
});

/** One layer behind a dense one that changes nothing; step() returns what comes out while training. */
function single(layer: tf.layers.Layer, { batch = 64, seed = 3, units = 24 } = {}): Plan {
  const dense = tf.layers.dense({
    inputShape: [units],
    units,
    useBias: false,
    kernelInitializer: 'identity',
  });
  const plan = compilePlan({
    graph: graphOf(tf.sequential({ layers: [dense, layer] })),
    losses: [planLoss('meanSquaredError')],
    optimizer: planOptimizer(tf.train.sgd(0)),
    batch,
    threads: 1,
    seed,
  });
  plan.readWeights();
  return plan;
}

function train(plan: Plan, n: number, steps = 1, units = 24): number[][] {
  const data = plan.load({
    n,
    inputs: [new Float32Array(n * units).fill(1)],
    targets: [new Float32Array(n * units)],
  });
  const rows = Array.from({ length: n }, (_, i) => i);
  return Array.from({ length: steps }, () => {
    plan.step(data, rows);
    return [...plan.outputs()];
  });
}

describe('the draws of a plan', () => {
  it('differ from step to step, are the same for the same seed, and go by the place in the batch alone', () => {
    const make = (): tf.layers.Layer => tf.layers.dropout({ rate: 0.5 });
    const [first, second] = train(single(make()), 64, 2);
    expect(second).not.toEqual(first);
    expect(train(single(make()), 64)[0]).toEqual(first);
    expect(train(single(make(), { seed: 4 }), 64)[0]).not.toEqual(first);
    expect(train(single(make(), { batch: 11 }), 11)[0]).toEqual(first.slice(0, 11 * 24));
    expect(train(single(make()), 13)[0]).toEqual(first.slice(0, 13 * 24));
  });

  it('keep the mean and the rate', () => {
    const outputs = train(single(tf.layers.dropout({ rate: 0.3 })), 64, 100).flat();
    const mean = outputs.reduce((a, b) => a + b) / outputs.length;
    // 153,600 numbers with deviation √(0.3/0.7)
    expect(Math.abs(mean - 1)).toBeLessThan((5 * Math.sqrt(0.3 / 0.7)) / Math.sqrt(outputs.length));
    const zeros = outputs.filter((y) => y === 0).length / outputs.length;
    expect(Math.abs(zeros - 0.3)).toBeLessThan((5 * Math.sqrt(0.21)) / Math.sqrt(outputs.length));
  });

  it('refuse a noiseShape', () => {
    expect(() => single(tf.layers.dropout({ rate: 0.3, noiseShape: [64, 1] }))).toThrow('noiseShape');
  });
});
