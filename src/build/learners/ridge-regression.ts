import { cholesky, choleskySolve } from '../../stats/cholesky';

/** A linear model of a value, and how its penalty was chosen. */
export interface RidgeModel {
  readonly weights: Float64Array;
  readonly bias: number;
  readonly alpha: number;
  /** Generalised cross-validation error of each penalty that was tried, in the target's square. */
  readonly scores: readonly { readonly alpha: number; readonly gcv: number }[];
}

/** Penalties that are tried: every half power of ten from 0.01 to 10,000. */
export const ALPHAS: readonly number[] = Array.from({ length: 13 }, (_, i) => 10 ** (-2 + i / 2));

/** Sums over the examples, centred: XᵀX (or XXᵀ where N < D), and what the right side needs. */
interface Centred {
  readonly means: Float64Array;
  readonly targetMean: number;
  readonly targets: Float64Array;
  readonly rows: Float64Array;
}

function centre(values: Float32Array, n: number, d: number, targets: ArrayLike<number>): Centred {
  const means = new Float64Array(d);
  let targetMean = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < d; j++) means[j] += values[i * d + j] / n;
    targetMean += targets[i] / n;
  }
  return {
    means,
    targetMean,
    targets: Float64Array.from({ length: n }, (_, i) => targets[i] - targetMean),
    rows: Float64Array.from({ length: n * d }, (_, e) => values[e] - means[e % d]),
  };
}

/** The lower triangle of XᵀX. */
function gramOfColumns(rows: Float64Array, n: number, d: number): Float64Array[] {
  const gram = Array.from({ length: d }, () => new Float64Array(d));
  for (let i = 0; i < n; i++)
    for (let a = 0; a < d; a++) {
      const value = rows[i * d + a];
      if (value === 0) continue;
      for (let b = 0; b <= a; b++) gram[a][b] += value * rows[i * d + b];
    }
  return gram;
}

/** The lower triangle of XXᵀ. */
function gramOfRows(rows: Float64Array, n: number, d: number): Float64Array[] {
  const gram = Array.from({ length: n }, () => new Float64Array(n));
  for (let a = 0; a < n; a++)
    for (let b = 0; b <= a; b++) {
      let sum = 0;
      for (let j = 0; j < d; j++) sum += rows[a * d + j] * rows[b * d + j];
      gram[a][b] = sum;
    }
  return gram;
}

/** Xᵀ·v. */
function transposed(rows: Float64Array, n: number, d: number, v: Float64Array): Float64Array {
  const out = new Float64Array(d);
  for (let i = 0; i < n; i++) for (let j = 0; j < d; j++) out[j] += rows[i * d + j] * v[i];
  return out;
}

/** The trace of (L·Lᵀ)⁻¹: the squares of the entries of L⁻¹. */
function traceOfInverse(lower: readonly (readonly number[])[]): number {
  const d = lower.length;
  const column = new Float64Array(d);
  let trace = 0;
  for (let j = 0; j < d; j++) {
    for (let i = j; i < d; i++) {
      let sum = i === j ? 1 : 0;
      for (let k = j; k < i; k++) sum -= lower[i][k] * column[k];
      column[i] = sum / lower[i][i];
      trace += column[i] * column[i];
    }
  }
  return trace;
}

function meanSquaredResidual(parts: Centred, n: number, d: number, weights: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    let residual = parts.targets[i];
    for (let j = 0; j < d; j++) residual -= parts.rows[i * d + j] * weights[j];
    sum += residual * residual;
  }
  return sum / n;
}

/**
 * Returns the ridge regression Σ(y − Xw − b)² + α‖w‖² in closed form, with the α of least generalised cross-validation
 * error: mean squared residual / (1 − degrees of freedom / N)², the bias counted as one. Solved in features, or in examples
 * where there are fewer of them.
 *
 * @param values flat, N×D; standardise them first
 * @param targets N values
 * @param alphas penalties > 0 to choose from; one is taken as it is
 * @see Gene Golub, Michael Heath & Grace Wahba, "Generalized cross-validation as a method for choosing a good ridge
 * parameter", 1979
 */
export function ridgeRegression(
  values: Float32Array,
  n: number,
  d: number,
  targets: ArrayLike<number>,
  alphas: readonly number[] = ALPHAS,
): RidgeModel {
  const parts = centre(values, n, d, targets);
  const byRows = n < d;
  const size = byRows ? n : d;
  const gram = byRows ? gramOfRows(parts.rows, n, d) : gramOfColumns(parts.rows, n, d);
  const right = byRows ? parts.targets : transposed(parts.rows, n, d, parts.targets);
  let best: { readonly alpha: number; readonly weights: Float64Array; readonly gcv: number } | undefined;
  const scores: { readonly alpha: number; readonly gcv: number }[] = [];
  for (const alpha of alphas) {
    const factor = cholesky(gram.map((row, i) => Array.from(row, (v, j) => (i === j ? v + alpha : v))));
    if (!factor) continue;
    const solved = choleskySolve(factor, right);
    const weights = byRows ? transposed(parts.rows, n, d, solved) : solved;
    const freedom = 1 + size - alpha * traceOfInverse(factor);
    const left = Math.max(0, 1 - freedom / n);
    const gcv = left > 0 ? meanSquaredResidual(parts, n, d, weights) / (left * left) : Infinity;
    scores.push({ alpha, gcv });
    if (!best || gcv < best.gcv) best = { alpha, weights, gcv };
  }
  const { alpha, weights } = best ?? { alpha: Infinity, weights: new Float64Array(d) };
  let bias = parts.targetMean;
  for (let j = 0; j < d; j++) bias -= weights[j] * parts.means[j];
  return { weights, bias, alpha, scores };
}

/** Returns the values N that a ridge regression gives. */
export function ridgeValues({ weights, bias }: RidgeModel, values: Float32Array, n: number): Float64Array {
  const d = weights.length;
  return Float64Array.from({ length: n }, (_, i) => {
    let sum = bias;
    for (let j = 0; j < d; j++) sum += weights[j] * values[i * d + j];
    return sum;
  });
}
