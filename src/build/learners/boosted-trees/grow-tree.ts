import type { BinnedFeatures } from './bins';
import { findSplit, type NodeSums, type Split, type SplitRules } from './find-split';
import { fillHistogram, subtractHistogram, type Histogram, type Slopes } from './histogram';
import { treeOf, type GrowingNode, type Tree } from './tree';

/** How a tree may grow. */
export interface GrowRules extends SplitRules {
  readonly maxLeaves: number;
  readonly maxDepth: number;
  /** Share of its value that each leaf keeps. */
  readonly learningRate: number;
}

/** A leaf that may still be cut: the examples `rows[from … to)`. */
interface Leaf {
  readonly node: number;
  readonly from: number;
  readonly to: number;
  readonly depth: number;
  readonly sums: NodeSums;
  readonly histogram: Histogram | null;
  readonly split: Split | null;
}

/** A tree, and for each leaf the examples in it. */
export interface GrownTree {
  readonly tree: Tree;
  readonly leaves: readonly { readonly value: number; readonly from: number; readonly to: number }[];
}

/** Memory that trees of one size share. */
export interface Nursery {
  readonly spare: Histogram[];
  readonly scratch: Slopes;
  readonly moved: Int32Array;
}

/** Returns the memory that trees over these features need. */
export const nursery = ({ n }: BinnedFeatures): Nursery => ({
  spare: [],
  scratch: { gradients: new Float64Array(n), curvatures: new Float64Array(n) },
  moved: new Int32Array(n),
});

const leafNode = (value: number): GrowingNode => ({
  feature: -1,
  threshold: 0,
  left: -1,
  right: -1,
  missingLeft: false,
  value,
});

/** Puts the rows that go left first, both sides in their order; returns where the right ones begin. */
function partition(
  { n, codes, edges }: BinnedFeatures,
  rows: Int32Array,
  { from, to }: Leaf,
  { feature, code, missingLeft }: Split,
  moved: Int32Array,
): number {
  const base = feature * n;
  const missing = edges[feature].length + 1;
  let left = from;
  let right = 0;
  for (let r = from; r < to; r++) {
    const row = rows[r];
    const own = codes[base + row];
    if (own === missing ? missingLeft : own <= code) rows[left++] = row;
    else moved[right++] = row;
  }
  rows.set(moved.subarray(0, right), left);
  return left;
}

/**
 * Returns a regression tree on gradients, grown leaf by leaf where a cut gains most. Of two children only the smaller is
 * added up anew; the sums of the other are those of the parent without it.
 *
 * @param rows the examples to grow on; put in the order of the leaves
 * @see Tianqi Chen & Carlos Guestrin, "XGBoost: a scalable tree boosting system", 2016; Guolin Ke and others, "LightGBM: a
 * highly efficient gradient boosting decision tree", 2017
 */
export function growTree(
  binned: BinnedFeatures,
  features: Int32Array,
  rows: Int32Array,
  slopes: Slopes,
  rules: GrowRules,
  memory: Nursery,
): GrownTree {
  const { maxLeaves, maxDepth, learningRate, l2, minLeaf } = rules;
  const total = 3 * binned.offsets[binned.d];
  const take = (): Histogram => memory.spare.pop() ?? new Float64Array(total);
  const nodes: GrowingNode[] = [];
  const leaves: Leaf[] = [];
  const plant = (
    node: number,
    [from, to]: readonly [number, number],
    depth: number,
    sums: NodeSums,
    histogram: Histogram | null,
  ): void => {
    const split = histogram && findSplit(histogram, binned, features, sums, rules);
    if (histogram && !split) memory.spare.push(histogram);
    leaves.push({ node, from, to, depth, sums, histogram: split && histogram, split });
  };
  const canCut = (count: number, depth: number): boolean => count >= 2 * minLeaf && depth < maxDepth;
  const valueOf = (sums: NodeSums): number => (-learningRate * sums.gradient) / (sums.curvature + l2);

  let gradient = 0;
  let curvature = 0;
  for (const row of rows) {
    gradient += slopes.gradients[row];
    curvature += slopes.curvatures[row];
  }
  const root: NodeSums = { gradient, curvature, count: rows.length };
  nodes.push(leafNode(curvature + l2 > 0 ? valueOf(root) : 0));
  let first: Histogram | null = null;
  if (canCut(rows.length, 0)) {
    first = take();
    fillHistogram(first, binned, features, rows, [0, rows.length], slopes, memory.scratch);
  }
  plant(0, [0, rows.length], 0, root, first);

  while (leaves.length < maxLeaves) {
    let at = -1;
    leaves.forEach(({ split }, i) => {
      if (split && (at < 0 || split.gain > leaves[at].split!.gain)) at = i;
    });
    if (at < 0) break;
    const [leaf] = leaves.splice(at, 1);
    const split = leaf.split!;
    const middle = partition(binned, rows, leaf, split, memory.moved);
    const depth = leaf.depth + 1;
    const [left, right] = [nodes.length, nodes.length + 1];
    nodes.push(leafNode(valueOf(split.left)), leafNode(valueOf(split.right)));
    Object.assign(nodes[leaf.node], {
      feature: split.feature,
      threshold: binned.edges[split.feature][split.code] ?? Infinity,
      missingLeft: split.missingLeft,
      left,
      right,
    });
    const spans = [[leaf.from, middle], [middle, leaf.to]] as const; // prettier-ignore
    const counts = spans.map(([from, to]) => to - from);
    const smaller = counts[0] <= counts[1] ? 0 : 1;
    const histograms: (Histogram | null)[] = [null, null];
    const last = leaves.length + 2 >= maxLeaves;
    if (!last && canCut(counts[1 - smaller], depth)) {
      const own = take();
      fillHistogram(own, binned, features, rows, spans[smaller], slopes, memory.scratch);
      subtractHistogram(leaf.histogram!, own);
      histograms[1 - smaller] = leaf.histogram;
      if (canCut(counts[smaller], depth)) histograms[smaller] = own;
      else memory.spare.push(own);
    } else memory.spare.push(leaf.histogram!);
    plant(left, spans[0], depth, split.left, histograms[0]);
    plant(right, spans[1], depth, split.right, histograms[1]);
  }
  for (const { histogram } of leaves) if (histogram) memory.spare.push(histogram);
  return {
    tree: treeOf(nodes),
    leaves: leaves.map(({ node, from, to }) => ({ value: nodes[node].value, from, to })),
  };
}
