import type { Random } from '../../core/random';
import { drawNormal } from './draw-weights';
import { atDesk, NUMBERS_AT } from './kernel-desk';

/**
 * Returns a random orthogonal matrix, row-major: rows are orthonormal where there are fewer of them than columns, columns
 * elsewhere, times `gain`. It is uniform over all such matrices: normal numbers made orthonormal one vector after another
 * (modified Gram–Schmidt), which is the Q of a QR factorization whose R has a positive diagonal.
 *
 * @see F. Mezzadri: How to generate random matrices from the classical compact groups, 2007
 */
export function drawOrthogonal(stream: Random, rows: number, columns: number, gain: number): Float32Array {
  const length = Math.max(rows, columns);
  const count = Math.min(rows, columns);
  const stride = Math.ceil(length / 2) * 2;
  const drawn = drawNormal(stream, length * count, { mean: 0, sd: 1 });
  const values = new Float32Array(rows * columns);
  atDesk(count * stride * 8, ({ memory, run }) => {
    const vectors = new Float64Array(memory.buffer, NUMBERS_AT, count * stride).fill(0);
    const vector = (k: number): Float64Array => vectors.subarray(k * stride, k * stride + length);
    for (let k = 0; k < count; k++) vector(k).set(drawn.subarray(k * length, (k + 1) * length));
    run('orthonormal', [NUMBERS_AT, count, stride]);
    for (let i = 0; gain !== 1 && i < vectors.length; i++) vectors[i] *= gain;
    if (rows <= columns) for (let k = 0; k < count; k++) values.set(vector(k), k * columns);
    else for (let k = 0; k < count; k++) vector(k).forEach((value, i) => (values[i * columns + k] = value));
  });
  return values;
}
