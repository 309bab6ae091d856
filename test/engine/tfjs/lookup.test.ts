import fc from 'fast-check';
import type { TensorFlow } from '../../../src/engine/tf';
import { completed, expectSame, normal, on } from './both';

let tf: TensorFlow;
beforeAll(async () => {
  tf = await completed();
});

describe('sums over segments on WebAssembly', () => {
  it('are those of the plain backend for any size, ids out of range being left out', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: -2, max: 9 }), { minLength: 1, maxLength: 40 }),
        fc.array(fc.integer({ min: 1, max: 7 }), { maxLength: 2 }),
        fc.integer({ min: 1, max: 8 }),
        async (ids, inner, segments) => {
          await expectSame(tf, () =>
            tf.unsortedSegmentSum(normal(tf, 1, ids.length, ...inner), tf.tensor1d(ids, 'int32'), segments),
          );
        },
      ),
      { numRuns: 60, seed: 1 },
    );
  });

  it('of whole numbers, and of nothing', async () => {
    await expectSame(tf, () =>
      tf.unsortedSegmentSum(tf.tensor1d([1, 2, 3], 'int32'), tf.tensor1d([0, 1, 0], 'int32'), 2),
    );
    const none = () => tf.unsortedSegmentSum(tf.zeros([0, 3]), tf.tensor1d([], 'int32'), 2);
    expect(await on(tf, 'wasm', none)).toEqual([
      { shape: [2, 3], dtype: 'float32', values: [0, 0, 0, 0, 0, 0] },
    ]);
  });

  it('give a lookup its gradient, along any axis', async () => {
    for (const axis of [0, 1]) {
      await expectSame(tf, () => {
        const table = normal(tf, 1, 5, 6, 3);
        const indices = tf.tensor2d([[0, 4, 1], [4, 4, 2]], [2, 3], 'int32'); // prettier-ignore
        return tf.grad((x) => tf.gather(x, indices, axis))(
          table,
          normal(tf, 2, ...tf.gather(table, indices, axis).shape),
        );
      });
    }
  });
});
