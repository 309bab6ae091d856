import fc from 'fast-check';
import { random } from '../../src/core/random';
import { fisherExact } from '../../src/stats/fisher-exact';
import { symmetricEigen } from '../../src/stats/symmetric-eigen';

describe('fisherExact', () => {
  it('is the tail of the hypergeometric distribution', () => {
    // The lady tasting tea: 17 of 70 ways, 1 of 70 for all four.
    expect(fisherExact([3, 4], [1, 4])).toBeCloseTo(17 / 70, 12);
    expect(fisherExact([4, 4], [0, 4])).toBeCloseTo(1 / 70, 12);
    expect(fisherExact([0, 4], [4, 4])).toBe(1);
    expect(fisherExact([0, 0], [2, 4])).toBe(1);
    // R: fisher.test(matrix(c(300, 700, 2000, 8000), 2), alternative = "greater")
    expect(fisherExact([300, 1000], [2000, 10000])).toBeLessThan(1e-12);
  });
});

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
