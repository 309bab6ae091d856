/** How numbers are cut into ranges. */
export type Binning = 'quantile' | 'equal-width' | 'tree';

/** Where a tree looks for cuts: the error of each of the values, and how few rows a range may have. */
export interface TreeTarget {
  readonly errors: Float64Array;
  readonly least: number;
}

/** Positions in the order of the values. */
function sortedOrder(values: Float64Array): Uint32Array {
  return Uint32Array.from(values.keys()).sort((i, j) => values[i] - values[j]);
}

/**
 * Cuts at values, so that each range has about as many rows. Equal values stay together, and one that is as frequent as a whole
 * range has one of its own.
 */
function quantileEdges(values: Float64Array, bins: number): number[] {
  const sorted = values.slice().sort();
  const target = sorted.length / bins;
  const edges: number[] = [];
  let inBin = 0;
  for (let start = 0; start < sorted.length;) {
    let end = start + 1;
    while (end < sorted.length && sorted[end] === sorted[start]) end++;
    const size = end - start;
    // A range is closed where it is full, before a value that fills one alone, and where it is nearer to full without the next.
    const full = inBin >= target || size >= target || inBin + size / 2 > target;
    if (inBin > 0 && full) {
      edges.push(sorted[start]);
      inBin = 0;
    }
    inBin += size;
    start = end;
  }
  return edges;
}

function equalWidthEdges(values: Float64Array, bins: number): number[] {
  const [low, high] = values.reduce(([a, b], v) => [Math.min(a, v), Math.max(b, v)], [Infinity, -Infinity]);
  return Array.from({ length: bins - 1 }, (_, b) => low + ((high - low) * (b + 1)) / bins);
}

interface Leaf {
  readonly from: number;
  readonly to: number;
  /** Best place to cut it, and what that explains of the spread of the errors; 0 where there is none. */
  readonly at: number;
  readonly gain: number;
}

/** Cuts where the error differs most on both sides, the best first, as a regression tree of one column does. */
function treeEdges(values: Float64Array, bins: number, { errors, least }: TreeTarget): number[] {
  const order = sortedOrder(values);
  const sums = new Float64Array(order.length + 1);
  order.forEach((row, i) => (sums[i + 1] = sums[i] + errors[row]));
  const leafOf = (from: number, to: number): Leaf => {
    const all = sums[to] - sums[from];
    const whole = (all * all) / (to - from);
    let [at, gain] = [-1, 0];
    for (let cut = from + least; cut <= to - least; cut++) {
      if (values[order[cut]] === values[order[cut - 1]]) continue;
      const left = sums[cut] - sums[from];
      const right = all - left;
      const explained = (left * left) / (cut - from) + (right * right) / (to - cut) - whole;
      if (explained > gain) [at, gain] = [cut, explained];
    }
    return { from, to, at, gain };
  };
  const leaves = [leafOf(0, order.length)];
  const cuts: number[] = [];
  while (leaves.length < bins) {
    const best = leaves.reduce((a, b) => (b.gain > a.gain ? b : a));
    if (!(best.gain > 0)) break;
    cuts.push(best.at);
    leaves.splice(leaves.indexOf(best), 1, leafOf(best.from, best.at), leafOf(best.at, best.to));
  }
  return cuts.sort((a, b) => a - b).map((cut) => values[order[cut]]);
}

/**
 * Returns where numbers are cut: ascending, each the first number of a range.
 *
 * @param values without NaN
 * @param bins most ranges, ≥ 2
 * @param target for a tree
 */
export function levelEdges(
  values: Float64Array,
  binning: Binning,
  bins: number,
  target?: TreeTarget,
): readonly number[] {
  if (values.length === 0) return [];
  const edges =
    binning === 'quantile'
      ? quantileEdges(values, bins)
      : binning === 'equal-width'
        ? equalWidthEdges(values, bins)
        : treeEdges(values, bins, target!);
  return edges.filter((edge, i) => i === 0 || edge > edges[i - 1]);
}
