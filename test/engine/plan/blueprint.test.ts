import * as tf from '@tensorflow/tfjs';
import { random } from '../../../src/core/random';
import { blueprintOf } from '../../../src/engine/plan/draw';
import { graphOf } from '../../../src/engine/plan/graph';
import { planLoss } from '../../../src/engine/plan/losses';
import { planOptimizer } from '../../../src/engine/plan/optimizers';
import { compilePlan } from '../../../src/engine/plan/plan';
import { runPlan } from '../../../src/engine/plan/run-plan';

const BATCH = 13;
const N = 40;

function dense(): tf.LayersModel {
  const regularizer = tf.regularizers.l2({ l2: 0.01 });
  return tf.sequential({
    layers: [
      tf.layers.dense({ units: 17, activation: 'tanh', inputShape: [5], kernelRegularizer: regularizer }),
      tf.layers.dense({ units: 3, activation: 'softmax' }),
    ],
  });
}

const specOf = (model: tf.LayersModel, optimizer: tf.Optimizer) => ({
  graph: graphOf(model),
  losses: [planLoss('categoricalCrossentropy')],
  optimizer: planOptimizer(optimizer),
  batch: BATCH,
});

function dataOf() {
  const { next } = random(3);
  const classes = Array.from({ length: N }, () => Math.floor(next() * 3));
  return {
    n: N,
    inputs: [Float32Array.from({ length: N * 5 }, () => next() - 0.5)],
    targets: [Float32Array.from(classes.flatMap((k) => [0, 1, 2].map((j) => Number(j === k))))],
  };
}

const rowsOf = (step: number, n: number): number[] => Array.from({ length: n }, (_, i) => (i + step * 7) % N);

describe('a blueprint', () => {
  beforeAll(() => tf.setBackend('cpu'));

  test.each([
    ['sgd', () => tf.train.sgd(0.1)],
    ['momentum', () => tf.train.momentum(0.1, 0.8)],
    ['adam', () => tf.train.adam(0.01)],
  ])('cloned and run without the model gives the bits of the plan, with %s', (_, optimizer) => {
    const model = dense();
    const plan = compilePlan({ ...specOf(model, optimizer()), threads: 1 });
    plan.readWeights();
    const initial = plan.params.map((param) => plan.values(param));
    const cloned = structuredClone(
      blueprintOf(specOf(model, optimizer()), { train: [BATCH, 4], infer: [10] }),
    );
    const copy = runPlan(cloned);
    copy.setWeights(initial);
    const [data, copied] = [plan.load(dataOf()), copy.load(dataOf())];
    const losses: number[] = [];
    for (let step = 0; step < 6; step++) {
      const rows = rowsOf(step, step % 3 === 2 ? 4 : BATCH);
      losses.push(plan.step(data, rows));
      expect(copy.step(copied, rows)).toBe(losses[step]);
    }
    expect(losses[5]).not.toBe(losses[0]);
    copy.params.forEach((param, i) => expect(copy.values(param)).toEqual(plan.values(plan.params[i])));
    expect(copy.values(copy.params[0])).not.toEqual(initial[0]);
    expect(copy.watchedStep(copied, rowsOf(6, BATCH))).toEqual(plan.watchedStep(data, rowsOf(6, BATCH)));
    plan.infer(data, rowsOf(0, 10));
    copy.infer(copied, rowsOf(0, 10));
    expect(copy.outputs()).toEqual(plan.outputs());
    copy.dispose();
    plan.dispose();
    model.dispose();
  });

  test('holds the weights of inference while steps move the others, also where it is drawn later', () => {
    const model = dense();
    const [plan, twin] = [1, 2].map(() => compilePlan({ ...specOf(model, tf.train.adam(0.01)), threads: 1 }));
    plan.readWeights();
    twin.readWeights();
    const [data, same] = [plan.load(dataOf()), twin.load(dataOf())];
    twin.infer(same, rowsOf(0, 10));
    const before = twin.outputs().slice();
    const release = plan.hold();
    for (let step = 0; step < 3; step++) {
      expect(plan.step(data, rowsOf(step, BATCH))).toBe(twin.step(same, rowsOf(step, BATCH)));
    }
    plan.infer(data, rowsOf(0, 10));
    expect(plan.outputs()).toEqual(before);
    release();
    plan.infer(data, rowsOf(0, 10));
    twin.infer(same, rowsOf(0, 10));
    expect(plan.outputs()).toEqual(twin.outputs());
    expect(plan.outputs()).not.toEqual(before);
    plan.dispose();
    twin.dispose();
    model.dispose();
  });

  test('starts again from weights that are set, as if nothing had been', () => {
    const model = dense();
    const plan = compilePlan({ ...specOf(model, tf.train.adam(0.01)), threads: 1 });
    plan.readWeights();
    const data = plan.load(dataOf());
    const initial = plan.params.map((param) => plan.values(param));
    const train = (): number[] => [0, 1, 2].map((step) => plan.step(data, rowsOf(step, BATCH)));
    const first = train();
    plan.setWeights(initial);
    expect(train()).toEqual(first);
    plan.dispose();
    model.dispose();
  });

  test('takes data where they are, to the same bits, also with weights of the examples', () => {
    const model = dense();
    const spec = { ...specOf(model, tf.train.adam(0.01)), threads: 1 };
    const [inside, outside] = [compilePlan(spec), compilePlan(spec)];
    inside.readWeights();
    outside.readWeights();
    const data = { ...dataOf(), weights: Float32Array.from({ length: N }, (_, i) => (i % 3) / 2) };
    const [loaded, attached] = [inside.load(data), outside.attach(data)];
    const plain = outside.attach(dataOf());
    for (let step = 0; step < 4; step++) {
      const rows = rowsOf(step, BATCH);
      expect(outside.step(attached, rows)).toBe(inside.step(loaded, rows));
    }
    const last = rowsOf(4, 10).reverse();
    inside.infer(loaded, last);
    outside.infer(attached, last);
    expect(outside.outputs()).toEqual(inside.outputs());
    expect(outside.step(plain, last)).not.toBe(inside.step(loaded, last));
    inside.dispose();
    outside.dispose();
    model.dispose();
  });

  test('says which step it does not hold', () => {
    const model = dense();
    const running = runPlan(blueprintOf(specOf(model, tf.train.sgd(0.1)), { train: [BATCH], infer: [] }));
    const data = running.load(dataOf());
    expect(() => running.step(data, [0, 1])).toThrow('the blueprint holds no train step for 2 examples');
    running.dispose();
    model.dispose();
  });

  test('follows the learning rate of an optimizer that is still there', () => {
    const model = dense();
    const optimizer = tf.train.sgd(0.1);
    const plan = compilePlan({ ...specOf(model, optimizer), threads: 1 });
    plan.readWeights();
    const data = plan.load(dataOf());
    (optimizer as unknown as { learningRate: number }).learningRate = 0;
    const before = plan.values(plan.params[0]);
    plan.step(data, rowsOf(0, BATCH));
    expect(plan.values(plan.params[0])).toEqual(before);
    plan.dispose();
    model.dispose();
  });
});
