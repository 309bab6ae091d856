import * as tf from '@tensorflow/tfjs';
import { graphOf } from '../../../../src/engine/plan/graph';
import { planLoss } from '../../../../src/engine/plan/losses';
import { planOptimizer } from '../../../../src/engine/plan/optimizers';
import { compilePlan } from '../../../../src/engine/plan/plan';
import { expectParity } from '../parity';

describe('repeat vector', () => {
  it.each([
    [5, 3],
    [8, 1],
    [1, 7],
  ])('of %i numbers, %i times', async (units, n) => {
    await expectParity({
      build: () =>
        tf.sequential({
          layers: [
            tf.layers.dense({ inputShape: [4], units, activation: 'tanh' }),
            tf.layers.repeatVector({ n }),
            tf.layers.dense({ units: 3, activation: 'tanh' }),
            tf.layers.flatten(),
            tf.layers.dense({ units: 2 }),
          ],
        }),
    });
  });
});

describe('masking', () => {
  /** Whole steps are 0 or 1 by chance: two numbers of three are drawn from {0, 1}. */
  const sparse = (uniform: () => number): number => (uniform() < 0.7 ? 0 : 1);

  it.each([0, 1])('of the value %i', async (maskValue) => {
    await expectParity({
      input: sparse,
      build: () =>
        tf.sequential({
          layers: [
            tf.layers.masking({ inputShape: [6, 3], maskValue }),
            tf.layers.dense({ units: 5, activation: 'tanh' }),
            tf.layers.dense({ units: 2 }),
          ],
        }),
    });
  });

  it('after a layer that learns, where TensorFlow.js has no gradient', async () => {
    await tf.setBackend('cpu');
    const dense = tf.layers.dense({ inputShape: [6, 3], units: 2, activation: 'relu' });
    const head = tf.layers.dense({ units: 3 });
    // What is masked are zeros of a ReLU: without the layer the model is the same.
    const models = [
      [dense, tf.layers.masking(), head],
      [dense, head],
    ].map((layers) => tf.sequential({ layers }));
    const inputs = [Float32Array.from({ length: 8 * 18 }, (_, i) => Math.sin(i * i))];
    const targets = [Float32Array.from({ length: 8 * 18 }, (_, i) => Math.cos(i))];
    const [masked, plainly] = models.map((model) => {
      const plan = compilePlan({
        graph: graphOf(model),
        losses: [planLoss('meanSquaredError')],
        optimizer: planOptimizer(tf.train.sgd(0.1)),
        batch: 8,
        threads: 1,
      });
      plan.readWeights();
      const data = plan.load({ n: 8, inputs, targets });
      plan.step(data, [0, 1, 2, 3, 4, 5, 6, 7]);
      return plan;
    });
    expect(masked.gradient(masked.params[0]).some((x) => x !== 0)).toBe(true);
    masked.params.forEach((param, i) =>
      expect(masked.gradient(param)).toEqual(plainly.gradient(plainly.params[i])),
    );
    masked.dispose();
    plainly.dispose();
  });

  it('ends at a layer that knows no masks', async () => {
    await expectParity({
      input: sparse,
      build: () =>
        tf.sequential({
          layers: [
            tf.layers.masking({ inputShape: [6, 3] }),
            tf.layers.flatten(),
            tf.layers.dense({ units: 2 }),
          ],
        }),
    });
  });
});
