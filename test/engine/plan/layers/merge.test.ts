import * as tf from '@tensorflow/tfjs';
import { graphOf } from '../../../../src/engine/plan/graph';
import { planLoss } from '../../../../src/engine/plan/losses';
import { planOptimizer } from '../../../../src/engine/plan/optimizers';
import { compilePlan } from '../../../../src/engine/plan/plan';
import { expectParity } from '../parity';

type Merge = (inputs: tf.SymbolicTensor[]) => tf.SymbolicTensor;
const MERGES: [string, Merge][] = [
  ['add', (x) => tf.layers.add().apply(x) as tf.SymbolicTensor],
  ['average', (x) => tf.layers.average().apply(x) as tf.SymbolicTensor],
  ['multiply', (x) => tf.layers.multiply().apply(x) as tf.SymbolicTensor],
  ['maximum', (x) => tf.layers.maximum().apply(x) as tf.SymbolicTensor],
  ['minimum', (x) => tf.layers.minimum().apply(x) as tf.SymbolicTensor],
  ['concatenate', (x) => tf.layers.concatenate().apply(x) as tf.SymbolicTensor],
];
const apply = (layer: tf.layers.Layer, x: tf.SymbolicTensor | tf.SymbolicTensor[]): tf.SymbolicTensor =>
  layer.apply(x) as tf.SymbolicTensor;
const units = (n: number): tf.layers.Layer => tf.layers.dense({ units: n, activation: 'tanh' });

/** A model that merges what `branches` dense layers make of one input of the given shape. */
function merged(merge: Merge, branches: number, shape: number[]): tf.LayersModel {
  const input = tf.input({ shape });
  const parts = Array.from({ length: branches }, () => apply(units(shape.at(-1)! + 2), input));
  const out = apply(units(3), merge(parts));
  return tf.model({ inputs: input, outputs: out });
}

describe.each(MERGES)('%s', (name, merge) => {
  it.each([
    [2, [5]],
    [3, [6]],
    [4, [3, 4]],
    [2, [2, 3, 5]],
  ])('of %i inputs of shape %j', async (branches, shape) => {
    await expectParity({ build: () => merged(merge, branches, shape) });
  });

  it('of one value with itself, with the input and with a frozen branch', async () => {
    await expectParity({
      build: () => {
        const input = tf.input({ shape: [5] });
        const hidden = apply(units(5), input);
        const frozen = apply(tf.layers.dense({ units: 5, trainable: false }), input);
        const out = merge(
          [hidden, hidden, merge([input, hidden]), frozen].slice(0, name === 'concatenate' ? 4 : 2),
        );
        const all = name === 'concatenate' ? out : merge([out, input, frozen]);
        return tf.model({ inputs: input, outputs: apply(tf.layers.dense({ units: 2 }), all) });
      },
    });
  });
});

/**
 * TensorFlow.js' gradient of `maximum` and `minimum` forgets to sum over broadcast sides: here the inputs come to it in the
 * shape of the result.
 */
const widened: [string, Merge][] = MERGES.map(([name, merge]) => [
  name,
  (x) => {
    const out = merge(x);
    const layer = out.sourceLayer as unknown as { mergeFunction(x: tf.Tensor[]): tf.Tensor };
    const own = layer.mergeFunction.bind(layer);
    layer.mergeFunction = (inputs) => {
      const shape = inputs.reduce((a, b) => tf.add(a, b)).shape;
      return own(inputs.map((input) => tf.add(input, tf.zeros(shape))));
    };
    return out;
  },
]);

describe('merging', () => {
  it.each(widened.filter(([name]) => name !== 'concatenate'))('broadcasts: %s', async (_, merge) => {
    // [h, w, c] with [1, 1, c], [h, w, 1], [w, c] and [c]
    for (const [shape, other] of [
      [
        [2, 3, 5],
        [1, 1, 5],
      ],
      [
        [2, 3, 5],
        [2, 3, 1],
      ],
      [
        [2, 3, 9],
        [3, 9],
      ],
      [[3, 4], [4]],
      [
        [1, 4],
        [3, 1],
      ],
      [[4], [1]],
    ]) {
      await expectParity({
        build: () => {
          const inputs = [tf.input({ shape }), tf.input({ shape: other })];
          const [a, b] = inputs.map((x) =>
            apply(tf.layers.dense({ units: x.shape.at(-1)!, activation: 'tanh' }), x),
          );
          const c = merge([merge([a, b]), inputs[1]]);
          return tf.model({ inputs, outputs: apply(units(2), merge([b, c])) });
        },
        steps: 3,
      });
    }
  });

  it.each([
    [[4, 3], [2, 3], 1],
    [[2, 4, 3], [2, 1, 3], 2],
    [[2, 4, 8], [1, 4, 8], 1],
    [[2, 4, 3], [2, 4, 6], 3],
    [[2, 4, 8], [2, 4, 8], -1],
  ])('concatenates %j and %j along side %i', async (a, b, axis) => {
    await expectParity({
      build: () => {
        const inputs = [tf.input({ shape: a }), tf.input({ shape: b })];
        const hidden = inputs.map((x) => apply(units(x.shape.at(-1)!), x));
        const layer = tf.layers.concatenate({ axis });
        const out = apply(units(2), apply(layer, [hidden[0], hidden[1], inputs[0], hidden[1]]));
        return tf.model({ inputs, outputs: out });
      },
    });
  });

  it('picks the first of equals, as TensorFlow.js does', async () => {
    await expectParity({
      // relu makes many zeros on both sides, so that there are ties
      build: () => {
        const input = tf.input({ shape: [6] });
        const [a, b, c] = [1, 2, 3].map(() =>
          apply(tf.layers.dense({ units: 6, activation: 'relu' }), input),
        );
        const most = apply(tf.layers.maximum(), [a, b, c]);
        const least = apply(tf.layers.minimum(), [b, a, c]);
        return tf.model({ inputs: input, outputs: apply(units(2), apply(tf.layers.add(), [most, least])) });
      },
    });
  });

  it.each([false, true])('dot of vectors, cosine: %s', async (normalize) => {
    await expectParity({
      build: () => {
        const inputs = [tf.input({ shape: [5] }), tf.input({ shape: [3] })];
        const [a, b] = inputs.map((x) => apply(units(11), x));
        const product = apply(tf.layers.dot({ axes: -1, normalize }), [a, b]);
        const own = apply(tf.layers.dot({ axes: 1, normalize }), [a, apply(units(11), a)]);
        return tf.model({ inputs, outputs: apply(units(2), apply(tf.layers.concatenate(), [product, own])) });
      },
    });
  });

  it('refuses what it has no kernel for', () => {
    const compile = (model: tf.LayersModel): unknown =>
      compilePlan({
        graph: graphOf(model),
        losses: [planLoss('meanSquaredError')],
        optimizer: planOptimizer(tf.train.sgd(0.1)),
        batch: 4,
        threads: 1,
      });
    const inputs = [tf.input({ shape: [2, 3] }), tf.input({ shape: [2, 3] })];
    const outputs = apply(tf.layers.dot({ axes: [2, 2] }), inputs);
    expect(() => compile(tf.model({ inputs, outputs }))).toThrow('vectors alone');
    const before = apply(tf.layers.concatenate({ axis: -2 }), inputs);
    expect(() => compile(tf.model({ inputs, outputs: before }))).toThrow('counted from the front');
  });
});
