/** Returns 1 for each of N rows whose dispute has at least the chance of the cut, else 0. */
export function flagChances(n: number, rows: Int32Array, chances: Float64Array, cut: number): Uint8Array {
  const flags = new Uint8Array(n);
  for (let d = 0; d < rows.length; d++) if (chances[d] >= cut) flags[rows[d]] = 1;
  return flags;
}
