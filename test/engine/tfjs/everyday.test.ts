import type { Tensor } from '@tensorflow/tfjs';
import fc from 'fast-check';
import type { TensorFlow } from '../../../src/engine/tf';
import { completed, expectSame, normal } from './both';

let tf: TensorFlow;
beforeAll(async () => {
  tf = await completed();
});

const shape = fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 5 });

describe('everyday operations on WebAssembly are those of the plain backend', () => {
  it('arithmetic, any axes of either side repeated', async () => {
    const sides = fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.constantFrom('both', 'a', 'b')), {
      maxLength: 5,
    });
    await fc.assert(
      fc.asyncProperty(sides, fc.nat(3), fc.nat(3), async (list, dropA, dropB) => {
        const a = list.map(([side, who]) => (who === 'b' ? 1 : side)).slice(Math.min(dropA, list.length));
        const b = list.map(([side, who]) => (who === 'a' ? 1 : side)).slice(Math.min(dropB, list.length));
        // What is left out must be repeatable.
        fc.pre(dropA === 0 || dropB === 0);
        await expectSame(tf, () => {
          const [x, y] = [normal(tf, 1, ...a), normal(tf, 2, ...b)];
          return [x.add(y), x.sub(y), x.mul(y), x.div(y)];
        });
      }),
      { numRuns: 150, seed: 1 },
    );
    await expectSame(tf, () => {
      const [x, y] = [tf.tensor1d([5, -7, 3], 'int32'), tf.tensor1d([2, 2, 2], 'int32')];
      return [x.add(y), x.mul(y), x.sub(y), x.div(y), x.add(0.5)];
    });
  });

  it('sums and means along any axes', async () => {
    await fc.assert(
      fc.asyncProperty(shape, fc.nat(31), fc.boolean(), async (sides, bits, keep) => {
        const axes = sides.map((_, axis) => axis).filter((axis) => (bits >> axis) & 1);
        await expectSame(tf, () => {
          const x = normal(tf, 1, ...sides);
          return [tf.sum(x, axes, keep), tf.mean(x, axes, keep), tf.sum(x), tf.mean(x)];
        });
      }),
      { numRuns: 100, seed: 2 },
    );
    await expectSame(tf, () => [
      tf.sum(tf.tensor1d([1, 2, 3], 'int32')),
      tf.mean(tf.tensor2d([[1, 2], [4, 8]], [2, 2], 'int32'), 0), // prettier-ignore
      tf.sum(tf.zeros([0, 3]), 0),
      tf.sum(normal(tf, 3, 5, 4), -1),
    ]);
  });

  it('sums of many numbers keep their precision', async () => {
    await expectSame(tf, () => {
      const x = normal(tf, 1, 30_000, 5).add(3);
      return [tf.sum(x, 0), tf.sum(x), tf.mean(x, 0)];
    }, 1e-6); // prettier-ignore
  });

  it('sigmoid, tanh, step and exponential, at their ends too', async () => {
    await expectSame(tf, () => {
      const x = tf.concat([normal(tf, 1, 9).mul(4), tf.tensor1d([0, -0, 20, -20, 100, -100, Infinity, -Infinity, NaN])]);
      return [tf.sigmoid(x), tf.tanh(x), tf.step(x, 0.25), tf.exp(normal(tf, 2, 7))];
    }, 1e-6); // prettier-ignore
    // One by one, as each has a size of its own.
    for (const x of [
      -110,
      -90,
      -80,
      -1e-4,
      0,
      1,
      50,
      87.9,
      88.1,
      88.7,
      88.8,
      1000,
      Infinity,
      -Infinity,
      NaN,
    ]) {
      await expectSame(tf, () => tf.exp(tf.scalar(x)), 1e-6);
    }
  });

  it('rows by their numbers and boxes out of tensors', async () => {
    await fc.assert(
      fc.asyncProperty(
        shape,
        fc.nat(1000),
        fc.constantFrom('float32', 'int32', 'bool'),
        async (sides, seed, dtype) => {
          fc.pre(sides.length > 0);
          const axis = seed % sides.length;
          const begin = sides.map((side, i) => (seed >> i) % side);
          const size = sides.map((side, i) => ((seed >> (i + 1)) & 1 ? -1 : side - begin[i]));
          await expectSame(tf, () => {
            const x = normal(tf, 1, ...sides)
              .mul(9)
              .cast(dtype as 'float32');
            const indices = tf.tensor2d([[0, sides[axis] - 1, 0]], [1, 3], 'int32');
            const parts = [
              ...tf.split(x, [begin[axis], sides[axis] - begin[axis]], axis),
              ...tf.unstack(x, axis - sides.length),
            ];
            return [tf.gather(x, indices, axis), tf.slice(x, begin, size), tf.slice(x, begin[0]), ...parts];
          });
        },
      ),
      { numRuns: 100, seed: 3 },
    );
    await expectSame(tf, () => [
      tf.gather(tf.tensor1d([1, 2]), tf.tensor1d([], 'int32')),
      tf.slice(normal(tf, 1, 3, 4), [1, 2], [0, 1]),
      ...tf.split(normal(tf, 2, 6, 4), 3),
      ...tf.split(normal(tf, 2, 6, 4), [1, -1, 2], 0),
      tf.tensor1d(['a', 'b', 'c']).slice(1),
    ]);
    const refused = (): Tensor => tf.tidy(() => tf.gather(tf.tensor1d([1, 2]), tf.tensor1d([2], 'int32')));
    expect(refused).toThrow('the index value 2 is not in [0, 1]');
  });

  it('the gradient of max pooling, also among equal numbers', async () => {
    const sizes = fc.tuple(
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 3, max: 8 }),
      fc.constantFrom(1, 3, 4, 9),
    );
    await fc.assert(
      fc.asyncProperty(
        sizes,
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 3 }),
        fc.constantFrom('same', 'valid'),
        fc.boolean(),
        async ([n, side, channels], window, stride, pad, ties) => {
          await expectSame(tf, () => {
            const x = normal(tf, 1, n, side, side + 1, channels);
            const input = ties ? tf.round(x) : x;
            const pool = (t: Tensor): Tensor =>
              tf.maxPool(t as never, [window, 2], [stride, 1], pad as 'same');
            return tf.grad(pool)(input, normal(tf, 2, ...pool(input).shape));
          });
        },
      ),
      { numRuns: 80, seed: 4 },
    );
  });
});
