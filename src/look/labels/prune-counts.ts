import { roundRows } from './confident-joint';
import { pairwiseSum } from './pairwise-sum';

/** How many examples of each pair are pruned, and what is kept. */
export interface PruneOptions {
  readonly minExamplesPerClass: number;
  readonly fracNoise: number;
  readonly numToRemovePerClass: readonly number[] | null;
}

/** Keeps at least so many examples of each class, by taking equally from its counts of noise; in place. */
function keepSome(counts: Float64Array, k: number, least: number): void {
  for (let given = 0; given < k; given++) {
    const diagonal = counts[given * k + given];
    const kept = Math.max(diagonal, least);
    let noisy = -1;
    for (let likely = 0; likely < k; likely++) if (counts[likely * k + given] !== 0) noisy++;
    const less = (kept - diagonal) / Math.max(noisy, 1);
    for (let likely = 0; likely < k; likely++) {
      const at = likely * k + given;
      counts[at] = Math.max(0, counts[at] - less);
    }
    counts[given * k + given] = kept;
  }
}

/** Takes a share of the noise only; what is left out goes to the diagonal. In place. */
function takeShare(counts: Float64Array, k: number, share: number): void {
  for (let given = 0; given < k; given++) {
    let left = 0;
    for (let likely = 0; likely < k; likely++) {
      const at = likely * k + given;
      const taken = likely === given ? counts[at] : counts[at] * share;
      left += counts[at] - taken;
      counts[at] = likely === given ? taken : Math.trunc(taken);
    }
    counts[given * k + given] = Math.trunc(counts[given * k + given] + left);
  }
}

/** Scales the noise to a number of examples to remove of each class. In place. */
function removeGiven(
  counts: Float64Array,
  k: number,
  perClass: ArrayLike<number>,
  toRemove: readonly number[],
): void {
  const sums = Float64Array.from({ length: k }, (_, row) => {
    let sum = 0;
    for (let j = 0; j < k; j++) sum += counts[row * k + j];
    return sum;
  });
  for (let row = 0; row < k; row++) {
    // Under each entry stands the total of the row that its column names: how cleanlab normalises here.
    for (let j = 0; j < k; j++) counts[row * k + j] = counts[row * k + j] / sums[j];
    const noise = pairwiseSum(counts, row * k, k) - counts[row * k + row];
    for (let j = 0; j < k; j++) {
      const scaled = (counts[row * k + j] * toRemove[row]) / noise;
      counts[row * k + j] = Number.isFinite(scaled) ? scaled : 0;
    }
    counts[row * k + row] = perClass[row] - toRemove[row];
  }
  roundRows(counts, k);
}

/**
 * Returns how many examples are to be pruned of each pair: `counts[likely · K + given]`, and how many are kept of each class
 * on the diagonal.
 *
 * @param joint calibrated confident joint, `joint[given · K + likely]`
 * @param perClass examples with each label
 */
export function pruneCounts(
  joint: Float64Array,
  perClass: ArrayLike<number>,
  options: PruneOptions,
): Float64Array {
  const k = perClass.length;
  const counts = new Float64Array(k * k);
  for (let given = 0; given < k; given++)
    for (let likely = 0; likely < k; likely++) counts[likely * k + given] = joint[given * k + likely];
  keepSome(counts, k, options.minExamplesPerClass);
  takeShare(counts, k, options.fracNoise);
  roundRows(counts, k);
  if (options.numToRemovePerClass !== null) removeGiven(counts, k, perClass, options.numToRemovePerClass);
  return counts;
}
