/** Eigenvalues, largest first, and the eigenvectors in rows. */
export interface SymmetricEigen {
  readonly values: Float64Array;
  readonly vectors: readonly Float64Array[];
}

/**
 * Returns the eigenvalues and eigenvectors of a symmetric matrix by Jacobi's cyclic rotations: exact to rounding, and fast
 * enough for a few hundred rows. Each vector's largest entry is positive, so that signs are the same everywhere.
 *
 * @param matrix square and symmetric; not changed
 * @example
 * Array.from(symmetricEigen([[2, 1], [1, 2]]).values, Math.round) // => [3, 1]
 * @see Gene Golub & Charles Van Loan, "Matrix computations", 2013, section 8.5
 */
export function symmetricEigen(matrix: readonly ArrayLike<number>[]): SymmetricEigen {
  const n = matrix.length;
  const a = matrix.map((row) => Float64Array.from(row));
  const v = matrix.map((_, i) => Float64Array.from({ length: n }, (_, j) => Number(i === j)));
  let scale = 0;
  for (const row of a) for (let j = 0; j < n; j++) scale += row[j] * row[j];
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) off += a[p][q] * a[p][q];
    if (!(off > 1e-24 * scale)) break;
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        if (Math.abs(a[p][q]) < 1e-300) continue;
        const theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
        const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        const c = 1 / Math.sqrt(t * t + 1);
        const s = t * c;
        const [rowP, rowQ, vectorP, vectorQ] = [a[p], a[q], v[p], v[q]];
        for (let k = 0; k < n; k++) {
          const x = a[k][p];
          const y = a[k][q];
          a[k][p] = c * x - s * y;
          a[k][q] = s * x + c * y;
        }
        for (let k = 0; k < n; k++) {
          const x = rowP[k];
          const y = rowQ[k];
          rowP[k] = c * x - s * y;
          rowQ[k] = s * x + c * y;
          const u = vectorP[k];
          const w = vectorQ[k];
          vectorP[k] = c * u - s * w;
          vectorQ[k] = s * u + c * w;
        }
      }
    }
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => a[j][j] - a[i][i]);
  return {
    values: Float64Array.from(order, (i) => a[i][i]),
    vectors: order.map((i) => {
      let largest = 0;
      for (let k = 1; k < n; k++) if (Math.abs(v[i][k]) > Math.abs(v[i][largest]) + 1e-12) largest = k;
      return v[i][largest] < 0 ? v[i].map((x) => -x) : v[i];
    }),
  };
}
