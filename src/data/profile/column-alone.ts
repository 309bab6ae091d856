/** Neighbours on each side that an example is told by. */
const EACH_SIDE = 3;

/** Rows in the order of their values; equal values in the order of a fixed shuffle, so that the labels' order does not matter. */
function orderOf(values: Float64Array): Int32Array {
  const mixed = (row: number): number => Math.imul(row + 1, 0x9e3779b1) >>> 0;
  return Int32Array.from(values.keys()).sort((a, b) => values[a] - values[b] || mixed(a) - mixed(b));
}

/** Calls `tell` for each place with its neighbours' places. */
function neighbours(n: number, tell: (place: number, others: readonly number[]) => void): void {
  for (let place = 0; place < n; place++) {
    const others: number[] = [];
    for (let by = 1; by <= EACH_SIDE; by++) {
      if (place - by >= 0) others.push(place - by);
      if (place + by < n) others.push(place + by);
    }
    tell(place, others);
  }
}

/**
 * Returns how well a column alone tells the label of an example by the examples that are next to it in this column (never by
 * itself): the share told right for class codes, for values the share of their variance that is explained.
 */
export function skillAlone(
  values: Float64Array,
  labels: ArrayLike<number>,
  kind: 'classes' | 'values',
): number {
  const n = values.length;
  const order = orderOf(values);
  const sorted = Float64Array.from(order, (row) => labels[row]);
  if (kind === 'classes') {
    let right = 0;
    neighbours(n, (place, others) => {
      const votes = new Map<number, number>();
      // The nearest two count a little more, so that ties go to them.
      others.forEach((other, i) =>
        votes.set(sorted[other], (votes.get(sorted[other]) ?? 0) + (i < 2 ? 1.2 : 1)),
      );
      let [best, most] = [-1, 0];
      for (const [label, count] of votes) if (count > most) [best, most] = [label, count];
      right += Number(best === sorted[place]);
    });
    return right / n;
  }
  let mean = 0;
  for (const value of sorted) mean += value / n;
  let [left, total] = [0, 0];
  neighbours(n, (place, others) => {
    const told = others.reduce((sum, other) => sum + sorted[other], 0) / others.length;
    left += (sorted[place] - told) ** 2;
    total += (sorted[place] - mean) ** 2;
  });
  return 1 - left / total;
}
