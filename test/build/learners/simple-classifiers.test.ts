import { decisionTree, treeProbabilities } from '../../../src/build/learners/decision-tree';
import { gaussianClasses, gaussianProbabilities } from '../../../src/build/learners/gaussian-classes';
import { datasets } from '../../../src/data/datasets';

const iris = datasets.iris();
const rightOf = (p: Float64Array): number => {
  let right = 0;
  for (let i = 0; i < 150; i++) {
    const row = Array.from(p.subarray(3 * i, 3 * i + 3));
    right += Number(row.indexOf(Math.max(...row)) === iris.labels[i]);
  }
  return right;
};

describe('gaussianClasses', () => {
  it('is Gaussian naive Bayes with a variance for each class', () => {
    // Class 0: −1, 1 (variance 1); class 1: 3, 7 (mean 5, variance 4). At x = 2, shares ½ each:
    // N(2; 0, 1) = 0.05399, N(2; 5, 4) = 0.06476 → 0.4547
    const values = Float32Array.of(-1, 1, 3, 7);
    const p = gaussianProbabilities(gaussianClasses(values, 1, [0, 0, 1, 1], 2, false), Float32Array.of(2));
    expect(p[0]).toBeCloseTo(0.4547, 3);
    expect(p[0] + p[1]).toBeCloseTo(1, 12);
    // 144 right, as scikit-learn 1.9 GaussianNB on all of iris
    const fitted = gaussianClasses(iris.features.values, 4, iris.labels, 3, false);
    expect(rightOf(gaussianProbabilities(fitted, iris.features.values))).toBe(144);
  });

  it('is the nearest centroid with one variance for all, and never chooses a class without examples', () => {
    const p = gaussianProbabilities(
      gaussianClasses(Float32Array.of(0, 4), 1, [0, 2], 3, true),
      Float32Array.of(1, 2),
    );
    expect(p[0]).toBeGreaterThan(0.99);
    expect([p[1], p[4]]).toEqual([0, 0]);
    expect(p[3]).toBeCloseTo(0.5, 12);
    expect(p.every(Number.isFinite)).toBe(true);
  });
});

describe('decisionTree', () => {
  it('cuts half-way between the values that it tells apart, and has a floor of one shared count', () => {
    const values = Float32Array.of(0, 1, 2, 3, 10, 11, 12, 13);
    const tree = decisionTree(values, 1, [0, 0, 0, 0, 1, 1, 1, 1], 2, { minLeaf: 1 });
    expect(tree.thresholds[0]).toBe(6.5);
    expect(tree.features).toEqual([0, -1, -1]);
    // (4 + ½) / 5
    expect(Array.from(treeProbabilities(tree, Float32Array.of(6, 7), 1))).toEqual([0.9, 0.1, 0.1, 0.9]);
  });

  it('keeps to its depth and its leaves, and to a root where nothing can be told apart', () => {
    const tree = decisionTree(iris.features.values, 4, iris.labels, 3, { maxDepth: 2, minLeaf: 5 });
    expect(tree.features.filter((f) => f >= 0).length).toBeLessThanOrEqual(3);
    // petal ≤ 2.45, then petal width ≤ 1.75: 144 right, as in any textbook
    expect(rightOf(treeProbabilities(tree, iris.features.values, 4))).toBe(144);
    expect(decisionTree(Float32Array.of(1, 1, 1), 1, [0, 1, 0], 2).features).toEqual([-1]);
  });
});
