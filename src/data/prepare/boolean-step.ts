import type { Column } from '../types';
import { numberAt } from './cells';
import type { ColumnNotes } from './column-notes';
import type { Encoder, Fitting } from './fitting';
import type { BooleanStep, IgnoreStep } from './types';

/** Measures a column of truth values; one without value or with one value alone is left out. */
export function fitBoolean({ name, column, n, notes }: Fitting): BooleanStep | IgnoreStep {
  let [values, trues] = [0, 0];
  for (let row = 0; row < n; row++) {
    const value = numberAt(column, row);
    if (Number.isNaN(value)) continue;
    values++;
    trues += value;
  }
  const share = trues / values;
  if (values > 0 && (values < n || (share > 0 && share < 1))) {
    return { step: 'boolean', column: name, share, indicator: values < n };
  }
  notes.add(values === 0 ? 'empty-column' : 'constant-column', name);
  const why = values === 0 ? 'no value in training' : `always ${share === 1} in training`;
  return { step: 'ignore', column: name, why };
}

/** Returns the encoder of a column of truth values. */
export function booleanEncoder(step: BooleanStep, column: Column, notes: ColumnNotes): Encoder {
  const { column: name, share, indicator } = step;
  return {
    names: indicator ? [name, `${name} missing`] : [name],
    encode(row, put) {
      const value = numberAt(column, row);
      const missing = Number.isNaN(value);
      put(0, missing ? share : value);
      if (missing && indicator) put(1, 1);
      else if (missing) notes.add('unseen-gap', name, 1);
    },
  };
}
