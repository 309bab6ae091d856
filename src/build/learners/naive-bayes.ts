import type { SparseFeatures } from '../../data/prepare/sparse-features';
import type { LinearModel } from './logistic-regression';

/**
 * Returns multinomial naive Bayes as the linear model that it is: weights are logarithms of how often each feature occurs in a
 * class, biases those of the class shares. Classes without an example get a share of next to nothing.
 *
 * @param features counts or weights ≥ 0
 * @param codes N class codes 0 … K−1
 * @param classes K
 * @param smoothing added to each count; defaults to 1
 * @returns weights K×D, biases K; their scores by softmax are probabilities
 * @see Christopher Manning, Prabhakar Raghavan & Hinrich Schütze, "Introduction to information retrieval", 2008, chapter 13
 */
export function naiveBayes(
  { n, size, starts, indices, values }: SparseFeatures,
  codes: ArrayLike<number>,
  classes: number,
  smoothing = 1,
): LinearModel {
  const weights = new Float64Array(classes * size).fill(smoothing);
  const biases = new Float64Array(classes);
  for (let i = 0; i < n; i++) {
    biases[codes[i]]++;
    for (let e = starts[i]; e < starts[i + 1]; e++) weights[codes[i] * size + indices[e]] += values[e];
  }
  for (let k = 0; k < classes; k++) {
    const own = weights.subarray(k * size, (k + 1) * size);
    const total = own.reduce((sum, count) => sum + count, 0);
    own.forEach((count, j) => (own[j] = Math.log(count / total)));
    biases[k] = Math.log(Math.max(biases[k], 1e-9) / n);
  }
  return { weights, biases, iterations: 1, converged: true };
}
