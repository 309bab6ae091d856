/** The value at share `q` of some numbers in any order, interpolated between neighbours; Infinity counts as a number. */
export function drawQuantile(values: ArrayLike<number>, q: number): number {
  const sorted = Float64Array.from(values).sort();
  const at = q * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return below === above ? below : below + (at - Math.floor(at)) * (above - below);
}

/** The middle `level` of some numbers, stretched where the given value lies outside. */
export function drawInterval(
  values: ArrayLike<number>,
  level: number,
  around: number,
): readonly [number, number] {
  const ends = [0.5 - level / 2, 0.5 + level / 2].map((q) => drawQuantile(values, q));
  return [Math.min(ends[0], around), Math.max(ends[1], around)];
}
