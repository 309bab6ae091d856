import fc from 'fast-check';
import { random } from '../../src/core/random';
import { symmetricEigen } from '../../src/stats/symmetric-eigen';

describe('symmetricEigen', () => {
  it('gives orthogonal vectors that take the matrix apart', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 25 }), fc.integer({ min: 0, max: 1e6 }), (n, seed) => {
        const stream = random(seed);
        const rows = Array.from({ length: n }, () => new Float64Array(n));
        for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) rows[i][j] = rows[j][i] = stream.normal();
        const { values, vectors } = symmetricEigen(rows);
        for (let k = 1; k < n; k++) expect(values[k]).toBeLessThanOrEqual(values[k - 1] + 1e-12);
        vectors.forEach((vector, k) => {
          for (let i = 0; i < n; i++) {
            const product = rows[i].reduce((sum, x, j) => sum + x * vector[j], 0);
            expect(product).toBeCloseTo(values[k] * vector[i], 9);
          }
          vectors.forEach((other, l) => {
            const dot = vector.reduce((sum, x, j) => sum + x * other[j], 0);
            expect(dot).toBeCloseTo(Number(k === l), 9);
          });
        });
      }),
      { numRuns: 30 },
    );
  });
});
