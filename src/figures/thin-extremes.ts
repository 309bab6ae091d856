/**
 * Returns places of at most 2 × `buckets` + 2 values: the first, the last, and the lowest and highest of each stretch. A
 * line through them looks as the line through all does: no peak is lost, and none is averaged away.
 *
 * @param values finite numbers
 */
export function thinExtremes(values: ArrayLike<number>, buckets: number): number[] {
  const n = values.length;
  if (n <= 2 * buckets + 2) return Array.from({ length: n }, (_, i) => i);
  const kept = new Set([0, n - 1]);
  for (let bucket = 0; bucket < buckets; bucket++) {
    const from = Math.floor((bucket * n) / buckets);
    const to = Math.floor(((bucket + 1) * n) / buckets);
    let [low, high] = [from, from];
    for (let i = from; i < to; i++) {
      if (values[i] < values[low]) low = i;
      if (values[i] > values[high]) high = i;
    }
    kept.add(low).add(high);
  }
  return [...kept].sort((a, b) => a - b);
}
