import { binFeatures, type BinnedFeatures } from './boosted-trees/bins';

/** A tree of cuts with the class shares of each leaf. */
export interface DecisionTree {
  readonly classes: number;
  /** By node, the root first; −1 marks a leaf. */
  readonly features: readonly number[];
  /** A value goes left where it is not above. */
  readonly thresholds: readonly number[];
  readonly left: readonly number[];
  readonly right: readonly number[];
  /** Probabilities of the classes, one count shared out by the shares of the whole added. */
  readonly shares: readonly Float64Array[];
}

export interface DecisionTreeOptions {
  /** Cuts between root and leaf, at most; defaults to 5. */
  readonly maxDepth?: number;
  /** Examples in a leaf, at least; defaults to 5. */
  readonly minLeaf?: number;
  /** Bins of a feature; defaults to 64. */
  readonly bins?: number;
}

interface Cut {
  readonly feature: number;
  readonly bin: number;
  readonly gain: number;
}

/** Sum over the classes of count², by which Gini's impurity goes. */
function squares(counts: Float64Array): number {
  let sum = 0;
  for (let c = 0; c < counts.length; c++) sum += counts[c] * counts[c];
  return sum;
}

/** The cut that leaves least impurity (Gini); null where none takes any away. The first of equal ones. */
function bestCut(
  { n, codes, edges }: BinnedFeatures,
  labels: ArrayLike<number>,
  rows: Int32Array,
  counts: Float64Array,
  minLeaf: number,
): Cut | null {
  const classes = counts.length;
  const size = rows.length;
  const whole = squares(counts) / size;
  let best: Cut | null = null;
  const left = new Float64Array(classes);
  const right = new Float64Array(classes);
  for (let f = 0; f < edges.length; f++) {
    const bins = edges[f].length + 1;
    const table = new Float64Array(bins * classes);
    for (let r = 0; r < size; r++) table[codes[f * n + rows[r]] * classes + labels[rows[r]]]++;
    left.fill(0);
    right.set(counts);
    let onLeft = 0;
    for (let bin = 0; bin < bins - 1; bin++) {
      for (let c = 0; c < classes; c++) {
        const count = table[bin * classes + c];
        left[c] += count;
        right[c] -= count;
        onLeft += count;
      }
      if (onLeft < minLeaf) continue;
      if (size - onLeft < minLeaf) break;
      const gain = squares(left) / onLeft + squares(right) / (size - onLeft) - whole;
      if (gain > (best?.gain ?? 1e-9 * size)) best = { feature: f, bin, gain };
    }
  }
  return best;
}

/**
 * Returns a shallow classification tree by Gini's impurity on binned features.
 *
 * @param values flat, N×D, finite
 * @param labels N class codes 0 … K−1
 * @see Leo Breiman, Jerome Friedman, Richard Olshen & Charles Stone, "Classification and regression trees", 1984
 */
export function decisionTree(
  values: Float32Array,
  d: number,
  labels: ArrayLike<number>,
  classes: number,
  { maxDepth = 5, minLeaf = 5, bins = 64 }: DecisionTreeOptions = {},
): DecisionTree {
  const n = labels.length;
  const binned = binFeatures(values, n, d, bins);
  const prior = new Float64Array(classes);
  for (let i = 0; i < n; i++) prior[labels[i]] += 1 / n;
  const nodes = {
    features: [] as number[],
    thresholds: [] as number[],
    left: [] as number[],
    right: [] as number[],
    shares: [] as Float64Array[],
  };
  const grow = (rows: Int32Array, depth: number): number => {
    const counts = new Float64Array(classes);
    for (let r = 0; r < rows.length; r++) counts[labels[rows[r]]]++;
    const node = nodes.features.push(-1) - 1;
    nodes.thresholds.push(NaN);
    nodes.left.push(-1);
    nodes.right.push(-1);
    nodes.shares.push(counts.map((count, c) => (count + prior[c]) / (rows.length + 1)));
    const cut = depth < maxDepth ? bestCut(binned, labels, rows, counts, minLeaf) : null;
    if (!cut) return node;
    const own = binned.codes.subarray(cut.feature * n, (cut.feature + 1) * n);
    nodes.features[node] = cut.feature;
    nodes.thresholds[node] = binned.edges[cut.feature][cut.bin];
    nodes.left[node] = grow(rows.filter((row) => own[row] <= cut.bin), depth + 1); // prettier-ignore
    nodes.right[node] = grow(rows.filter((row) => own[row] > cut.bin), depth + 1); // prettier-ignore
    return node;
  };
  grow(Int32Array.from({ length: n }, (_, i) => i), 0); // prettier-ignore
  return { classes, ...nodes };
}

/** Returns the probabilities N×K that a tree gives. */
export function treeProbabilities(tree: DecisionTree, values: Float32Array, d: number): Float64Array {
  const n = values.length / d;
  const p = new Float64Array(n * tree.classes);
  for (let i = 0; i < n; i++) {
    let node = 0;
    while (tree.features[node] >= 0) {
      const goesLeft = values[i * d + tree.features[node]] <= tree.thresholds[node];
      node = goesLeft ? tree.left[node] : tree.right[node];
    }
    p.set(tree.shares[node], i * tree.classes);
  }
  return p;
}
