import { denseDesign, sparseDesign } from '../../../src/build/learners/design';
import { lbfgs } from '../../../src/build/learners/lbfgs';
import { logisticProbabilities, logisticRegression } from '../../../src/build/learners/logistic-regression';
import { naiveBayes } from '../../../src/build/learners/naive-bayes';
import { ridgeRegression, ridgeValues } from '../../../src/build/learners/ridge-regression';
import { datasets } from '../../../src/data/datasets';
import { standardize } from '../../../src/data/standardize';
import reference from './scikit-learn.json';
import { wave } from './wave';

const closeTo = (found: ArrayLike<number>, wanted: readonly number[], digits: number): void => {
  expect(found).toHaveLength(wanted.length);
  wanted.forEach((value, i) => expect(found[i]).toBeCloseTo(value, digits));
};

describe('logisticRegression', () => {
  it('finds the weights of scikit-learn 1.9 for three classes (iris, standardised, C = 1)', async () => {
    const [iris] = standardize(datasets.iris());
    const design = denseDesign(iris.features.values, 150, 4);
    const model = await logisticRegression(design, iris.labels, 3, { tolerance: 1e-8 });
    expect(model.converged).toBe(true);
    closeTo(model.weights, reference.iris.coef.flat(), 4);
    closeTo(model.biases, reference.iris.intercept, 4);
    const p = logisticProbabilities(model, design);
    const rows = [0, 70, 133].flatMap((row) => Array.from(p.subarray(3 * row, 3 * row + 3)));
    closeTo(rows, reference.iris.proba.flat(), 5);
  });

  it('finds those for two (breast cancer, C = 0.1) by one logit', async () => {
    const [data] = standardize(datasets.breastCancer());
    const design = denseDesign(data.features.values, 569, 30);
    const model = await logisticRegression(design, data.labels, 2, { c: 0.1, tolerance: 1e-8 });
    closeTo(model.weights.subarray(0, 6), reference.breast.coef, 4);
    closeTo(model.biases, reference.breast.intercept, 4);
    const p = logisticProbabilities(model, design);
    closeTo([0, 100, 200, 300].map((row) => p[row]), reference.breast.proba, 5); // prettier-ignore
  });

  it('gives the same for sparse rows as for dense ones', async () => {
    const values = Float32Array.of(1, 0, 0, 2, 0, 3, 0, 0, -1, 0, 0, 4);
    const sparse = sparseDesign({
      n: 4,
      size: 3,
      starts: Float64Array.of(0, 1, 3, 4, 5),
      indices: Int32Array.of(0, 0, 2, 2, 2),
      values: Float32Array.of(1, 2, 3, -1, 4),
    });
    const codes = [0, 1, 2, 1];
    const a = await logisticRegression(denseDesign(values, 4, 3), codes, 3);
    const b = await logisticRegression(sparse, codes, 3);
    closeTo(b.weights, Array.from(a.weights), 10);
  });

  it('knows only shares where every feature is constant, and stops when told to', async () => {
    const design = denseDesign(new Float32Array(4), 4, 1);
    const model = await logisticRegression(design, [0, 0, 0, 1], 2, { tolerance: 1e-9 });
    closeTo(logisticProbabilities(model, design), [0.25, 0.25, 0.25, 0.25], 8);
    const stopped = await logisticRegression(design, [0, 0, 0, 1], 2, { pause: async () => true });
    expect(stopped.converged).toBe(false);
    expect(stopped.iterations).toBe(0);
  });
});

describe('naiveBayes', () => {
  it('gives the probabilities of scikit-learn 1.9, MultinomialNB', () => {
    // Rows [2, 1, 0], [0, 1, 3], [1, 0, 0], [0, 0, 1.5] of the classes 0, 1, 0, 2.
    const train = {
      ...{ n: 4, size: 3, starts: Float64Array.of(0, 2, 4, 5, 6) },
      ...{ indices: Int32Array.of(0, 1, 1, 2, 0, 2), values: Float32Array.of(2, 1, 1, 3, 1, 1.5) },
    };
    const model = naiveBayes(train, [0, 1, 0, 2], 3);
    const p = logisticProbabilities(model, denseDesign(Float32Array.of(1, 1, 1, 0, 0, 4), 2, 3));
    closeTo(p, [0.4788964, 0.2394482, 0.2816554, 0.0041091, 0.5259709, 0.46992], 6);
  });
});

describe('lbfgs', () => {
  it('goes down the curved valley of Rosenbrock to (1, 1)', async () => {
    const { x, converged } = await lbfgs(
      ([a, b], g) => {
        g[0] = -2 * (1 - a) - 400 * a * (b - a * a);
        g[1] = 200 * (b - a * a);
        return (1 - a) ** 2 + 100 * (b - a * a) ** 2;
      },
      Float64Array.of(-1.2, 1),
      { tolerance: 1e-9 },
    );
    expect(converged).toBe(true);
    closeTo(x, [1, 1], 8);
  });

  it('says so where it runs out of steps', async () => {
    const slow = await lbfgs(([a], g) => ((g[0] = 4 * a ** 3), a ** 4), Float64Array.of(9), {
      maxIterations: 2,
    });
    expect([slow.iterations, slow.converged]).toEqual([2, false]);
  });
});

describe('ridgeRegression', () => {
  it.each([
    ['more examples than features', 40, 3, 2, reference.ridge],
    ['fewer', 6, 9, 0.5, reference.ridgeWide],
  ])('finds the weights of scikit-learn 1.9 for %s', (_, n, d, alpha, wanted) => {
    const { values, targets } = wave(n, d);
    const model = ridgeRegression(values, n, d, targets, [alpha]);
    closeTo(model.weights, wanted.coef, 8);
    expect(model.bias).toBeCloseTo(wanted.b, 8);
  });

  it.each([
    [30, 9, 10, [8.40289, 8.35723, 7.97414, 6.91458, 7.43023]],
    [14, 9, 100, [33.634, 31.48111, 20.28165, 9.91967, 8.40288]],
    [25, 12, 1, [4.80333, 4.72619, 4.30234, 5.12943, 6.80238]],
  ])(
    'chooses the penalty that RidgeCV of scikit-learn 1.9 chooses; scores by NumPy (%i×%i)',
    (n, d, alpha, gcv) => {
      const { values, targets } = wave(n, d);
      const noisy = targets.map((target, i) => target + 3 * Math.cos(i * i));
      const model = ridgeRegression(values, n, d, noisy, [0.01, 0.1, 1, 10, 100]);
      expect(model.alpha).toBe(alpha);
      closeTo(model.scores.map((one) => one.gcv), gcv, 4); // prettier-ignore
    },
  );

  it('scores a penalty as the formula does: one feature by hand', () => {
    // x = −1, 0, 1 and y = 0, 0, 3: centred y −1, −1, 2; xᵀx = 2, xᵀy = 3; α = 1: w = 1, fit −1, 0, 1, residuals 0, −1, 1.
    // Degrees of freedom 1 + 2/3; GCV = (2/3) / (1 − (5/3)/3)² = (2/3) / (4/9)² = 3.375.
    const model = ridgeRegression(Float32Array.of(-1, 0, 1), 3, 1, [0, 0, 3], [1]);
    closeTo(model.weights, [1], 12);
    expect(model.scores[0].gcv).toBeCloseTo(3.375, 12);
    closeTo(ridgeValues(model, Float32Array.of(2), 1), [3], 12);
  });

  it('gives the mean where features say nothing, and for one example', () => {
    expect(ridgeRegression(new Float32Array(3), 3, 1, [1, 2, 6]).bias).toBe(3);
    expect(ridgeRegression(Float32Array.of(1, 2), 1, 2, [5]).bias).toBe(5);
  });
});
