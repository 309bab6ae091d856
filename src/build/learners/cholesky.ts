/**
 * Replaces the lower triangle of a symmetric positive definite matrix D×D by its Cholesky factor L (A = L·Lᵀ), in place.
 *
 * @returns false where the matrix is not positive definite
 */
export function cholesky(a: Float64Array, d: number): boolean {
  for (let j = 0; j < d; j++) {
    for (let i = j; i < d; i++) {
      let sum = a[i * d + j];
      for (let k = 0; k < j; k++) sum -= a[i * d + k] * a[j * d + k];
      if (i > j) a[i * d + j] = sum / a[j * d + j];
      else if (sum > 0) a[j * d + j] = Math.sqrt(sum);
      else return false;
    }
  }
  return true;
}

/** Returns x of L·Lᵀ·x = b. */
export function choleskySolve(l: Float64Array, d: number, b: Float64Array): Float64Array {
  const x = b.slice();
  for (let i = 0; i < d; i++) {
    for (let k = 0; k < i; k++) x[i] -= l[i * d + k] * x[k];
    x[i] /= l[i * d + i];
  }
  for (let i = d - 1; i >= 0; i--) {
    for (let k = i + 1; k < d; k++) x[i] -= l[k * d + i] * x[k];
    x[i] /= l[i * d + i];
  }
  return x;
}

/** Returns the trace of (L·Lᵀ)⁻¹: the squares of the entries of L⁻¹. */
export function traceOfInverse(l: Float64Array, d: number): number {
  let trace = 0;
  const column = new Float64Array(d);
  for (let j = 0; j < d; j++) {
    for (let i = j; i < d; i++) {
      let sum = i === j ? 1 : 0;
      for (let k = j; k < i; k++) sum -= l[i * d + k] * column[k];
      column[i] = sum / l[i * d + i];
      trace += column[i] * column[i];
    }
  }
  return trace;
}
