import type { ExampleDynamics } from './types';

/** How the examples fared, by their places in the training data. */
export type PlainDynamics = Omit<ExampleDynamics, 'ids'>;

/** Adds up, over the epochs, how each training example fares. */
export interface ExampleSums {
  add(row: number, epoch: number, loss: number, confidence: number, correct: boolean): void;
  dynamics(): PlainDynamics;
}

/** Returns empty sums for n examples; memory grows with n alone. */
export function exampleSums(n: number): ExampleSums {
  const seen = new Int32Array(n);
  const lossSum = new Float64Array(n);
  const confidenceSum = new Float64Array(n);
  const confidenceSquareSum = new Float64Array(n);
  const correctSum = new Int32Array(n);
  const forgotten = new Int32Array(n);
  const firstLearned = new Int32Array(n);
  const wasCorrect = new Uint8Array(n);
  return {
    add(row, epoch, loss, confidence, correct) {
      seen[row]++;
      lossSum[row] += loss;
      confidenceSum[row] += confidence;
      confidenceSquareSum[row] += confidence * confidence;
      if (correct) correctSum[row]++;
      if (correct && firstLearned[row] === 0) firstLearned[row] = epoch;
      if (!correct && wasCorrect[row]) forgotten[row]++;
      wasCorrect[row] = Number(correct);
    },
    dynamics: () => ({
      n,
      seen: Array.from(seen),
      lossSum: Array.from(lossSum),
      confidenceSum: Array.from(confidenceSum),
      confidenceSquareSum: Array.from(confidenceSquareSum),
      correctSum: Array.from(correctSum),
      forgotten: Array.from(forgotten),
      firstLearned: Array.from(firstLearned),
    }),
  };
}
