import fc from 'fast-check';
import { cholesky, choleskySolve } from '../../src/stats/cholesky';
import { curveFit } from '../../src/stats/curve-fit';
import { holm } from '../../src/stats/holm';

const x = [16, 32, 64, 128, 256, 512, 1024, 2048];
const y = [0.412, 0.331, 0.262, 0.205, 0.171, 0.142, 0.128, 0.117];
const weights = [0.02, 0.015, 0.012, 0.008, 0.006, 0.004, 0.003, 0.003].map((sd) => 1 / sd ** 2);
const pow3 = (n: number, [a, b, c]: ArrayLike<number> & Iterable<number>): number => a + b * n ** -c;

describe('curveFit', () => {
  // Reference: scipy.optimize.curve_fit of SciPy 1.17.1 with the same starts, bounds and sigma = 1 / √weight.
  it('ends where scipy.optimize.curve_fit ends, for three and four parameters', () => {
    const p3 = curveFit({ curve: pow3 as never, x, y, weights, starts: [[0.1, 2, 0.5]], lower: [0, 0, 0.01], upper: [1, 50, 3] }); // prettier-ignore
    expect(p3.cost).toBeCloseTo(1.8568261486815671, 8);
    expect(p3.parameters[0]).toBeCloseTo(0.08683026655665943, 5);
    expect(p3.parameters[1]).toBeCloseTo(1.3699024140930534, 4);
    expect(p3.parameters[2]).toBeCloseTo(0.5054722808400834, 5);
    expect(p3.converged).toBe(true);
    const mmf4 = curveFit({
      curve: (n, p) => (p[0] * p[1] + p[2] * n ** p[3]) / (p[1] + n ** p[3]),
      ...{ x, y, weights },
      starts: [[0.6, 10, 0.1, 0.7]],
      lower: [0, 0, 0, 0.05],
      upper: [5, 1e5, 1, 5],
    });
    expect(mmf4.cost).toBeCloseTo(0.3969741244288494, 7);
    expect(mmf4.parameters[2]).toBeCloseTo(0.10193991370133958, 4);
    expect(mmf4.parameters[3]).toBeCloseTo(0.7490432798352861, 3);
  });

  it('rests on a bound as scipy does', () => {
    const held = curveFit({ curve: pow3 as never, x, y, weights, starts: [[0.12, 2, 0.5]], lower: [0.115, 0, 0.01], upper: [1, 50, 3] }); // prettier-ignore
    expect(held.parameters[0]).toBe(0.115);
    expect(held.cost).toBeCloseTo(23.430173491195305, 6);
    expect(held.parameters[2]).toBeCloseTo(0.7103196107490907, 4);
  });

  it('keeps the best of several starts', () => {
    // (p² − 1)² + small tilt has valleys near −1 and 1; that near −1 is deeper.
    const problem = { curve: (u: number, p: ArrayLike<number>) => (u === 0 ? p[0] ** 2 : 0.1 * p[0]), x: [0, 1], y: [1, -0.1] }; // prettier-ignore
    expect(curveFit({ ...problem, starts: [[1.2]] }).parameters[0]).toBeCloseTo(0.98, 1);
    expect(curveFit({ ...problem, starts: [[1.2], [-0.3]] }).parameters[0]).toBeCloseTo(-1, 6);
  });

  it('finds the parameters that made the points', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.3, noNaN: true }), fc.double({ min: 0.5, max: 3, noNaN: true }), fc.double({ min: 0.2, max: 1.2, noNaN: true }), (a, b, c) => {
        const made = x.map((n) => pow3(n, [a, b, c]));
        const { parameters } = curveFit({ curve: pow3 as never, x, y: made, starts: [[0.1, 1, 0.6]], lower: [0, 0, 0.01], upper: [1, 50, 3] }); // prettier-ignore
        expect(pow3(8192, parameters as never)).toBeCloseTo(pow3(8192, [a, b, c]), 5);
      }), // prettier-ignore
      { seed: 1, numRuns: 50 },
    );
  });

  it('refuses what does not fit together, and survives a curve that is no number', () => {
    const curve = (u: number, p: ArrayLike<number>): number => p[0] * u;
    expect(() => curveFit({ curve, x: [1], y: [1, 2], starts: [[1]] })).toThrow('x has 1, y has 2');
    expect(() => curveFit({ curve, x: [], y: [], starts: [[1]] })).toThrow('"x" must hold at least one');
    expect(() => curveFit({ curve, x: [1], y: [1], starts: [] })).toThrow('"starts" must hold at least one');
    expect(curveFit({ curve: () => NaN, x: [1], y: [1], starts: [[1]] }).cost).toBe(Infinity);
  });
});

describe('cholesky', () => {
  it('solves, and says null where there is no triangle', () => {
    // 4x + 2y = 8, 2x + 5y = 12: y = (12 − 4) / 4 = 2, x = 1.
    expect(Array.from(choleskySolve(cholesky([[4, 2], [2, 5]])!, [8, 12]))).toEqual([1, 2]); // prettier-ignore
    expect(cholesky([[1, 2], [2, 1]])).toBeNull(); // prettier-ignore
    expect(cholesky([[NaN]])).toBeNull();
  });
});

describe('holm', () => {
  it('steps down, keeps order and NaN', () => {
    // sorted 0.01, 0.02, 0.04: ×3 = 0.03, ×2 = 0.04, ×1 = 0.04
    expect(holm([0.04, NaN, 0.01, 0.02])).toEqual([0.04, NaN, 0.03, 0.04]);
    expect(holm([0.9, 0.8])).toEqual([1, 1]);
    expect(holm([])).toEqual([]);
    expect(() => holm([2])).toThrow('"pValues[0]" must be a number between 0 and 1');
  });
});
