import { permutation, type Random } from '../core/random';
import type { Dataset } from '../data/types';
import type { Loss } from '../engine/losses';
import { encodeTargets } from './encode-targets';
import { scorer } from './score';
import type { Scores } from './types';

/** Fewest training examples that are scored after each epoch, where there are as many. */
const SAMPLE = 1000;

/** Rows of the training data to score: a sorted seeded sample, as large as the validation data or 1,000. */
export function scoredRows(train: Dataset, validation: Dataset | undefined, stream: Random): Int32Array {
  const size = Math.min(train.n, Math.max(validation?.n ?? 0, SAMPLE));
  return permutation(train.n, stream.fork('sample')).subarray(0, size).sort();
}

/** Every row of a data set. */
export const allRows = (data: Dataset): Int32Array => Int32Array.from({ length: data.n }, (_, i) => i);

/**
 * Returns a function that scores the named rows of a data set, all by default.
 *
 * @param outputsOf gives the model's outputs rows×U in inference mode
 */
export function rowScorer(
  outputsOf: (rows: Int32Array) => Float32Array,
  data: Dataset,
  loss: Loss,
  units: number,
  rows: Int32Array = allRows(data),
): () => Scores {
  const targets = encodeTargets(data, units);
  return () => {
    const tally = scorer(data, loss, units);
    const outputs = outputsOf(rows);
    rows.forEach((row, i) => tally.add(data.labels[row], targets, row, outputs, i));
    return tally.scores();
  };
}
