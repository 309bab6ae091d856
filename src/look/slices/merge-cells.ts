/** Returns the conditions that rows of both cells satisfy, columns ascending, or undefined where no row can. */
export function intersectCells(a: Int32Array, b: Int32Array): Int32Array | undefined {
  const merged: number[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const left = i < a.length ? a[i] : Infinity;
    const right = j < b.length ? b[j] : Infinity;
    if (left < right) merged.push(...a.subarray(i, (i += 3)));
    else if (right < left) merged.push(...b.subarray(j, (j += 3)));
    else {
      const from = Math.max(a[i + 1], b[j + 1]);
      const to = Math.min(a[i + 2], b[j + 2]);
      if (from > to) return undefined;
      merged.push(left, from, to);
      i += 3;
      j += 3;
    }
  }
  return Int32Array.from(merged);
}
