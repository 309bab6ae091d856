import type { BinnedFeatures } from './bins';

/** Sums of gradient, curvature and count in each bin: three numbers a bin, feature after feature. */
export type Histogram = Float64Array;

/** Gradient and curvature of the loss by each example's score. */
export interface Slopes {
  readonly gradients: Float64Array;
  readonly curvatures: Float64Array;
}

/** Adds up the examples `rows[from … to)` by the bins of the named features; bins of other features keep what they held. */
export function fillHistogram(
  into: Histogram,
  binned: BinnedFeatures,
  features: Int32Array,
  rows: Int32Array,
  [from, to]: readonly [number, number],
  slopes: Slopes,
  scratch: Slopes,
): void {
  const { n, codes, offsets } = binned;
  const { gradients, curvatures } = scratch;
  for (let r = from; r < to; r++) {
    gradients[r] = slopes.gradients[rows[r]];
    curvatures[r] = slopes.curvatures[rows[r]];
  }
  for (const f of features) {
    const base = f * n;
    const offset = 3 * offsets[f];
    into.fill(0, offset, 3 * offsets[f + 1]);
    for (let r = from; r < to; r++) {
      const at = offset + 3 * codes[base + rows[r]];
      into[at] += gradients[r];
      into[at + 1] += curvatures[r];
      into[at + 2]++;
    }
  }
}

/** Takes the sums of one child from those of its parent, which leaves those of the other. */
export function subtractHistogram(parent: Histogram, child: Histogram): void {
  for (let i = 0; i < parent.length; i++) parent[i] -= child[i];
}
