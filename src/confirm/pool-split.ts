import type { Dataset, Labels } from '../data/types';
import { permutation, random } from '../core/random';
import { takeLabels } from '../data/label-rows';

const sizeOf = (data: Dataset): number => data.features.shape.reduce((product, side) => product * side, 1);

/** Returns the examples at `rows` without metadata and raw columns, which no training looks at. */
export function rowsOf(data: Dataset, rows: readonly number[]): Dataset {
  const size = sizeOf(data);
  const values = new Float32Array(rows.length * size);
  rows.forEach((row, i) => {
    values.set(data.features.values.subarray(row * size, (row + 1) * size), i * size);
  });
  return {
    ...data,
    n: rows.length,
    features: { ...data.features, values },
    labels: takeLabels(data, rows),
    ids: rows.map((row) => data.ids[row]),
    metadata: { kind: 'table', n: rows.length, names: [], columns: {}, warnings: [] },
    columns: undefined,
    roles: undefined,
  };
}

/** Returns a seeded half of the examples. */
export function halfOf(data: Dataset, seed: number): Dataset {
  const order = permutation(data.n, random(seed).fork('half'));
  return rowsOf(data, Array.from(order.subarray(0, Math.max(1, Math.floor(data.n / 2)))));
}

/** Returns train and validation drawn anew at random from the two together, in their old sizes. */
export function reshuffled(
  train: Dataset,
  validation: Dataset,
  seed: number,
): { readonly train: Dataset; readonly validation: Dataset } {
  const values = new Float32Array(train.features.values.length + validation.features.values.length);
  values.set(train.features.values);
  values.set(validation.features.values, train.features.values.length);
  const n = train.n + validation.n;
  const Kind = train.labels.constructor as new (n: number) => Labels;
  const labels = new Kind(train.labels.length + validation.labels.length);
  labels.set(train.labels);
  labels.set(validation.labels, train.labels.length);
  const pool: Dataset = {
    ...train,
    n,
    features: { ...train.features, values },
    labels,
    ids: Array.from({ length: n }, (_, i) => String(i)),
  };
  const order = Array.from(permutation(n, random(seed).fork('reshuffled split')));
  return { train: rowsOf(pool, order.slice(0, train.n)), validation: rowsOf(pool, order.slice(train.n)) };
}
