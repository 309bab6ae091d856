import { permutation, type Random } from '../core/random';
import type { Dataset } from '../data/types';
import type { Loss } from '../engine/losses';
import type { Predictor } from '../engine/predictor';
import { encodeTargets } from './encode-targets';
import { predictRows } from './predict-rows';
import { scorer } from './score';
import type { Scores } from './types';

/** Fewest training examples that are scored after each epoch, where there are as many. */
const SAMPLE = 1000;

/** Rows of the training data to score: a sorted seeded sample, as large as the validation data or 1,000. */
export function scoredRows(train: Dataset, validation: Dataset | undefined, stream: Random): Int32Array {
  const size = Math.min(train.n, Math.max(validation?.n ?? 0, SAMPLE));
  return permutation(train.n, stream.fork('sample')).subarray(0, size).sort();
}

/** Returns a function that scores the named rows of a data set, all by default, in inference mode. */
export function rowScorer(
  by: Predictor,
  data: Dataset,
  loss: Loss,
  units: number,
  rows: Int32Array = Int32Array.from({ length: data.n }, (_, i) => i),
): () => Scores {
  const targets = encodeTargets(data, units);
  return () => {
    const tally = scorer(data, loss, units);
    const outputs = predictRows(by, data, rows, units);
    rows.forEach((row, i) => {
      const target = targets.subarray(row * units, (row + 1) * units);
      tally.add(data.labels[row], target, outputs.subarray(i * units, (i + 1) * units), 0);
    });
    return tally.scores();
  };
}
