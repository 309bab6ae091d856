import * as tf from '@tensorflow/tfjs';
import { random } from '../../../src/core/random';
import type { DrawSpec } from '../../../src/engine/plan/draw';
import { graphOf } from '../../../src/engine/plan/graph';
import { planLoss } from '../../../src/engine/plan/losses';
import { PLAN_OPTIMIZERS, planOptimizer, planOptimizerFrom } from '../../../src/engine/plan/optimizers';
import { compilePlan, type Plan } from '../../../src/engine/plan/plan';
import { difference, expectParity } from './parity';

const BATCH = 48;
const [INPUTS, OUTPUTS] = [40, 5];

type Constraint = ReturnType<typeof tf.constraints.nonNeg>;
interface Options extends Partial<DrawSpec> {
  readonly constraint?: Constraint;
  readonly bias?: Constraint;
}

function build({ constraint, bias }: Options): tf.LayersModel {
  return tf.sequential({
    layers: [
      tf.layers.dense({
        inputShape: [INPUTS],
        units: 110,
        activation: 'tanh',
        kernelInitializer: tf.initializers.randomNormal({ seed: 1, stddev: 0.4 }),
        biasInitializer: tf.initializers.randomNormal({ seed: 2, stddev: 0.4 }),
        kernelRegularizer: tf.regularizers.l2({ l2: 0.05 }),
        ...(constraint ? { kernelConstraint: constraint } : {}),
        ...(bias ? { biasConstraint: bias } : {}),
      }),
      tf.layers.dense({ units: OUTPUTS, kernelInitializer: tf.initializers.randomNormal({ seed: 3 }) }),
    ],
  });
}

/** A plan after one step; what it started from, and its gradients. */
function stepped(
  options: Options,
  steps = 1,
): { plan: Plan; values: Float32Array[]; gradients: Float32Array[] } {
  const plan = compilePlan({
    graph: graphOf(build(options)),
    losses: [planLoss('meanSquaredError')],
    optimizer: planOptimizer(tf.train.sgd(0.5)),
    batch: BATCH,
    threads: 1,
    ...options,
  });
  plan.readWeights();
  const { next } = random(5);
  const data = plan.load({
    n: BATCH,
    inputs: [Float32Array.from({ length: BATCH * INPUTS }, () => next() - 0.5)],
    targets: [Float32Array.from({ length: BATCH * OUTPUTS }, () => 3 * next())],
  });
  for (let i = 0; i < steps; i++)
    plan.step(
      data,
      Array.from({ length: BATCH }, (_, k) => k),
    );
  return {
    plan,
    values: plan.params.map((param) => plan.values(param)),
    gradients: plan.params.map((param) => plan.gradient(param)),
  };
}

const initial = (): Float32Array[] => stepped({ optimizer: planOptimizer(tf.train.sgd(0)) }).values;

const norm = (arrays: readonly Float32Array[]): number =>
  Math.sqrt(arrays.reduce((sum, array) => array.reduce((s, g) => s + g * g, sum), 0));

beforeAll(() => tf.setBackend('cpu'));

describe('clipped gradients', () => {
  it('by value', () => {
    const free = stepped({});
    expect(free.plan.slices).toBeGreaterThan(1);
    const clipped = stepped({ clipValue: 0.01 });
    const limited = free.gradients.map((gradient) => gradient.map((g) => Math.max(-0.01, Math.min(0.01, g))));
    expect(limited.some((gradient, i) => difference(gradient, free.gradients[i]) > 0.1)).toBe(true);
    clipped.gradients.forEach((gradient, i) => expect(difference(gradient, limited[i])).toBeLessThan(1e-6));
    initial().forEach((start, i) => {
      const expected = start.map((w, k) => w - 0.5 * limited[i][k]);
      expect(difference(clipped.values[i], expected)).toBeLessThan(1e-6);
    });
  });

  it.each([0.5, 0.999, 1.001])('by the norm of all, the limit being %f of it', (share) => {
    const free = stepped({});
    const limit = share * norm(free.gradients);
    const { gradients, values } = stepped({ clipNorm: limit });
    const scale = Math.min(1, share);
    gradients.forEach((gradient, i) => {
      const expected = free.gradients[i].map((g) => g * scale);
      expect(difference(gradient, expected)).toBeLessThan(1e-6);
      if (scale === 1) expect(gradient).toEqual(free.gradients[i]);
    });
    initial().forEach((start, i) => {
      const expected = start.map((w, k) => w - 0.5 * gradients[i][k]);
      expect(difference(values[i], expected)).toBeLessThan(1e-6);
    });
  });

  it('by value first, then by norm, with the same bits on two threads', async () => {
    const clips = { clipValue: 0.02, clipNorm: 0.05 };
    const { gradients } = stepped(clips);
    expect(norm(gradients)).toBeCloseTo(0.05, 6);
    const one = stepped(clips, 8);
    const two = compilePlan({
      ...{ graph: graphOf(build({})), losses: [planLoss('meanSquaredError')], batch: BATCH, threads: 2 },
      ...{ optimizer: planOptimizer(tf.train.sgd(0.5)), ...clips },
    });
    two.readWeights();
    await new Promise((resolve) => setTimeout(resolve, 80));
    const { next } = random(5);
    const data = two.load({
      n: BATCH,
      inputs: [Float32Array.from({ length: BATCH * INPUTS }, () => next() - 0.5)],
      targets: [Float32Array.from({ length: BATCH * OUTPUTS }, () => 3 * next())],
    });
    for (let i = 0; i < 8; i++)
      two.step(
        data,
        Array.from({ length: BATCH }, (_, k) => k),
      );
    one.values.forEach((values, i) => expect(two.values(two.params[i])).toEqual(values));
    two.dispose();
  });
});

describe('constraints', () => {
  const { maxNorm, minMaxNorm, nonNeg, unitNorm } = tf.constraints;
  it.each<[string, Constraint]>([
    ['maxNorm', maxNorm({ maxValue: 1.5 })],
    ['maxNorm of rows', maxNorm({ maxValue: 2.5, axis: 1 })],
    ['unitNorm', unitNorm({})],
    ['unitNorm of rows', unitNorm({ axis: 1 })],
    ['minMaxNorm', minMaxNorm({ minValue: 2.4, maxValue: 2.6, rate: 0.7 })],
    ['nonNeg', nonNeg()],
  ])('%s of a matrix and of a bias', (_, constraint) => {
    const free = stepped({});
    const held = stepped({
      constraint,
      bias: constraint.getClassName() === 'NonNeg' ? constraint : maxNorm({ maxValue: 1 }),
      constraints: true,
    });
    free.plan.params.slice(0, 2).forEach((param, i) => {
      const rule = i === 0 || constraint.getClassName() === 'NonNeg' ? constraint : maxNorm({ maxValue: 1 });
      const expected = rule.apply(tf.tensor(free.values[i], [...param.shape])).dataSync() as Float32Array;
      expect(difference(expected, free.values[i])).toBeGreaterThan(0.01); // it has something to do
      expect(difference(held.values[i], expected)).toBeLessThan(1e-6);
    });
    expect(held.values[2]).toEqual(free.values[2]);
  });

  it.each([[0], [1], [2], [3], [[0, 1, 2]]])('of the weights of a convolution along %j', (axis) => {
    const made = (constraints: boolean): { plan: Plan; values: Float32Array } => {
      const model = tf.sequential({
        layers: [
          tf.layers.conv2d({
            inputShape: [5, 5, 3],
            filters: 11,
            kernelSize: [3, 2],
            kernelInitializer: tf.initializers.randomNormal({ seed: 1 }),
            kernelConstraint: maxNorm({ maxValue: 0.05, axis: axis as number }),
          }),
        ],
      });
      const plan = compilePlan({
        ...{ graph: graphOf(model), losses: [planLoss('meanSquaredError')], batch: 2, threads: 1 },
        ...{ optimizer: planOptimizer(tf.train.sgd(0.5)), constraints },
      });
      plan.readWeights();
      const targets = [new Float32Array(2 * 3 * 4 * 11)];
      plan.step(plan.load({ n: 2, inputs: [new Float32Array(150).fill(0.1)], targets }), [0, 1]);
      return { plan, values: plan.values(plan.params[0]) };
    };
    const free = made(false);
    const rule = maxNorm({ maxValue: 0.05, axis: axis as number });
    const expected = rule.apply(tf.tensor(free.values, [3, 2, 3, 11])).dataSync() as Float32Array;
    expect(difference(made(true).values, expected)).toBeLessThan(1e-6);
  });

  it('refuses those it has no kernel for', () => {
    const own = nonNeg();
    own.getClassName = () => 'Own';
    expect(() => stepped({ constraint: own, constraints: true })).toThrow('Own');
    expect(() => stepped({ constraint: own })).not.toThrow();
  });

  it('are ignored by default, as they are by the fit of TensorFlow.js', async () => {
    await expectParity({
      build: () =>
        tf.sequential({
          layers: [tf.layers.dense({ inputShape: [4], units: 3, kernelConstraint: nonNeg() })],
        }),
    });
  });
});

describe('optimizers by name', () => {
  it('AdamW shrinks weights beside the step of Adam', () => {
    const settings = { learningRate: 0.02, weightDecay: 0.3, beta1: 0.8, beta2: 0.95 };
    const start = initial();
    const { plan } = stepped({ optimizer: planOptimizerFrom({ name: 'adamw', ...settings }) }, 0);
    const { next } = random(5);
    const data = plan.load({
      n: BATCH,
      inputs: [Float32Array.from({ length: BATCH * INPUTS }, () => next() - 0.5)],
      targets: [Float32Array.from({ length: BATCH * OUTPUTS }, () => 3 * next())],
    });
    const weights = start.map((values) => Float64Array.from(values));
    const [m, v] = [0, 1].map(() => start.map((values) => new Float64Array(values.length)));
    for (let t = 1; t <= 6; t++) {
      plan.step(
        data,
        Array.from({ length: BATCH }, (_, k) => k),
      );
      plan.params.forEach((param, i) => {
        plan.gradient(param).forEach((g, k) => {
          m[i][k] = 0.8 * m[i][k] + 0.2 * g;
          v[i][k] = 0.95 * v[i][k] + 0.05 * g * g;
          const step = m[i][k] / (1 - 0.8 ** t) / (Math.sqrt(v[i][k] / (1 - 0.95 ** t)) + 1e-7);
          weights[i][k] = weights[i][k] * (1 - 0.02 * 0.3) - 0.02 * step;
        });
      });
    }
    plan.params.forEach((param, i) => expect(difference(plan.values(param), weights[i])).toBeLessThan(1e-5));
  });

  it.each<[string, tf.Optimizer]>([
    ['sgd', tf.train.sgd(0.01)],
    ['momentum', tf.train.momentum(0.01, 0.9)],
    ['adam', tf.train.adam()],
    ['adamax', tf.train.adamax()],
    ['rmsprop', tf.train.rmsprop(0.01)],
    ['adagrad', tf.train.adagrad(0.01)],
    ['adadelta', tf.train.adadelta()],
  ])('%s starts from the settings of TensorFlow.js', (name, optimizer) => {
    const [own, theirs] = [planOptimizerFrom({ name }), planOptimizer(optimizer)];
    expect([own.kernel, own.states, own.rates(3)]).toEqual([theirs.kernel, theirs.states, theirs.rates(3)]);
  });

  it('are those of the list, with options that are checked', () => {
    for (const name of PLAN_OPTIMIZERS) expect(planOptimizerFrom({ name }).rates(1)[0]).toBeGreaterThan(0);
    expect(() => planOptimizerFrom({ name: 'adamW' })).toThrow('Did you mean "adamw"?');
    expect(() => planOptimizerFrom({ name: 'adamw', weigthDecay: 1 })).toThrow('Did you mean "weightDecay"?');
    expect(() => planOptimizerFrom({ name: 'sgd', learningRate: -1 })).toThrow('"learningRate"');
  });
});
