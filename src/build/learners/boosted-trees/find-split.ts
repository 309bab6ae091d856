import type { BinnedFeatures } from './bins';
import type { Histogram } from './histogram';

/** Sums over the examples of a node. */
export interface NodeSums {
  readonly gradient: number;
  readonly curvature: number;
  readonly count: number;
}

/** Where a node is cut, and what that gains. */
export interface Split {
  readonly gain: number;
  readonly feature: number;
  /** Codes up to this one go left. */
  readonly code: number;
  readonly missingLeft: boolean;
  readonly left: NodeSums;
  readonly right: NodeSums;
}

/** What a split must keep. */
export interface SplitRules {
  readonly minLeaf: number;
  readonly l2: number;
}

/** Least curvature on either side: below it the sides' values are noise. */
const LEAST_CURVATURE = 1e-3;

const minus = (a: NodeSums, b: NodeSums): NodeSums => ({
  gradient: a.gradient - b.gradient,
  curvature: a.curvature - b.curvature,
  count: a.count - b.count,
});

/**
 * Returns the cut of a node that lowers the loss most, by its second-order approximation, or null where none does: what is
 * missing goes to the side where it is worth more, or to the larger side where nothing is missing.
 */
export function findSplit(
  histogram: Histogram,
  { edges, offsets }: BinnedFeatures,
  features: Int32Array,
  all: NodeSums,
  { minLeaf, l2 }: SplitRules,
): Split | null {
  const whole = (all.gradient * all.gradient) / (all.curvature + l2);
  let gain = 1e-9;
  let feature = -1;
  let code = 0;
  let withMissing = false;
  for (const f of features) {
    const start = 3 * offsets[f];
    const last = edges[f].length;
    const missing = start + 3 * (last + 1);
    const missingCount = histogram[missing + 2];
    const sides = missingCount > 0 ? 2 : 1;
    for (let side = 0; side < sides; side++) {
      let g = side === 1 ? histogram[missing] : 0;
      let h = side === 1 ? histogram[missing + 1] : 0;
      let count = side === 1 ? missingCount : 0;
      for (let b = 0; b <= last; b++) {
        const at = start + 3 * b;
        if (histogram[at + 2] === 0) continue;
        g += histogram[at];
        h += histogram[at + 1];
        count += histogram[at + 2];
        if (count < minLeaf || h < LEAST_CURVATURE) continue;
        const otherH = all.curvature - h;
        if (all.count - count < minLeaf || otherH < LEAST_CURVATURE) break;
        const otherG = all.gradient - g;
        const gained = (g * g) / (h + l2) + (otherG * otherG) / (otherH + l2) - whole;
        if (gained > gain) {
          gain = gained;
          feature = f;
          code = b;
          withMissing = side === 1;
        }
      }
    }
  }
  if (feature < 0) return null;
  const start = 3 * offsets[feature];
  const missing = start + 3 * (edges[feature].length + 1);
  const left = { gradient: 0, curvature: 0, count: 0 };
  const add = (at: number): void => {
    left.gradient += histogram[at];
    left.curvature += histogram[at + 1];
    left.count += histogram[at + 2];
  };
  for (let b = 0; b <= code; b++) add(start + 3 * b);
  if (withMissing) add(missing);
  const right = minus(all, left);
  const missingLeft = histogram[missing + 2] > 0 ? withMissing : left.count > right.count;
  return { gain, feature, code, missingLeft, left, right };
}
