import { kthSmallest } from './select-rows-by';

/** How much more a residual counts than the label. */
const RESIDUAL_SCALE = 5;
/** Share of the examples that are looked at as neighbours. */
const NEIGHBOURS = 0.5;
const TINY = 1e-100;
/** Distances below it are none. */
const NO_DISTANCE = Math.sqrt(100 * Number.EPSILON);

/** Values with mean 0 and standard deviation 1, times a scale. */
function standardized(values: Float64Array, scale: number): Float64Array {
  const n = values.length;
  const mean = values.reduce((a, b) => a + b, 0) / n;
  const sd = Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / n);
  return values.map((value) => (scale * (value - mean)) / (sd + TINY));
}

/** Mean of the `count` smallest. */
function meanOfSmallest(values: Float64Array, count: number): number {
  const n = values.length;
  const limit = kthSmallest(values, n, count - 1);
  let [sum, below] = [0, 0];
  for (let i = 0; i < n; i++) {
    if (values[i] >= limit) continue;
    sum += values[i];
    below++;
  }
  return (sum + (count - below) * limit) / count;
}

/** The middle one, or the mean of the two in the middle. */
function middleOf(values: Float64Array): number {
  const sorted = values.slice().sort();
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/**
 * Returns how ordinary each label and its residual are together, from 0 (far from the others) to 1: e^(−d / median d), with d
 * the mean distance to the nearest half of the examples in the plane of standardised label and five times the standardised
 * residual. Time grows with N².
 *
 * @see cleanlab, `regression.rank.get_label_quality_scores`, method "outre"
 */
export function outreScores(label: Float64Array, residual: Float64Array): Float64Array {
  const n = label.length;
  const x = standardized(label, 1);
  const y = standardized(residual, RESIDUAL_SCALE);
  const count = Math.ceil(NEIGHBOURS * n);
  const distances = new Float64Array(n);
  const means = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) distances[j] = Math.sqrt((x[i] - x[j]) ** 2 + (y[i] - y[j]) ** 2);
    means[i] = meanOfSmallest(distances, count);
  }
  const scale = Math.max(middleOf(means), 100 * Number.EPSILON);
  return means.map((mean) => (mean < NO_DISTANCE ? 1 : Math.exp(-mean / Math.max(scale, 1e-6))));
}
