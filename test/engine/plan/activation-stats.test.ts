import * as tf from '@tensorflow/tfjs';
import { random } from '../../../src/core/random';
import { LOSSES } from '../../../src/engine/losses';
import { planSession } from '../../../src/engine/plan-session';
import type { ActivationStats, StepWatch } from '../../../src/engine/training-session';

beforeAll(() => tf.setBackend('cpu'));

/** The same numbers from what tfjs says of a layer's output: examples × … × units. */
function naive(layer: string, output: tf.Tensor, low: number, high: number): ActivationStats {
  const values = output.dataSync() as Float32Array;
  const units = output.shape.at(-1)!;
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length;
  const share = (test: (x: number) => boolean): number => values.filter(test).length / values.length;
  const alive = new Set<number>();
  values.forEach((x, i) => x !== 0 && alive.add(i % units));
  return {
    layer,
    mean,
    spread: Math.sqrt(variance),
    zeros: share((x) => x === 0),
    saturated: share((x) => x <= low || x >= high),
    dead: 1 - alive.size / units,
  };
}

function expectClose(seen: ActivationStats, wanted: ActivationStats): void {
  expect(seen.layer).toBe(wanted.layer);
  for (const key of ['mean', 'spread', 'zeros', 'saturated', 'dead'] as const) {
    expect([key, Math.abs(seen[key] - wanted[key]) < 1e-5]).toEqual([key, true]);
  }
}

/** One watched step on all examples, and the model as it was before. */
function watch(model: tf.LayersModel, n: number, units: number, inputs: Float32Array): StepWatch {
  const session = planSession({
    tf,
    model,
    optimizer: tf.train.sgd(0.1),
    loss: LOSSES.meanSquaredError,
    units,
    batch: n,
    stream: random(1),
    threads: 1,
  });
  const data = session.load({ n, inputs, targets: new Float32Array(n * units) });
  let seen: StepWatch | undefined;
  session.step(
    data,
    Array.from({ length: n }, (_, i) => i),
    (told) => (seen = told),
  );
  session.dispose();
  return seen!;
}

describe('statistics of activations', () => {
  it('are those of the outputs, over units that do not fill a vector, with dead units', () => {
    const model = tf.sequential({
      layers: [
        tf.layers.dense({ inputShape: [6], units: 11, activation: 'relu', name: 'first' }),
        tf.layers.dense({ units: 5, activation: 'tanh', name: 'second' }),
        tf.layers.dense({ units: 3, name: 'last' }),
      ],
    });
    const n = 19;
    const stream = random(3);
    const inputs = Float32Array.from({ length: n * 6 }, () => stream.normal());
    const [kernel, bias] = model.layers[0].getWeights();
    const dead = bias.dataSync().slice();
    dead[2] = dead[9] = -100;
    model.layers[0].setWeights([kernel, tf.tensor1d(dead)]);
    model.layers[1].setWeights([tf.mul(model.layers[1].getWeights()[0], 20), tf.zeros([5])]);
    let x: tf.Tensor = tf.tensor2d(inputs, [n, 6]);
    const wanted = model.layers.map((layer) => {
      x = layer.apply(x) as tf.Tensor;
      const [low, high] = layer.name === 'second' ? [-0.99, 0.99] : [-Infinity, Infinity];
      return naive(layer.name, x, low, high);
    });
    expect(wanted[0].dead).toBeCloseTo(2 / 11, 10);
    expect(wanted[1].saturated).toBeGreaterThan(0.1);
    const seen = watch(model, n, 3, inputs).activations;
    expect(seen).toHaveLength(3);
    seen.forEach((one, i) => expectClose(one, wanted[i]));
    model.dispose();
  });

  it('are those of images, whose borders and paddings do not count', () => {
    const model = tf.sequential({
      layers: [
        tf.layers.conv2d({
          inputShape: [5, 4, 1],
          filters: 3,
          kernelSize: 3,
          padding: 'same',
          activation: 'sigmoid',
          name: 'one',
        }),
        tf.layers.conv2d({ filters: 2, kernelSize: 3, padding: 'same', activation: 'relu', name: 'two' }),
        tf.layers.flatten(),
        tf.layers.dense({ units: 1, name: 'end' }),
      ],
    });
    const n = 9;
    const stream = random(5);
    const inputs = Float32Array.from({ length: n * 20 }, () => 5 * stream.normal());
    let x: tf.Tensor = tf.tensor4d(inputs, [n, 5, 4, 1]);
    const wanted = model.layers.flatMap((layer) => {
      x = layer.apply(x) as tf.Tensor;
      if (layer.name.startsWith('flatten')) return [];
      return [
        naive(
          layer.name,
          x,
          ...((layer.name === 'one' ? [0.01, 0.99] : [-Infinity, Infinity]) as [number, number]),
        ),
      ];
    });
    const seen = watch(model, n, 1, inputs).activations;
    expect(seen.map(({ layer }) => layer)).toEqual(['one', 'two', 'end']);
    seen.forEach((one, i) => expectClose(one, wanted[i]));
    model.dispose();
  });
});
