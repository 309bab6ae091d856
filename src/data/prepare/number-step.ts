import type { Column } from '../types';
import { numberAt } from './cells';
import type { ColumnNotes } from './column-notes';
import type { Encoder, Fitting } from './fitting';
import type { IgnoreStep, NumberStep } from './types';

/** What is measured of numbers with gaps. */
export interface Filled {
  readonly median: number;
  readonly mean: number;
  readonly sd: number;
  readonly gaps: number;
}

/** Returns median, and mean and deviation with the gaps (NaN) filled by it; null where there are only gaps. Equal values have sd 0. */
export function measureFilled(values: Float64Array): Filled | null {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  if (sorted.length === 0) return null;
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[middle] : sorted[middle - 1] / 2 + sorted[middle] / 2;
  const n = values.length;
  const at = (i: number): number => (Number.isNaN(values[i]) ? median : values[i]);
  let mean = 0;
  for (let i = 0; i < n; i++) mean += (at(i) - mean) / (i + 1);
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (at(i) - mean) ** 2;
  const constant = sorted[0] === sorted[sorted.length - 1];
  const gaps = n - sorted.length;
  return { median, mean: constant ? median : mean, sd: constant ? 0 : Math.sqrt(squares / n), gaps };
}

/** Measures a column of numbers; one without value or with one value alone is left out. */
export function fitNumber({ name, column, n, notes }: Fitting): NumberStep | IgnoreStep {
  const values = Float64Array.from({ length: n }, (_, row) => numberAt(column, row));
  const filled = measureFilled(values);
  if (column.type === 'number') {
    const odd = values.filter((value, row) => Number.isNaN(value) && column.valid?.[row] !== 0).length;
    if (odd > 0) notes.add('non-finite-value', name, odd);
  }
  if (filled === null) {
    notes.add('empty-column', name);
    return { step: 'ignore', column: name, why: 'no number in training' };
  }
  const { median, mean, sd, gaps } = filled;
  if (sd === 0 && gaps === 0) {
    notes.add('constant-column', name);
    return { step: 'ignore', column: name, why: `always ${median} in training` };
  }
  return { step: 'number', column: name, median, mean, sd, indicator: gaps > 0 };
}

/** Returns the encoder of a column of numbers. */
export function numberEncoder(step: NumberStep, column: Column, notes: ColumnNotes): Encoder {
  const { column: name, median, mean, sd, indicator } = step;
  return {
    names: indicator ? [name, `${name} missing`] : [name],
    encode(row, put) {
      const value = numberAt(column, row);
      const missing = Number.isNaN(value);
      if (sd > 0) put(0, ((missing ? median : value) - mean) / sd);
      if (missing && indicator) put(1, 1);
      else if (missing) notes.add('unseen-gap', name, 1);
    },
  };
}
