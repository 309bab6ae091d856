import { completePredictions } from '../../src/metrics/complete-predictions';
import type { Column, Table } from '../../src/data/types';
import type { Predictions } from '../../src/metrics/types';

/** A metadata table of number columns. */
export function numberTable(columns: Readonly<Record<string, readonly number[]>>): Table {
  const names = Object.keys(columns);
  const held: Record<string, Column> = {};
  for (const name of names)
    held[name] = { type: 'number', values: Float64Array.from(columns[name]), valid: null };
  return { kind: 'table', n: columns[names[0]]?.length ?? 0, names, columns: held, warnings: [] };
}

/** Two-class predictions that are wrong where `wrong` is 1; ids are row numbers. */
export function twoClasses(
  wrong: readonly number[],
  metadata: Readonly<Record<string, readonly number[]>> = {},
): Predictions {
  return completePredictions({
    name: 'model',
    task: 'classification',
    classes: ['a', 'b'],
    ids: wrong.map((_, i) => String(i)),
    label: Object.freeze(wrong.map(() => 0)),
    predicted: Object.freeze([...wrong]),
    probabilities: Object.freeze(wrong.flatMap((w) => (w ? [0.25, 0.75] : [0.5, 0.5]))),
    metadata: numberTable(metadata),
  });
}
