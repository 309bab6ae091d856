import type { LayersModel } from '@tensorflow/tfjs';
import { random } from '../../src/core/random';
import { autogradSession, type SessionSpec } from '../../src/engine/autograd-session';
import { LOSSES, type LossName } from '../../src/engine/losses';
import { planSession } from '../../src/engine/plan-session';
import type { LayerNorms, TrainingSession } from '../../src/engine/training-session';
import type { TensorFlow } from '../../src/engine/tf';
import { useEngine } from '../../src/engine/use-engine';
import { weightsOf } from '../build/helpers';

let tf: TensorFlow;
beforeAll(async () => {
  ({ tf } = await useEngine());
});

/** Two layers with fixed first weights and a penalty on the first. */
function model(units: number, activation: 'softmax' | 'sigmoid' | 'linear'): LayersModel {
  const kernelInitializer = (seed: number) => tf.initializers.glorotUniform({ seed });
  return tf.sequential({
    layers: [
      tf.layers.dense({
        inputShape: [3],
        units: 5,
        activation: 'tanh',
        kernelInitializer: kernelInitializer(1),
        kernelRegularizer: tf.regularizers.l2({ l2: 0.1 }),
      }),
      tf.layers.dense({ units, activation, kernelInitializer: kernelInitializer(2) }),
    ],
  });
}

const CASES: readonly (readonly [LossName, number, 'softmax' | 'sigmoid' | 'linear'])[] = [
  ['categoricalCrossentropy', 3, 'softmax'],
  ['sparseCategoricalCrossentropy', 3, 'softmax'],
  ['binaryCrossentropy', 1, 'sigmoid'],
  ['meanSquaredError', 1, 'linear'],
  ['meanAbsoluteError', 1, 'linear'],
];

/** Each with how far it may be from model.fit: Adam makes the rounding of small gradients larger. */
const SESSIONS: readonly (readonly [string, number, (spec: SessionSpec) => TrainingSession])[] = [
  ['autograd', 1e-6, autogradSession],
  ['plan', 1e-4, (spec) => planSession({ ...spec, batch: 4, threads: 1 })],
  ['plan on two threads', 1e-4, (spec) => planSession({ ...spec, batch: 4, threads: 2, alone: 0 })],
];

describe.each(SESSIONS)('the session: %s', (_name, tolerance, sessionOf) => {
  it.each(CASES)(
    'with %s on %i %s units, makes the steps that model.fit makes',
    async (name, units, activation) => {
      const stream = random(3);
      const [n, batchSize, epochs] = [10, 4, 3];
      const inputs = Float32Array.from({ length: n * 3 }, () => stream.normal());
      const labels = Array.from({ length: n }, () => (units > 1 ? stream.integer(units) : stream.integer(2)));
      const targets = new Float32Array(n * units);
      labels.forEach((label, i) => {
        if (units > 1) targets[i * units + label] = 1;
        else targets[i] = label;
      });

      const theirs = model(units, activation);
      theirs.compile({ optimizer: tf.train.adam(0.05), loss: name });
      const x = tf.tensor2d(inputs, [n, 3]);
      const y = name.startsWith('sparse') ? tf.tensor2d(labels, [n, 1]) : tf.tensor2d(targets, [n, units]);
      const wanted: number[] = [];
      await theirs.fit(x, y, {
        ...{ epochs, batchSize, shuffle: false, verbose: 0 },
        callbacks: { onBatchEnd: (_batch, logs) => void wanted.push(logs?.loss as number) },
      });

      const ours = model(units, activation);
      const session = sessionOf({
        ...{
          tf,
          model: ours,
          optimizer: tf.train.adam(0.05),
          loss: LOSSES[name],
          inputShape: [3],
          units,
          stream,
        },
      });
      const data = session.load({ n, inputs, targets });
      const all = Array.from({ length: n }, (_, i) => i);
      const atFirst = session.predict(data, all);
      const release = session.hold?.();
      const losses: number[] = [];
      for (let epoch = 0; epoch < epochs; epoch++) {
        for (let start = 0; start < n; start += batchSize) {
          const rows = Array.from({ length: Math.min(n, start + batchSize) - start }, (_, i) => start + i);
          losses.push(session.step(data, rows).loss);
        }
      }
      if (release) expect(session.predict(data, all)).toEqual(atFirst);
      release?.();
      session.sync();
      expect(losses).toHaveLength(9);
      losses.forEach((loss, i) => expect(Math.abs(loss - wanted[i])).toBeLessThan(tolerance));
      weightsOf(ours).forEach((w, i) =>
        expect(Math.abs(w - weightsOf(theirs)[i])).toBeLessThan(10 * tolerance),
      );

      const outputs = session.predict(data, all);
      expect(outputs).not.toEqual(atFirst);
      const predicted = (theirs.predict(x) as typeof x).dataSync();
      outputs.forEach((value, i) => expect(value).toBeCloseTo(predicted[i], 4));
      session.dispose();
      theirs.optimizer.dispose();
      tf.dispose([x, y]);
      [ours, theirs].forEach((one) => one.dispose());
    },
  );

  it('tells norms, and whether its weights are numbers', () => {
    const ours = model(1, 'linear');
    const session = sessionOf({
      ...{ tf, model: ours, optimizer: tf.train.sgd(0.5), loss: LOSSES.meanSquaredError },
      ...{ inputShape: [3], units: 1, stream: random(1) },
    });
    const before = ours.layers.map((layer) => layer.getWeights().map((w) => w.dataSync().slice()));
    let norms: readonly LayerNorms[] = [];
    const near = session.load({ n: 1, inputs: Float32Array.of(1, 2, 3), targets: Float32Array.of(1) });
    session.step(near, [0], (seen) => ({ norms } = seen));
    session.sync();
    const norm = (values: readonly number[]): number => Math.hypot(...values);
    ours.layers.forEach((layer, i) => {
      const flat = before[i].flatMap((w) => Array.from(w));
      const after = layer.getWeights().flatMap((w) => Array.from(w.dataSync()));
      const moved = norm(after.map((w, j) => w - flat[j]));
      expect(norms[i].layer).toBe(layer.name);
      expect(norms[i].weight).toBeCloseTo(norm(flat), 5);
      expect(norms[i].update).toBeCloseTo(moved, 5);
      // Plain descent: Δw = 0.5 · gradient.
      expect(norms[i].gradient).toBeCloseTo(moved / 0.5, 4);
    });
    expect(session.finite()).toBe(true);
    // The gradient 2·(output − 3e38) is beyond 32-bit floats.
    const far = session.load({ n: 1, inputs: Float32Array.of(1, 2, 3), targets: Float32Array.of(3e38) });
    session.step(far, [0]);
    expect(session.finite()).toBe(false);
    session.dispose();
    ours.dispose();
  });
});

describe('the losses', () => {
  it.each(CASES)('%s on %i units says the same as numbers and as tensors', (name, units) => {
    const stream = random(4);
    const n = 6;
    const outputs = Float32Array.from({ length: n * units }, () => stream.next());
    const targets = new Float32Array(n * units);
    for (let i = 0; i < n; i++)
      targets[i * units + stream.integer(units)] = units > 1 ? 1 : stream.integer(2);
    const rows = Array.from({ length: n }, (_, i) => LOSSES[name].row(targets, outputs, i, units));
    const mean = tf.tidy(
      () =>
        LOSSES[name]
          .tensor(tf, tf.tensor2d(targets, [n, units]), tf.tensor2d(outputs, [n, units]))
          .mean()
          .dataSync()[0],
    );
    expect(rows.reduce((a, b) => a + b) / n).toBeCloseTo(mean, 5);
  });

  it('by hand: half right, quite wrong, and beyond the clip', () => {
    expect(LOSSES.categoricalCrossentropy.row([1, 0], [0.5, 0.5], 0, 2)).toBeCloseTo(Math.LN2, 12);
    expect(LOSSES.binaryCrossentropy.row([0], [0.75], 0, 1)).toBeCloseTo(Math.log(4), 12);
    // Probabilities are kept 1e-7 from 0 and 1.
    expect(LOSSES.binaryCrossentropy.row([1], [0], 0, 1)).toBeCloseTo(-Math.log(1e-7), 9);
    expect(LOSSES.meanSquaredError.row([1, 5], [3, 2], 1, 1)).toBe(9);
    expect(LOSSES.meanAbsoluteError.row([1, 5], [3, 2], 0, 2)).toBe(2.5);
  });
});
