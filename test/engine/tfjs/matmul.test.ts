import type { Tensor } from '@tensorflow/tfjs';
import fc from 'fast-check';
import type { TensorFlow } from '../../../src/engine/tf';
import { completed, expectClose, expectSame, normal, on } from './both';

let tf: TensorFlow;
beforeAll(async () => {
  tf = await completed();
});

const size = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constantFrom(16, 17, 31, 32, 40));

/** A · B of two single matrices, as rows, summed in order. */
function naive(a: number[][], b: number[][]): number[][] {
  return a.map((row) => b[0].map((_, j) => row.reduce((sum, x, k) => sum + x * b[k][j], 0)));
}

describe('matrix products on WebAssembly', () => {
  it('of any size, turned or not, are those of the plain backend', async () => {
    await fc.assert(
      fc.asyncProperty(size, size, size, fc.boolean(), fc.boolean(), async (M, K, N, ta, tb) => {
        await expectSame(tf, () =>
          tf.matMul(
            normal(tf, 1, ...(ta ? [K, M] : [M, K])),
            normal(tf, 2, ...(tb ? [N, K] : [K, N])),
            ta,
            tb,
          ),
        );
      }),
      { numRuns: 200, seed: 1 },
    );
  });

  it('in batches, one side repeated or none', async () => {
    const batches = fc.constantFrom([[3], [3]], [[3], [1]], [[1], [3]], [[2, 3], [2, 3]], [[2, 3], [1, 1]], [[4], []]); // prettier-ignore
    await fc.assert(
      fc.asyncProperty(
        batches,
        size,
        size,
        size,
        fc.boolean(),
        fc.boolean(),
        async ([p, q], M, K, N, ta, tb) => {
          const a = () => normal(tf, 1, ...p, ...(ta ? [K, M] : [M, K]));
          const b = () => normal(tf, 2, ...q, ...(tb ? [N, K] : [K, N]));
          await expectSame(tf, () => tf.matMul(a(), b(), ta, tb));
        },
      ),
      { numRuns: 100, seed: 2 },
    );
  });

  it('repeat sides of each axis on its own, where the plain backend mixes them up', async () => {
    const product = (): Tensor => tf.matMul(normal(tf, 1, 2, 1, 3, 4), normal(tf, 2, 1, 5, 4, 6));
    const [actual] = await on(tf, 'wasm', product);
    const a = (await on(tf, 'cpu', () => normal(tf, 1, 2, 1, 3, 4)))[0].values as number[];
    const b = (await on(tf, 'cpu', () => normal(tf, 2, 1, 5, 4, 6)))[0].values as number[];
    const matrix = (values: number[], at: number, rows: number, columns: number): number[][] =>
      Array.from({ length: rows }, (_, i) => values.slice(at + i * columns, at + (i + 1) * columns));
    const values = [0, 1].flatMap((i) =>
      [0, 1, 2, 3, 4].flatMap((j) => naive(matrix(a, i * 12, 3, 4), matrix(b, j * 24, 4, 6)).flat()),
    );
    expectClose([actual], [{ shape: [2, 5, 3, 6], dtype: 'float32', values }]);
  });

  it.each(['linear', 'relu', 'relu6', 'elu', 'sigmoid', 'leakyrelu', 'prelu'] as const)(
    'with bias and %s fused, and their gradients',
    async (activation) => {
      for (const [M, K, N] of [
        [5, 3, 1],
        [9, 4, 3],
        [6, 7, 8],
        [4, 5, 19],
      ]) {
        // prettier-ignore
        const fused = (a: Tensor, b: Tensor, bias: Tensor): Tensor =>
          tf.fused.matMul({
            ...{ a, b, bias, activation, leakyreluAlpha: 0.3, transposeB: N === 8 },
            ...(activation === 'prelu' ? { preluActivationWeights: normal(tf, 5, N) } : {}),
          } as never);
        await expectSame(tf, () => {
          const inputs = [
            normal(tf, 1, M, K),
            normal(tf, 2, ...(N === 8 ? [N, K] : [K, N])),
            normal(tf, 3, N),
          ];
          const [a, b, bias] = inputs;
          const gradients = ['linear', 'relu', 'relu6'].includes(activation)
            ? tf.grads((x, y, z) => fused(x, y, z))(inputs, normal(tf, 4, M, N))
            : [];
          return [fused(a, b, bias), ...gradients];
        });
      }
    },
  );

  it('of nothing, and of whole numbers', async () => {
    await expectSame(tf, () => [
      tf.matMul(tf.zeros([0, 3]), tf.ones([3, 4])),
      tf.matMul(tf.ones([2, 0]), tf.ones([0, 4])),
      tf.matMul(tf.tensor2d([[1, 2], [3, 4]], [2, 2], 'int32'), tf.tensor2d([[1, 2], [3, 4]], [2, 2], 'int32')), // prettier-ignore
    ]);
  });

  it('stay usable after a call that fails', () => {
    const before = tf.memory().numTensors;
    const run = (inputs: object): Tensor =>
      tf
        .engine()
        .runKernel('BatchMatMul', inputs as never, { transposeA: false, transposeB: false }) as Tensor;
    tf.tidy(() => {
      expect(() => run({ a: tf.ones([2, 3]), b: tf.ones([2, 3]) })).toThrow('inner shapes (3) and (2)');
      expect(() => tf.matMul(tf.ones([40_000, 1]), tf.ones([1, 40_000]))).toThrow(
        /no memory for another \d+ MB/,
      );
      expect(tf.matMul(tf.ones([1, 3]), tf.ones([3, 1])).dataSync()).toEqual(new Float32Array([3]));
    });
    expect(tf.memory().numTensors).toBe(before);
  });
});
