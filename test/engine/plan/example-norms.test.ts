import * as tf from '@tensorflow/tfjs';
import { random } from '../../../src/core/random';
import { LOSSES } from '../../../src/engine/losses';
import { planSession } from '../../../src/engine/plan-session';
import type { StepWatch } from '../../../src/engine/training-session';

beforeAll(() => tf.setBackend('cpu'));

const [N, D, K] = [13, 5, 3];

function watched(model: tf.LayersModel, inputs: Float32Array, targets: Float32Array): StepWatch {
  const session = planSession({
    tf,
    model,
    optimizer: tf.train.sgd(0.1),
    loss: LOSSES.categoricalCrossentropy,
    units: K,
    batch: N,
    stream: random(1),
    threads: 1,
  });
  let seen: StepWatch | undefined;
  session.step(
    session.load({ n: N, inputs, targets }),
    Array.from({ length: N }, (_, i) => i),
    (told) => (seen = told),
  );
  session.dispose();
  return seen!;
}

describe("norms of the examples' gradients", () => {
  it.each([true, false])('are those of autograd, one example at a time (bias: %s)', (useBias) => {
    const last = tf.layers.dense({ units: K, activation: 'softmax', useBias });
    const model = tf.sequential({
      layers: [tf.layers.dense({ inputShape: [D], units: 7, activation: 'tanh' }), last],
    });
    const stream = random(3);
    const inputs = Float32Array.from({ length: N * D }, () => stream.normal());
    const targets = new Float32Array(N * K);
    for (let i = 0; i < N; i++) targets[i * K + stream.integer(K)] = 1;
    const variables = last.trainableWeights.map((weight) => weight.read() as tf.Variable);
    const wanted = Array.from({ length: N }, (_, i) =>
      tf.tidy(() => {
        const x = tf.tensor2d(inputs.slice(i * D, (i + 1) * D), [1, D]);
        const y = tf.tensor2d(targets.slice(i * K, (i + 1) * K), [1, K]);
        const { grads } = tf.variableGrads(
          () =>
            LOSSES.categoricalCrossentropy
              .tensor(tf, y, model.apply(x) as tf.Tensor)
              .mean()
              .asScalar(),
          variables,
        );
        return Math.sqrt(
          variables.reduce((sum, { name }) => sum + grads[name].square().sum().dataSync()[0], 0),
        );
      }),
    );
    const seen = watched(model, inputs, targets).exampleGradients!;
    expect(seen).toHaveLength(N);
    seen.forEach((norm, i) => expect(norm).toBeCloseTo(wanted[i], 5));
    expect(new Set(wanted.map((w) => w.toFixed(3))).size).toBeGreaterThan(5);
    model.dispose();
  });

  it('are not told where the last layer is not dense', () => {
    const model = tf.sequential({
      layers: [
        tf.layers.dense({ inputShape: [D], units: K }),
        tf.layers.activation({ activation: 'softmax' }),
      ],
    });
    const targets = new Float32Array(N * K).fill(1 / K);
    expect(watched(model, new Float32Array(N * D).fill(1), targets).exampleGradients).toBeNull();
    model.dispose();
  });
});
