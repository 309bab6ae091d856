/** Returns the named rows of N×`size` numbers, side by side. */
export function takeRows(values: Float32Array, rows: ArrayLike<number>, size: number): Float32Array {
  const taken = new Float32Array(rows.length * size);
  for (let i = 0; i < rows.length; i++) {
    taken.set(values.subarray(rows[i] * size, (rows[i] + 1) * size), i * size);
  }
  return taken;
}
