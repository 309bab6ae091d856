/** Neighbours on each side that an example is told by. */
const EACH_SIDE = 3;

/** Rows in the order of their values; equal values in the order of a fixed shuffle, so that the labels' order does not matter. */
function orderOf(values: Float64Array): Int32Array {
  const mixed = (row: number): number => Math.imul(row + 1, 0x9e3779b1) >>> 0;
  return Int32Array.from(values.keys()).sort((a, b) => values[a] - values[b] || mixed(a) - mixed(b));
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
  const order = orderOf(values);
  const sorted = Float64Array.from(order, (row) => labels[row]);
  return kind === 'classes' ? shareRight(sorted) : shareExplained(sorted);
}

/** Share of the places whose label most of their neighbours have; the nearest two count a little more, so that ties go to them. */
function shareRight(sorted: Float64Array): number {
  const n = sorted.length;
  let right = 0;
  for (let place = 0; place < n; place++) {
    const [from, to] = [Math.max(0, place - EACH_SIDE), Math.min(n - 1, place + EACH_SIDE)];
    let [best, most] = [NaN, 0];
    for (let candidate = from; candidate <= to; candidate++) {
      if (candidate === place) continue;
      let votes = 0;
      for (let other = from; other <= to; other++) {
        if (other === place || sorted[other] !== sorted[candidate]) continue;
        votes += Math.abs(other - place) === 1 ? 1.2 : 1;
      }
      if (votes > most) [best, most] = [sorted[candidate], votes];
    }
    right += Number(best === sorted[place]);
  }
  return right / n;
}

/** Share of the variance that the means of the neighbours explain. */
function shareExplained(sorted: Float64Array): number {
  const n = sorted.length;
  const mean = sorted.reduce((sum, value) => sum + value / n, 0);
  let [left, total] = [0, 0];
  for (let place = 0; place < n; place++) {
    const [from, to] = [Math.max(0, place - EACH_SIDE), Math.min(n - 1, place + EACH_SIDE)];
    let sum = -sorted[place];
    for (let other = from; other <= to; other++) sum += sorted[other];
    left += (sorted[place] - sum / (to - from)) ** 2;
    total += (sorted[place] - mean) ** 2;
  }
  return 1 - left / total;
}
