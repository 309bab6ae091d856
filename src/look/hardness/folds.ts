import { permutation, random } from '../../core/random';

/**
 * Returns the fold of each example, dealt out at random so that each has its share of every class and their sizes differ by
 * one at most.
 *
 * @param codes N class codes 0 … K−1
 */
export function stratifiedFolds(codes: ArrayLike<number>, folds: number, seed: number): Int32Array {
  const order = permutation(codes.length, random(seed).fork('folds'));
  const sorted = Array.from(order).sort((i, j) => codes[i] - codes[j]);
  const fold = new Int32Array(codes.length);
  sorted.forEach((row, place) => (fold[row] = place % folds));
  return fold;
}
