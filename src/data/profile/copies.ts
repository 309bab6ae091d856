import { featureSize } from '../feature-size';
import { labelWidth } from '../label-rows';
import type { Dataset } from '../types';

/** A number of 53 bits for each row: features, bit for bit, and label. */
function hashes(data: Dataset): Float64Array {
  const size = featureSize(data.features.shape);
  const width = labelWidth(data);
  const { values } = data.features;
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const out = new Float64Array(data.n);
  for (let row = 0; row < data.n; row++) {
    let [a, b] = [0x811c9dc5, 0x9747b28c];
    const add = (word: number): void => {
      a = Math.imul(a ^ word, 0x01000193);
      b = Math.imul((b ^ word) + 0x7ed55d16, 0x85ebca6b);
      b ^= b >>> 13;
    };
    for (let at = row * size; at < (row + 1) * size; at++) add(words[at]);
    for (let at = row * width; at < (row + 1) * width; at++) add(Math.round(1e4 * data.labels[at]));
    out[row] = (a >>> 0) * 2 ** 21 + ((b >>> 0) & 0x1fffff);
  }
  return out;
}

/** Returns how many rows of `second` stand in `first` too, and the share of `first` that stands in it more than once. */
export function countCopies(
  first: Dataset,
  second: Dataset,
): { readonly copies: number; readonly rateWithin: number } {
  const counts = new Map<number, number>();
  for (const key of hashes(first)) counts.set(key, (counts.get(key) ?? 0) + 1);
  let repeated = 0;
  for (const count of counts.values()) if (count > 1) repeated += count;
  let copies = 0;
  for (const key of hashes(second)) copies += Number(counts.has(key));
  return { copies, rateWithin: first.n > 0 ? repeated / first.n : NaN };
}
