/** Place of the largest number from `from` to before `to`. */
export function largestIn(values: readonly number[], from: number, to: number): number {
  let best = from;
  for (let i = from; i < to; i++) if (values[i] > values[best]) best = i;
  return best;
}
