import { permutation, random } from '../../core/random';

/**
 * Returns the examples of a group that its cards show: those of highest loss, equal losses in their order; where no loss is
 * known, a seeded sample (seed 0) in the order of the rows.
 *
 * @param most examples at most
 */
export function chooseExamples(
  indices: readonly number[],
  loss: ArrayLike<number> | null,
  most: number,
): readonly number[] {
  if (loss === null) {
    if (indices.length <= most) return indices;
    const drawn = permutation(indices.length, random(0)).subarray(0, most);
    return Array.from(drawn.sort(), (place) => indices[place]);
  }
  const lossAt = (i: number): number => (Number.isNaN(loss[i]) ? -Infinity : loss[i]);
  return [...indices]
    .sort((i, j) => (lossAt(i) === lossAt(j) ? i - j : lossAt(j) - lossAt(i)))
    .slice(0, most);
}
