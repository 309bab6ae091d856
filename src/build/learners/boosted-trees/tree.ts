/** A decision tree in flat arrays; node 0 is the root, and a feature of −1 marks a leaf. */
export interface Tree {
  readonly features: Int32Array;
  /** A value goes left where it is not above. */
  readonly thresholds: Float64Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** 1 where what is missing goes left. */
  readonly missingLeft: Uint8Array;
  readonly values: Float64Array;
}

/** One node of a tree that grows. */
export interface GrowingNode {
  feature: number;
  threshold: number;
  left: number;
  right: number;
  missingLeft: boolean;
  value: number;
}

/** Returns the nodes as a tree. */
export const treeOf = (nodes: readonly GrowingNode[]): Tree => ({
  features: Int32Array.from(nodes, ({ feature }) => feature),
  thresholds: Float64Array.from(nodes, ({ threshold }) => threshold),
  left: Int32Array.from(nodes, ({ left }) => left),
  right: Int32Array.from(nodes, ({ right }) => right),
  missingLeft: Uint8Array.from(nodes, ({ missingLeft }) => Number(missingLeft)),
  values: Float64Array.from(nodes, ({ value }) => value),
});

/** Returns the value that a tree gives the example that begins at `at` of flat features. */
export function treeValue(tree: Tree, values: Float32Array, at: number): number {
  const { features, thresholds, left, right, missingLeft } = tree;
  let node = 0;
  while (features[node] >= 0) {
    const value = values[at + features[node]];
    const goesLeft = Number.isNaN(value) ? missingLeft[node] === 1 : value <= thresholds[node];
    node = goesLeft ? left[node] : right[node];
  }
  return tree.values[node];
}
