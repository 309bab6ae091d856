import type { Optimizer, Tensor, Variable } from '@tensorflow/tfjs';
import type { TensorFlow } from '../../../src/engine/tf';
import { completed, expectClose, normal, type Result } from './both';

let tf: TensorFlow;
beforeAll(async () => {
  tf = await completed();
});

const SHAPES = [[3], [2, 5], [], [4, 8], [0, 2]];

type Maker = () => Optimizer;
const makers: Readonly<Record<string, Maker>> = {
  sgd: () => tf.train.sgd(0.1),
  momentum: () => tf.train.momentum(0.1, 0.8),
  nesterov: () => tf.train.momentum(0.1, 0.8, true),
  adam: () => tf.train.adam(0.05, 0.8, 0.95, 1e-5),
  adamax: () => tf.train.adamax(0.05, 0.8, 0.95, 1e-5, 0.1),
  rmsprop: () => tf.train.rmsprop(0.02, 0.8, 0.5, 1e-3),
  'rmsprop, plain': () => tf.train.rmsprop(0.02),
  'rmsprop, centred': () => tf.train.rmsprop(0.02, 0.8, 0.5, 1e-2, true),
  adagrad: () => tf.train.adagrad(0.1, 0.2),
  adadelta: () => tf.train.adadelta(0.5, 0.9, 1e-4),
};

const plain = (tensor: Tensor): Result => ({
  ...{ shape: tensor.shape, dtype: tensor.dtype },
  values: Array.from(tensor.dataSync()),
});

/** What is in the weights of an optimizer; those of adamax cannot be had. */
async function stateOf(optimizer: Optimizer): Promise<Result[]> {
  const weights = await optimizer.getWeights().catch(() => []);
  return weights.map(({ tensor }) => plain(tensor));
}

interface Training {
  readonly variables: Variable[];
  step(optimizer: Optimizer, seed: number, left?: number): void;
  dispose(): void;
}

/** Variables of several shapes, and steps whose gradients are given numbers; `left`: a variable that gets none. */
function training(): Training {
  const variables = SHAPES.map((shape, i) => tf.tidy(() => tf.variable(normal(tf, i, ...shape))));
  return {
    variables,
    step: (optimizer, seed, left) =>
      tf.tidy(() =>
        optimizer.applyGradients(
          variables.map(({ name, shape }, i) => ({
            name,
            tensor: (i === left ? null : normal(tf, 10 * seed + i, ...shape)) as Tensor,
          })),
        ),
      ),
    dispose: () => variables.forEach((variable) => variable.dispose()),
  };
}

/** Five steps on a backend, and the numbers after them. */
async function trained(backend: string, make: Maker): Promise<{ weights: Result[]; state: Result[] }> {
  await tf.setBackend(backend);
  const run = training();
  const optimizer = make();
  [1, 2, 3, 4, 5].forEach((seed) => run.step(optimizer, seed, seed === 1 || seed === 4 ? 1 : undefined));
  const result = { weights: run.variables.map(plain), state: await stateOf(optimizer) };
  optimizer.dispose();
  run.dispose();
  await tf.setBackend('wasm');
  return result;
}

/** Names of the kernels that run. */
function kernelsOf(f: () => void): string[] {
  const names: string[] = [];
  const engine = tf.engine();
  const original = engine.runKernel;
  engine.runKernel = function (name: string, ...rest: unknown[]) {
    names.push(name);
    return (original as (...all: unknown[]) => unknown).call(this, name, ...rest) as never;
  };
  try {
    f();
  } finally {
    engine.runKernel = original;
  }
  return names;
}

describe.each(Object.keys(makers))('%s on WebAssembly', (name) => {
  const make = makers[name];

  it('moves variables and its states as on the plain backend', async () => {
    const [wanted, actual] = [await trained('cpu', make), await trained('wasm', make)];
    expectClose(actual.weights, wanted.weights, 2e-6);
    expectClose(actual.state, wanted.state, 2e-6);
  });

  it('runs no small operations after the first step, and keeps the number of tensors', () => {
    const run = training();
    const optimizer = make();
    run.step(optimizer, 1);
    const before = tf.memory().numTensors;
    const names = kernelsOf(() => run.step(optimizer, 2));
    expect(names.filter((kernel) => kernel !== 'Identity')).toEqual([]);
    expect(tf.memory().numTensors).toBe(before);
    optimizer.dispose();
    run.dispose();
  });

  it('goes on from weights that were saved, and leaves those alone', async () => {
    if (name === 'adamax') return expect(stateOf(make())).resolves.toEqual([]);
    const run = training();
    const first = make();
    [1, 2].forEach((seed) => run.step(first, seed));
    const saved = (await first.getWeights()).map(({ name: at, tensor }) => ({
      name: at,
      tensor: tensor.clone(),
    }));
    const weights = run.variables.map((variable) => tf.clone(variable));
    const before = [...saved.map(({ tensor }) => plain(tensor)), ...weights.map(plain)];
    run.step(first, 3);
    const wanted = run.variables.map(plain);
    const second = make();
    await second.setWeights(saved);
    run.variables.forEach((variable, i) => variable.assign(weights[i]));
    run.step(second, 3);
    expectClose(run.variables.map(plain), wanted, 2e-6);
    expect([...saved.map(({ tensor }) => plain(tensor)), ...weights.map(plain)]).toEqual(before);
    tf.dispose([weights, saved.map(({ tensor }) => tensor)]);
    [first, second].forEach((optimizer) => optimizer.dispose());
    run.dispose();
  });
});

describe('fused optimizers', () => {
  it('take gradients by name and follow a learning rate that is set', async () => {
    const results = [];
    for (const backend of ['cpu', 'wasm']) {
      await tf.setBackend(backend);
      const w = tf.tidy(() => tf.variable(normal(tf, 1, 6)));
      const optimizer = tf.train.sgd(0.1);
      optimizer.setLearningRate(0.3);
      tf.tidy(() => optimizer.applyGradients({ [w.name]: normal(tf, 2, 6) }));
      results.push([plain(w)]);
      expect(optimizer.iterations).toBe(1);
      optimizer.dispose();
      w.dispose();
    }
    await tf.setBackend('wasm');
    expectClose(results[1], results[0]);
  });

  it('leave to TensorFlow.js what is unusual: a gradient of another shape', async () => {
    const results = [];
    for (const backend of ['cpu', 'wasm']) {
      await tf.setBackend(backend);
      const w = tf.tidy(() => tf.variable(normal(tf, 1, 2, 3)));
      const optimizer = tf.train.sgd(0.1);
      const names = kernelsOf(() => tf.tidy(() => optimizer.applyGradients({ [w.name]: tf.ones([3]) })));
      expect(names).toContain('Multiply');
      results.push([plain(w)]);
      optimizer.dispose();
      w.dispose();
    }
    await tf.setBackend('wasm');
    expectClose(results[1], results[0]);
  });

  it('move variables that were made on another backend', async () => {
    await tf.setBackend('cpu');
    const w = tf.tidy(() => tf.variable(tf.tensor1d([1, 2, 3])));
    const optimizer = tf.train.adam(0.1);
    await tf.setBackend('wasm');
    tf.tidy(() => optimizer.applyGradients([{ name: w.name, tensor: tf.tensor1d([1, -1, 0]) }]));
    // The first step of Adam is the rate times the sign of the gradient.
    expectClose([plain(w)], [{ shape: [3], dtype: 'float32', values: [0.9, 2.1, 3] }], 1e-5);
    optimizer.dispose();
    w.dispose();
  });
});
