/**
 * Returns the lower triangle L of L·Lᵀ = `matrix`, or null where the matrix is not positive definite.
 *
 * @param matrix symmetric, n×n
 * @example
 * cholesky([[4, 2], [2, 5]]) // => [[2, 0], [1, 2]]
 * @see Golub & Van Loan, "Matrix Computations", 4th edition, 2013, algorithm 4.2.1
 */
export function cholesky(matrix: readonly (readonly number[])[]): number[][] | null {
  const n = matrix.length;
  const lower = matrix.map(() => new Array<number>(n).fill(0));
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = matrix[i][j];
      for (let k = 0; k < j; k++) rest -= lower[i][k] * lower[j][k];
      if (i > j) lower[i][j] = rest / lower[j][j];
      else if (rest > 0) lower[i][i] = Math.sqrt(rest);
      else return null;
    }
  }
  return lower;
}

/** Returns x of L·Lᵀ·x = `right` for the triangle that `cholesky` gave. */
export function choleskySolve(
  lower: readonly (readonly number[])[],
  right: ArrayLike<number>,
): Float64Array<ArrayBuffer> {
  const n = lower.length;
  const x = Float64Array.from(right);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i] -= lower[i][k] * x[k];
    x[i] /= lower[i][i];
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i] -= lower[k][i] * x[k];
    x[i] /= lower[i][i];
  }
  return x;
}
