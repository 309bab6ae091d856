import type { Blueprint } from '../plan/blueprint';
import type { StepSizes } from '../plan/draw';
import { sampleSize } from '../train/score-rows';

/** Sizes of the parts into which n is cut by parts of at most `most`. */
const parts = (n: number, most: number): number[] =>
  [n >= most ? most : 0, n % most].filter((size) => size > 0);

/**
 * Returns how many examples the steps of a training have.
 *
 * @param n training examples
 * @param validation validation examples
 */
export function stepSizes(
  { inferBatch }: Pick<Blueprint, 'inferBatch'>,
  n: number,
  batchSize: number,
  validation: number,
): StepSizes {
  const scored = [sampleSize(n, validation), validation];
  return { train: parts(n, batchSize), infer: scored.flatMap((count) => parts(count, inferBatch)) };
}
