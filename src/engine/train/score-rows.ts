import { permutation, type Random } from '../../core/random';
import type { Loss } from '../losses';
import { scorer } from './score';
import type { Scores, TrainingData } from './types';

/** Fewest training examples that are scored after each epoch, where there are as many. */
const SAMPLE = 1000;

/** How many of n training examples are scored. */
export const sampleSize = (n: number, validation: number): number =>
  Math.min(n, Math.max(validation, SAMPLE));

/** Which of n training examples to score: a sorted seeded sample, as large as the validation data or 1,000. */
export function scoredRows(n: number, validation: number, stream: Random): Int32Array {
  return permutation(n, stream.fork('sample')).subarray(0, sampleSize(n, validation)).sort();
}

/** Every row of a data set. */
export const allRows = (data: { readonly n: number }): Int32Array =>
  Int32Array.from({ length: data.n }, (_, i) => i);

/**
 * Returns a function that scores the named rows of a data set, all by default.
 *
 * @param outputsOf gives the model's outputs rows×U in inference mode
 */
export function rowScorer(
  outputsOf: (rows: Int32Array) => Float32Array,
  data: Omit<TrainingData, 'inputs'>,
  loss: Loss,
  units: number,
  rows: Int32Array = allRows(data),
): () => Scores {
  return () => {
    const tally = scorer(data, loss, units);
    const outputs = outputsOf(rows);
    rows.forEach((row, i) => tally.add(data.labels[row], data.targets, row, outputs, i));
    return tally.scores();
  };
}
