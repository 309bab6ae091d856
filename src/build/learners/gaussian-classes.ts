import { softmaxRows } from './links';

/** Classes as clouds: mean and variance of each feature in each class, and the share of each class. */
export interface GaussianClasses {
  readonly d: number;
  /** K×D. */
  readonly means: Float64Array;
  readonly variances: Float64Array;
  /** K, logarithms; −Infinity for a class without an example. */
  readonly priors: Float64Array;
}

/** Share of the largest variance of a feature that is added to all of them, as in scikit-learn. */
const SMOOTHING = 1e-9;

/** Variances of the whole, with the largest. */
function varianceOfAll(values: Float32Array, n: number, d: number): number {
  let most = 0;
  for (let j = 0; j < d; j++) {
    let mean = 0;
    for (let i = 0; i < n; i++) mean += values[i * d + j] / n;
    let sum = 0;
    for (let i = 0; i < n; i++) sum += (values[i * d + j] - mean) ** 2;
    most = Math.max(most, sum / n);
  }
  return most;
}

/**
 * Returns the classes as clouds. With a variance for each class and feature that is Gaussian naive Bayes; with one for all it
 * is the nearest centroid as probabilities.
 *
 * @param values flat, N×D
 * @param codes N class codes 0 … K−1
 * @param shared one variance for all classes and features
 * @see scikit-learn, `GaussianNB`: the same smoothing
 */
export function gaussianClasses(
  values: Float32Array,
  d: number,
  codes: ArrayLike<number>,
  classes: number,
  shared: boolean,
): GaussianClasses {
  const n = codes.length;
  const counts = new Float64Array(classes);
  const means = new Float64Array(classes * d);
  const variances = new Float64Array(classes * d);
  for (let i = 0; i < n; i++) {
    counts[codes[i]]++;
    for (let j = 0; j < d; j++) means[codes[i] * d + j] += values[i * d + j];
  }
  for (let e = 0; e < means.length; e++) means[e] /= Math.max(1, counts[Math.floor(e / d)]);
  for (let i = 0; i < n; i++) {
    const at = codes[i] * d;
    for (let j = 0; j < d; j++) variances[at + j] += (values[i * d + j] - means[at + j]) ** 2;
  }
  const floor = SMOOTHING * varianceOfAll(values, n, d) || SMOOTHING;
  if (shared) variances.fill(variances.reduce((sum, v) => sum + v, 0) / (n * d) + floor);
  else for (let e = 0; e < variances.length; e++) variances[e] = variances[e] / Math.max(1, counts[Math.floor(e / d)]) + floor; // prettier-ignore
  return { d, means, variances, priors: counts.map((count) => Math.log(count / n)) };
}

/** Returns the probabilities N×K that the clouds give. */
export function gaussianProbabilities(
  { d, means, variances, priors }: GaussianClasses,
  values: Float32Array,
): Float64Array {
  const k = priors.length;
  const n = values.length / d;
  const precisions = variances.map((variance) => 1 / variance);
  const starts = priors.map((prior, c) => {
    let sum = prior;
    for (let j = 0; j < d; j++) sum -= 0.5 * Math.log(variances[c * d + j]);
    return sum;
  });
  const scores = new Float64Array(n * k);
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < k; c++) {
      let sum = 0;
      for (let j = 0; j < d; j++) sum += (values[i * d + j] - means[c * d + j]) ** 2 * precisions[c * d + j];
      scores[i * k + c] = starts[c] - 0.5 * sum;
    }
  }
  return softmaxRows(scores, k);
}
