import { permutation, random } from '../../core/random';
import type { Dataset } from '../../data/types';

/**
 * Returns all rows in a random order of which every beginning has the class shares of the whole, to within one example
 * a class or so: subsets of growing size are beginnings of one order, so that each contains those before it. Values and
 * other labels come in plain random order.
 *
 * @param data N examples
 * @param seed of the order
 */
export function nestedOrder(
  data: Pick<Dataset, 'n' | 'task' | 'labels' | 'classes'>,
  seed: number,
): Int32Array {
  const stream = random(seed).fork('nested subsets');
  const shuffled = permutation(data.n, stream);
  if (data.task !== 'classification') return shuffled;
  const counts = new Float64Array(data.classes.length);
  for (let i = 0; i < data.n; i++) counts[data.labels[i]]++;
  // The k-th example of a class that has m comes at (k + offset) / m of the way: classes advance together.
  const offsets = Float64Array.from(counts, () => stream.next());
  const seen = new Float64Array(counts.length);
  const places = new Float64Array(data.n);
  for (const row of shuffled) {
    const label = data.labels[row];
    places[row] = (seen[label]++ + offsets[label]) / counts[label];
  }
  return shuffled.sort((a, b) => places[a] - places[b] || a - b);
}

/** Returns a function that makes the order of a seed once. */
export function ordersOf(data: Dataset): (seed: number) => Int32Array {
  const orders = new Map<number, Int32Array>();
  return (seed) => {
    const order = orders.get(seed) ?? nestedOrder(data, seed);
    orders.set(seed, order);
    return order;
  };
}
