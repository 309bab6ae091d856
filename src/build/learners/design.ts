import type { SparseFeatures } from '../../data/prepare/sparse-features';

/** N examples of D features as a linear model reads them, dense or sparse. */
export interface Design {
  readonly n: number;
  readonly d: number;
  /** Writes X·W into `out`: scores N×U for weights U×D, row by row; biases are added from `biases`. */
  scores(weights: Float64Array, biases: Float64Array, out: Float64Array): void;
  /** Adds Rᵀ·X to `into`: U×D for residuals N×U. */
  gather(residuals: Float64Array, units: number, into: Float64Array): void;
}

/** Returns a dense design over flat values N×D; nothing is copied. */
export function denseDesign(values: Float32Array, n: number, d: number): Design {
  return {
    n,
    d,
    scores(weights, biases, out) {
      const units = biases.length;
      for (let i = 0; i < n; i++) {
        const row = i * d;
        for (let u = 0; u < units; u++) {
          const at = u * d;
          let a = biases[u];
          let b = 0;
          let j = 0;
          for (; j + 3 < d; j += 4) {
            a += values[row + j] * weights[at + j] + values[row + j + 1] * weights[at + j + 1];
            b += values[row + j + 2] * weights[at + j + 2] + values[row + j + 3] * weights[at + j + 3];
          }
          for (; j < d; j++) a += values[row + j] * weights[at + j];
          out[i * units + u] = a + b;
        }
      }
    },
    gather(residuals, units, into) {
      for (let i = 0; i < n; i++) {
        const row = i * d;
        for (let u = 0; u < units; u++) {
          const r = residuals[i * units + u];
          if (r === 0) continue;
          const at = u * d;
          for (let j = 0; j < d; j++) into[at + j] += r * values[row + j];
        }
      }
    },
  };
}

/** Returns a sparse design; nothing is copied. */
export function sparseDesign({ n, size: d, starts, indices, values }: SparseFeatures): Design {
  return {
    n,
    d,
    scores(weights, biases, out) {
      const units = biases.length;
      for (let i = 0; i < n; i++) {
        for (let u = 0; u < units; u++) {
          let sum = biases[u];
          for (let e = starts[i]; e < starts[i + 1]; e++) sum += values[e] * weights[u * d + indices[e]];
          out[i * units + u] = sum;
        }
      }
    },
    gather(residuals, units, into) {
      for (let i = 0; i < n; i++) {
        for (let u = 0; u < units; u++) {
          const r = residuals[i * units + u];
          for (let e = starts[i]; e < starts[i + 1]; e++) into[u * d + indices[e]] += r * values[e];
        }
      }
    },
  };
}
