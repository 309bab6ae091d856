/** Row numbers of one range of difficulty, with the range's bounds. */
export interface DifficultyBin {
  /** Inclusive. */
  readonly from: number;
  /** Exclusive, but inclusive for the last bin. */
  readonly to: number;
  /** Smallest and largest value in it; NaN when empty. */
  readonly least: number;
  readonly most: number;
  readonly indices: readonly number[];
}

/**
 * Returns bins of about equal size, easiest first. Equal values stay together: a group of ties goes where its middle
 * lies, so there can be fewer bins than asked for.
 *
 * @param values difficulty; NaN is left out
 * @param bins how many are wanted, ≥ 1
 * @returns non-empty bins; rows in each in ascending order
 */
export function quantileBins(values: ArrayLike<number>, bins: number): readonly DifficultyBin[] {
  const order = Array.from({ length: values.length }, (_, i) => i).filter((i) => !Number.isNaN(values[i]));
  order.sort((i, j) => (values[i] < values[j] ? -1 : values[i] > values[j] ? 1 : i - j));
  const groups = new Map<number, number[]>();
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && values[order[end]] === values[order[start]]) end++;
    const bin = Math.min(bins - 1, Math.floor(((start + end) / 2 / order.length) * bins));
    const rows = groups.get(bin);
    const tied = order.slice(start, end);
    if (rows) for (const row of tied) rows.push(row);
    else groups.set(bin, tied);
    start = end;
  }
  const filled = [...groups.values()];
  const least = filled.map((rows) => values[rows[0]]);
  return filled.map((rows, b) => {
    const most = values[rows[rows.length - 1]];
    const to = b + 1 < filled.length ? least[b + 1] : most;
    return { from: least[b], to, least: least[b], most, indices: rows.sort((i, j) => i - j) };
  });
}

/**
 * Returns the bins between given edges, easiest first, empty ones included. Values outside all edges are in none.
 *
 * @param values difficulty; NaN is left out
 * @param edges at least two, ascending; each bin has its lower edge, the last one its upper edge too
 * @returns one bin between each two edges
 */
export function edgeBins(values: ArrayLike<number>, edges: ArrayLike<number>): readonly DifficultyBin[] {
  const last = edges.length - 2;
  return Array.from({ length: last + 1 }, (_, b) => {
    const indices: number[] = [];
    let least = Infinity;
    let most = -Infinity;
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      if (!(value >= edges[b] && (value < edges[b + 1] || (b === last && value === edges[b + 1])))) continue;
      indices.push(i);
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    const empty = indices.length === 0;
    return {
      from: edges[b],
      to: edges[b + 1],
      least: empty ? NaN : least,
      most: empty ? NaN : most,
      indices,
    };
  });
}
