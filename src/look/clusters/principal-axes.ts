import { permutation, random } from '../../core/random';
import { symmetricEigen } from '../../stats/symmetric-eigen';

/** Directions of most variance. */
export interface PrincipalAxes {
  readonly d: number;
  readonly mean: Float64Array;
  /** Q×D, row by row, of unit length. */
  readonly axes: Float64Array;
  readonly q: number;
  readonly variances: Float64Array;
  /** Share of all variance. */
  readonly explained: number;
}

/** Share of the variance that the axes hold together, where they may be as many: what is left is mostly noise. */
const ENOUGH = 0.95;

/** Rows that the axes are measured on, at most; features up to which the whole covariance is made; directions to spare. */
const MOST_ROWS = 4000;
const WHOLE = 160;
const SPARE = 8;
const TURNS = 3;

/** A·Bᵀ for A of n×d and B of q×d. */
function timesTransposed(a: Float64Array, b: Float64Array, n: number, q: number, d: number): Float64Array {
  const out = new Float64Array(n * q);
  for (let i = 0; i < n; i++) {
    const row = i * d;
    for (let k = 0; k < q; k++) {
      const at = k * d;
      let x = 0;
      let y = 0;
      let j = 0;
      for (; j + 1 < d; j += 2) {
        x += a[row + j] * b[at + j];
        y += a[row + j + 1] * b[at + j + 1];
      }
      if (j < d) x += a[row + j] * b[at + j];
      out[i * q + k] = x + y;
    }
  }
  return out;
}

/** Bᵀ·A for B of n×q and A of n×d. */
function transposedTimes(b: Float64Array, a: Float64Array, n: number, q: number, d: number): Float64Array {
  const out = new Float64Array(q * d);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < q; k++) {
      const scale = b[i * q + k];
      if (scale === 0) continue;
      for (let j = 0, to = k * d, from = i * d; j < d; j++) out[to + j] += scale * a[from + j];
    }
  }
  return out;
}

/** Makes the rows orthogonal and of unit length, in place (modified Gram–Schmidt, twice). */
function orthonormal(rows: Float64Array, q: number, d: number): void {
  for (let k = 0; k < q; k++) {
    const own = rows.subarray(k * d, (k + 1) * d);
    for (let again = 0; again < 2; again++) {
      for (let l = 0; l < k; l++) {
        let product = 0;
        for (let j = 0; j < d; j++) product += own[j] * rows[l * d + j];
        for (let j = 0; j < d; j++) own[j] -= product * rows[l * d + j];
      }
    }
    const length = Math.sqrt(own.reduce((sum, x) => sum + x * x, 0));
    for (let j = 0; j < d; j++) own[j] = length > 1e-12 ? own[j] / length : 0;
  }
}

/** A subspace that holds the directions of most variance: all of it, or by random ones turned towards them. */
function subspace(centred: Float64Array, n: number, d: number, wanted: number, seed: number): Float64Array {
  if (d <= WHOLE) return Float64Array.from({ length: d * d }, (_, e) => Number(e % (d + 1) === 0));
  const q = Math.min(d, n, wanted + SPARE);
  const stream = random(seed).fork('principal axes');
  const rows = Float64Array.from({ length: q * d }, () => stream.normal());
  let basis: Float64Array = rows;
  for (let turn = 0; turn < TURNS; turn++) {
    orthonormal(basis, q, d);
    basis = transposedTimes(timesTransposed(centred, basis, n, q, d), centred, n, q, d);
  }
  orthonormal(basis, q, d);
  return basis;
}

/**
 * Returns the principal axes of some rows: of the whole covariance for up to 160 features, else by randomised subspace
 * iteration. Directions without variance are left out. Of more than 4,000 rows a random sample is measured.
 *
 * @param values flat, N×D
 * @param rows those to measure
 * @param most directions, at most
 * @see Nathan Halko, Per-Gunnar Martinsson & Joel Tropp, "Finding structure with randomness", 2011
 */
export function principalAxes(
  values: Float32Array,
  d: number,
  rows: ArrayLike<number>,
  most: number,
  seed: number,
): PrincipalAxes {
  const sampled = rows.length > MOST_ROWS;
  const order = sampled
    ? permutation(rows.length, random(seed).fork('rows')).slice(0, MOST_ROWS).sort()
    : null;
  const used = order ? Array.from(order, (place) => rows[place]) : Array.from(rows);
  const n = used.length;
  const mean = new Float64Array(d);
  for (const row of used) for (let j = 0; j < d; j++) mean[j] += values[row * d + j] / n;
  const centred = new Float64Array(n * d);
  let total = 0;
  used.forEach((row, i) => {
    for (let j = 0; j < d; j++) {
      const x = values[row * d + j] - mean[j];
      centred[i * d + j] = x;
      total += (x * x) / n;
    }
  });
  const basis = subspace(centred, n, d, most, seed);
  const q = basis.length / d;
  const scores = d <= WHOLE ? centred : timesTransposed(centred, basis, n, q, d);
  const gram = transposedTimes(scores, scores, n, q, q);
  const { values: sums, vectors } = symmetricEigen(
    Array.from({ length: q }, (_, k) => gram.subarray(k * q, (k + 1) * q).map((x) => x / n)),
  );
  let kept = 0;
  let held = 0;
  while (kept < Math.min(most, q) && held < ENOUGH * total && sums[kept] > 1e-9 * total) held += sums[kept++];
  kept = Math.max(1, kept);
  const axes = new Float64Array(kept * d);
  for (let k = 0; k < kept; k++)
    for (let l = 0; l < q; l++)
      for (let j = 0; j < d; j++) axes[k * d + j] += vectors[k][l] * basis[l * d + j];
  const variances = sums.slice(0, kept);
  return {
    d,
    mean,
    axes,
    q: kept,
    variances,
    explained: total > 0 ? variances.reduce((a, b) => a + b, 0) / total : 1,
  };
}

/** Returns the coordinates N×Q of all rows along the axes. */
export function alongAxes({ d, mean, axes, q }: PrincipalAxes, values: Float32Array): Float64Array {
  const n = values.length / d;
  const offset = new Float64Array(q);
  for (let k = 0; k < q; k++) for (let j = 0; j < d; j++) offset[k] += axes[k * d + j] * mean[j];
  const out = new Float64Array(n * q);
  for (let i = 0; i < n; i++)
    for (let k = 0; k < q; k++) {
      let sum = -offset[k];
      for (let j = 0, at = k * d, from = i * d; j < d; j++) sum += axes[at + j] * values[from + j];
      out[i * q + k] = sum;
    }
  return out;
}
