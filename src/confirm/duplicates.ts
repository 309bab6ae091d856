import { labelWidth } from '../data/label-rows';
import type { Dataset } from '../data/types';

/** How many validation examples stand among the training examples too, and how many would by chance. */
export interface SplitDuplicates {
  /** Rows of the validation data whose features and label equal those of a training example. */
  readonly indices: readonly number[];
  /** Validation examples. */
  readonly n: number;
  /** Share of training examples that equal another training example: the rate a random split would show. */
  readonly rateWithinTrain: number;
}

function rowKeys(data: Dataset): string[] {
  const { values, shape } = data.features;
  const size = shape.reduce((product, side) => product * side, 1);
  const width = labelWidth(data);
  return Array.from({ length: data.n }, (_, i) => {
    const row = values.subarray(i * size, (i + 1) * size);
    const label = data.labels.subarray(i * width, (i + 1) * width).join();
    return `${label}|${Buffer.from(row.buffer, row.byteOffset, row.byteLength).toString('latin1')}`;
  });
}

/**
 * Returns the validation examples that stand among the training examples, bit for bit and with the same label.
 * Near-duplicates are not seen.
 */
export function findDuplicates(train: Dataset, validation: Dataset): SplitDuplicates {
  const counts = new Map<string, number>();
  for (const key of rowKeys(train)) counts.set(key, (counts.get(key) ?? 0) + 1);
  let repeated = 0;
  for (const count of counts.values()) if (count > 1) repeated += count;
  const indices: number[] = [];
  rowKeys(validation).forEach((key, i) => {
    if (counts.has(key)) indices.push(i);
  });
  return { indices, n: validation.n, rateWithinTrain: train.n > 0 ? repeated / train.n : NaN };
}
