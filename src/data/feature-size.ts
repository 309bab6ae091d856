/** Numbers in one example of the given shape: the product of its sides. */
export function featureSize(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}
