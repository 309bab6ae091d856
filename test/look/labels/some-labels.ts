import { completePredictions } from '../../../src/metrics/complete-predictions';
import type { Predictions } from '../../../src/metrics/types';
import { numberTable } from '../some-predictions';

/** Place of the first largest of K numbers. */
function largest(row: ArrayLike<number>): number {
  let best = 0;
  for (let j = 1; j < row.length; j++) if (row[j] > row[best]) best = j;
  return best;
}

/** Predictions of classes "c0", "c1", … with these labels and probabilities; ids are row numbers. */
export function classified(
  labels: ArrayLike<number>,
  p: ArrayLike<number>,
  k: number,
  metadata: Readonly<Record<string, readonly number[]>> = {},
): Predictions {
  const n = labels.length;
  const rows = Array.from({ length: n }, (_, i) => i);
  return completePredictions({
    name: 'model',
    task: 'classification',
    classes: Array.from({ length: k }, (_, j) => `c${j}`),
    ids: rows.map(String),
    label: labels,
    predicted: Int32Array.from(rows, (i) => largest(Array.from({ length: k }, (_, j) => p[i * k + j]))),
    probabilities: p,
    metadata: { ...numberTable(metadata), n },
  });
}

/** Predictions of several labels an example. */
export function labelSets(
  given: readonly (readonly number[])[],
  p: readonly (readonly number[])[],
): Predictions {
  const classes = given[0].map((_, j) => `l${j}`);
  return completePredictions({
    name: 'model',
    task: 'multi-label',
    classes,
    ids: given.map((_, i) => String(i)),
    label: Uint8Array.from(given.flat()),
    predicted: Int8Array.from(p.flat(), (value) => Number(value > 0.5)),
    probabilities: Float64Array.from(p.flat()),
    metadata: { ...numberTable({}), n: given.length },
  });
}

/** Predictions of values. */
export function values(label: ArrayLike<number>, predicted: ArrayLike<number>): Predictions {
  return completePredictions({
    name: 'model',
    task: 'regression',
    classes: [],
    ids: Array.from(label, (_, i) => String(i)),
    label,
    predicted,
    probabilities: null,
    metadata: { ...numberTable({}), n: label.length },
  });
}
