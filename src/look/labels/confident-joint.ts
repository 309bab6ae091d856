import { TOLERANCE, type LabelledRows, type RowFacts } from './labelled-rows';
import { pairwiseSum } from './pairwise-sum';

/** Counts of examples by given label and by the label that they are confidently taken to have. */
export interface ConfidentJoint {
  /** K×K, row by row: `counts[given · K + likely]`; at least 1 on the diagonal. */
  readonly counts: Float64Array;
  /** Class that each example is confidently taken to have; −1 where it is confident of none. */
  readonly likely: Int32Array;
}

/**
 * Returns the confident joint: an example counts for the one class whose probability reaches its threshold; for the likeliest
 * of all where several do; for none where none does.
 *
 * @see Curtis Northcutt, Lu Jiang & Isaac Chuang, "Confident learning: estimating uncertainty in dataset labels", 2021
 */
export function confidentJoint(
  { n, k, given, p }: LabelledRows,
  { top }: RowFacts,
  thresholds: ArrayLike<number>,
): ConfidentJoint {
  const counts = new Float64Array(k * k);
  const likely = new Int32Array(n);
  const least = Float64Array.from(thresholds, (value) => value - TOLERANCE);
  for (let i = 0, at = 0; i < n; i++, at += k) {
    let found = -1;
    for (let j = 0; j < k; j++) {
      if (p[at + j] < least[j]) continue;
      if (found >= 0) {
        found = top[i];
        break;
      }
      found = j;
    }
    likely[i] = found;
    if (found >= 0) counts[given[i] * k + found]++;
  }
  for (let j = 0; j < k; j++) counts[j * k + j] = Math.max(1, counts[j * k + j]);
  return { counts, likely };
}

/** Nearest whole number; halves go to the even one. */
export function roundHalfEven(value: number): number {
  const rounded = Math.round(value);
  return Math.abs(value % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

/** Rounds each row of a K×K matrix in place so that its total stays: what rounding took goes to where it took most. */
export function roundRows(matrix: Float64Array, k: number): void {
  const row = new Float64Array(k);
  for (let from = 0; from < k * k; from += k) {
    row.set(matrix.subarray(from, from + k));
    const whole = row.map(roundHalfEven);
    const total = roundHalfEven(pairwiseSum(row));
    for (let sum = pairwiseSum(whole); Math.abs(sum - total) > TOLERANCE; sum = pairwiseSum(whole)) {
      const step = sum > total ? -1 : 1;
      const order = Array.from(row, (_, j) => j).sort(
        (a, b) => row[a] - whole[a] - (row[b] - whole[b]) || a - b,
      );
      if (step > 0) order.reverse();
      for (const j of order.slice(0, Math.min(k, Math.round(Math.abs(total - sum))))) whole[j] += step;
    }
    matrix.set(whole, from);
  }
}

const TINY = 1e-100;

/**
 * Returns the confident joint scaled so that each row adds up to the examples with that label: an estimate of how many
 * examples have each pair of given and true label. Whole numbers.
 */
export function calibrateJoint(counts: Float64Array, perClass: ArrayLike<number>): Float64Array {
  const k = perClass.length;
  const turned = new Float64Array(k * k);
  for (let given = 0; given < k; given++) {
    let sum = 0;
    for (let likely = 0; likely < k; likely++) sum += counts[given * k + likely];
    for (let likely = 0; likely < k; likely++) {
      turned[likely * k + given] = (counts[given * k + likely] / Math.max(TINY, sum)) * perClass[given];
    }
  }
  const total = Math.max(TINY, pairwiseSum(turned));
  const n = Array.from(perClass).reduce((a, b) => a + b, 0);
  const calibrated = new Float64Array(k * k);
  for (let given = 0; given < k; given++)
    for (let likely = 0; likely < k; likely++)
      calibrated[given * k + likely] = (turned[likely * k + given] / total) * n;
  roundRows(calibrated, k);
  return calibrated;
}
