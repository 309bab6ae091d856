import * as tf from '@tensorflow/tfjs';
import { graphOf } from '../../../src/engine/plan/graph';
import { planLoss } from '../../../src/engine/plan/losses';
import { planOptimizer } from '../../../src/engine/plan/optimizers';
import { compilePlan } from '../../../src/engine/plan/plan';
import { difference, expectParity } from './parity';

type Symbolic = tf.SymbolicTensor;
const apply = (layer: tf.layers.Layer, x: Symbolic | Symbolic[]): Symbolic => layer.apply(x) as Symbolic;
type Options = Partial<Parameters<typeof tf.layers.dense>[0]>;
const dense = (units: number, options: Options = {}): tf.layers.Layer =>
  tf.layers.dense({ units, activation: 'tanh', ...options });
const join = (...x: Symbolic[]): Symbolic => apply(tf.layers.concatenate(), x);

describe('graphs', () => {
  it('with several inputs and outputs, each with a loss of its own', async () => {
    await expectParity({
      losses: ['categoricalCrossentropy', 'meanAbsoluteError', 'binaryCrossentropy'],
      build: () => {
        const inputs = [tf.input({ shape: [5] }), tf.input({ shape: [3] }), tf.input({ shape: [2, 4] })];
        const [a, b] = [apply(dense(7), inputs[0]), apply(dense(7), inputs[1])];
        const c = apply(dense(7), apply(tf.layers.flatten(), inputs[2]));
        const all = apply(tf.layers.add(), [a, b, c]);
        return tf.model({
          inputs,
          outputs: [
            apply(dense(4, { activation: 'softmax' }), all),
            apply(dense(2, { activation: 'linear' }), join(a, all)),
            apply(dense(3, { activation: 'sigmoid' }), b),
          ],
        });
      },
    });
  });

  it.each([2, 3])('with a layer used %i times', async (times) => {
    await expectParity({
      build: () => {
        const inputs = Array.from({ length: times }, () => tf.input({ shape: [4] }));
        const shared = dense(4, { kernelRegularizer: tf.regularizers.l2({ l2: 0.05 }) });
        const made = inputs.map((x) => apply(shared, x));
        return tf.model({ inputs, outputs: apply(dense(2), join(...made)) });
      },
    });
    await expectParity({
      build: () => {
        const input = tf.input({ shape: [4] });
        const shared = dense(4);
        let x: Symbolic = input;
        for (let i = 0; i < times; i++) x = apply(shared, x);
        return tf.model({ inputs: input, outputs: apply(tf.layers.add(), [x, input]) });
      },
    });
  });

  it('with models in models, shared and at several depths', async () => {
    await expectParity({
      build: () => {
        const inner = tf.sequential({ layers: [dense(5, { inputShape: [4] }), dense(4)] });
        const innerInput = tf.input({ shape: [4] });
        const middle = tf.model({
          inputs: innerInput,
          outputs: apply(tf.layers.multiply(), [apply(inner, innerInput), apply(dense(4), innerInput)]),
        });
        const input = tf.input({ shape: [4] });
        const once = apply(middle, input);
        const twice = apply(middle, once);
        return tf.model({ inputs: input, outputs: apply(dense(2), join(twice, apply(inner, input))) });
      },
    });
  });

  it('with a model of several inputs and outputs inside', async () => {
    await expectParity({
      build: () => {
        const [a, b] = [tf.input({ shape: [3] }), tf.input({ shape: [4] })];
        const sum = apply(tf.layers.add(), [apply(dense(5), a), apply(dense(5), b)]);
        const inner = tf.model({ inputs: [a, b], outputs: [apply(dense(3), sum), sum] });
        const inputs = [tf.input({ shape: [3] }), tf.input({ shape: [4] })];
        const [first, second] = inner.apply(inputs) as Symbolic[];
        const [third] = inner.apply([first, inputs[1]]) as Symbolic[]; // its second output is taken by nobody
        return tf.model({ inputs, outputs: apply(dense(2), join(second, third)) });
      },
    });
  });

  it('with a Sequential in a Sequential', async () => {
    await expectParity({
      build: () => {
        const inner = tf.sequential({ layers: [dense(5, { inputShape: [2, 4] }), tf.layers.flatten()] });
        return tf.sequential({ layers: [inner, dense(3)] });
      },
    });
  });

  it('with values that are outputs and are taken by layers too', async () => {
    await expectParity({
      losses: ['meanSquaredError', 'categoricalCrossentropy', 'meanAbsoluteError'],
      build: () => {
        const input = tf.input({ shape: [5] });
        const hidden = apply(dense(6), input);
        const classes = apply(dense(3, { activation: 'softmax' }), hidden);
        const last = apply(dense(2), classes);
        return tf.model({ inputs: input, outputs: [hidden, classes, last] });
      },
    });
  });

  it('with an input that is an output, and one that a layer takes as it is', async () => {
    await expectParity({
      losses: ['meanSquaredError', 'meanSquaredError'],
      build: () => {
        const inputs = [tf.input({ shape: [3] }), tf.input({ shape: [2, 3] })];
        const sum = apply(tf.layers.add(), [apply(dense(3), inputs[1]), inputs[1]]);
        return tf.model({
          inputs,
          outputs: [sum, apply(tf.layers.activation({ activation: 'relu' }), inputs[0])],
        });
      },
    });
  });

  it('with frozen layers, before and behind trained ones', async () => {
    await expectParity({
      build: () => {
        const input = tf.input({ shape: [5] });
        const first = apply(dense(6, { trainable: false }), input);
        const second = apply(dense(6), first);
        const third = apply(dense(6, { trainable: false }), second);
        return tf.model({ inputs: input, outputs: apply(dense(2), apply(tf.layers.add(), [first, third])) });
      },
    });
  });

  it.each([true, false])(
    'with a frozen model inside (frozen before its layers are built: %s)',
    async (early) => {
      await expectParity({
        build: () => {
          const inner = tf.sequential({ layers: [dense(5, { inputShape: [4] }), dense(4)] });
          if (early) inner.trainable = false;
          const input = tf.input({ shape: [4] });
          const inside = apply(inner, apply(dense(4), input));
          if (!early) inner.trainable = false;
          return tf.model({ inputs: input, outputs: apply(dense(2), inside) });
        },
      });
    },
  );

  it.each<[string, () => tf.Optimizer]>([
    ['sgd', () => tf.train.sgd(0.1)],
    ['adam', () => tf.train.adam(0.01)],
    ['momentum', () => tf.train.momentum(0.05, 0.9)],
  ])('with an output that no loss reaches, with %s', async (_, optimizer) => {
    await expectParity({
      optimizer,
      losses: [null, 'meanSquaredError', null],
      build: () => {
        const input = tf.input({ shape: [5] });
        const hidden = apply(dense(6), input);
        return tf.model({
          inputs: input,
          outputs: [
            apply(dense(3, { activation: 'softmax' }), hidden),
            apply(dense(2), hidden),
            apply(dense(4, { kernelRegularizer: tf.regularizers.l1({ l1: 0.01 }) }), input),
          ],
        });
      },
    });
  });
});

describe('targets and weights', () => {
  it('of classes by number, of examples and of positions', async () => {
    for (const shape of [[6], [4, 6], [2, 3, 6]]) {
      for (const activation of ['softmax', 'sigmoid'] as const) {
        await expectParity({
          losses: ['sparseCategoricalCrossentropy'],
          build: () => tf.sequential({ layers: [dense(5, { inputShape: shape }), dense(7, { activation })] }),
        });
      }
    }
  });

  it.each(['all', 'each'] as const)('weights of the examples, for %s', async (weights) => {
    await expectParity({
      weights,
      losses: ['categoricalCrossentropy', 'meanSquaredError', null, 'sparseCategoricalCrossentropy'],
      build: () => {
        const input = tf.input({ shape: [3, 5] });
        const hidden = apply(dense(6), input);
        return tf.model({
          inputs: input,
          outputs: [
            apply(dense(3, { activation: 'softmax' }), hidden),
            apply(dense(2), apply(tf.layers.flatten(), hidden)),
            hidden,
            apply(dense(4, { activation: 'softmax' }), hidden),
          ],
        });
      },
    });
  });

  it('weights of classes, as the fit of TensorFlow.js takes them', async () => {
    await tf.setBackend('cpu');
    const model = tf.sequential({
      layers: [dense(6, { inputShape: [4] }), dense(3, { activation: 'softmax' })],
    });
    model.compile({ optimizer: tf.train.sgd(0.3), loss: 'categoricalCrossentropy' });
    const n = 22;
    const classes = Array.from({ length: n }, (_, i) => (i * i) % 3);
    const inputs = Float32Array.from({ length: n * 4 }, (_, i) => Math.sin(i * i));
    const targets = Float32Array.from(classes.flatMap((k) => [0, 1, 2].map((j) => Number(j === k))));
    const classWeight = { 0: 0.5, 1: 3, 2: 1.5 };
    const made = (weighted: boolean) => {
      const plan = compilePlan({
        graph: graphOf(model),
        losses: [planLoss('categoricalCrossentropy')],
        optimizer: planOptimizer(tf.train.sgd(0.3)),
        batch: 8,
        threads: 1,
      });
      plan.readWeights();
      const weights = Float32Array.from(classes, (k) => classWeight[k as 0 | 1 | 2]);
      const data = { n, inputs: [inputs], targets: [targets] };
      const all = weighted ? { ...data, weights } : data;
      return { plan, loaded: plan.load(all), attached: plan.attach(all) };
    };
    const [weighted, attached, plain] = [made(true), made(true), made(false)];
    for (let epoch = 0; epoch < 3; epoch++) {
      for (let start = 0; start < n; start += 8) {
        const rows = Array.from({ length: Math.min(8, n - start) }, (_, i) => start + i);
        weighted.plan.step(weighted.loaded, rows);
        attached.plan.step(attached.attached, rows);
        plain.plan.step(plain.loaded, rows);
      }
    }
    await model.fit(tf.tensor(inputs, [n, 4]), tf.tensor(targets, [n, 3]), {
      ...{ epochs: 3, batchSize: 8, shuffle: false, verbose: 0, classWeight },
    });
    weighted.plan.params.forEach((param, i) => {
      const trained = param.weight.read().dataSync() as Float32Array;
      expect(difference(weighted.plan.values(param), trained)).toBeLessThan(1e-5);
      expect(attached.plan.values(param)).toEqual(weighted.plan.values(param));
      expect(difference(plain.plan.values(plain.plan.params[i]), trained)).toBeGreaterThan(1e-3);
    });
  });

  it('partial batches of every size', async () => {
    const batch = 17;
    const model = tf.sequential({ layers: [dense(160, { inputShape: [90] }), dense(60), dense(3)] });
    const compile = (most: number) => {
      const plan = compilePlan({
        graph: graphOf(model),
        losses: [planLoss('meanSquaredError')],
        optimizer: planOptimizer(tf.train.sgd(0.1)),
        batch: most,
        threads: 1,
      });
      plan.readWeights();
      const inputs = [Float32Array.from({ length: batch * 90 }, (_, i) => Math.sin(i * i))];
      const targets = [Float32Array.from({ length: batch * 3 }, (_, i) => Math.cos(i))];
      return { plan, data: plan.load({ n: batch, inputs, targets }) };
    };
    const large = compile(batch);
    expect(large.plan.slices).toBeGreaterThan(1); // so that a slice of a small batch may be empty
    for (let n = 1; n <= batch; n++) {
      const rows = Array.from({ length: n }, (_, i) => (i * 5) % batch);
      const one = compile(1);
      // The gradient of a batch is the mean over those of its examples.
      const sums = one.plan.params.map((param) => new Float64Array(one.plan.values(param).length));
      for (const row of rows) {
        one.plan.readWeights();
        one.plan.step(one.data, [row]);
        one.plan.params.forEach((param, i) =>
          one.plan.gradient(param).forEach((g, k) => (sums[i][k] += g / n)),
        );
      }
      large.plan.readWeights();
      large.plan.step(large.data, rows);
      large.plan.params.forEach((param, i) =>
        expect(difference(large.plan.gradient(param), sums[i])).toBeLessThan(1e-5),
      );
      one.plan.dispose();
    }
  });
});
