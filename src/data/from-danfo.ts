import { InputError } from '../core/input-error';
import { table, type ColumnValues } from './table';
import type { Table } from './types';

/** What is read of a danfo data frame. */
export interface DanfoFrame {
  readonly columns: readonly string[];
  readonly dtypes: readonly string[];
  /** Rows of cells. */
  readonly values: unknown;
}

/** Whether a value looks like a data frame of danfojs (any copy or version of it). */
export function isDanfoFrame(x: unknown): x is DanfoFrame {
  if (typeof x !== 'object' || x === null || Array.isArray(x)) return false;
  const { columns, dtypes } = x as Partial<DanfoFrame>;
  return Array.isArray(columns) && Array.isArray(dtypes) && 'values' in x;
}

function cell(value: unknown, dtype: string): unknown {
  if (value === null || value === undefined) return null;
  if (dtype === 'string')
    return typeof value === 'string' ? value : Number.isNaN(value) ? null : String(value);
  return value;
}

/**
 * Returns a table with the columns of a danfo data frame. danfo marks a missing number as null or NaN: null becomes a
 * null, NaN stays NaN; in a text column both are nulls.
 *
 * @param frame a `DataFrame` of danfojs-node or danfojs; only read
 * @param options `fn` is the public function that messages name; defaults to "fromDanfo"
 * @throws InputError `invalid-type` when it is no data frame, or a column holds several kinds of values
 * @example
 * const frame = { columns: ['a', 'b'], dtypes: ['int32', 'string'], values: [[1, 'x'], [2, 'y']] };
 * fromDanfo(frame).names // => ['a', 'b']
 */
export function fromDanfo(frame: DanfoFrame, options: { readonly fn?: string } = {}): Table {
  const { fn = 'fromDanfo' } = options;
  if (!isDanfoFrame(frame)) {
    throw new InputError({
      code: 'invalid-type',
      fn,
      param: 'frame',
      expected: 'be a danfo DataFrame',
      received: frame,
    });
  }
  const rows = frame.values as readonly (readonly unknown[])[];
  const columns = frame.columns.map((name, j) => [
    name,
    rows.map((row) => cell(row[j], frame.dtypes[j])) as ColumnValues,
  ]);
  return table(Object.fromEntries(columns) as Record<string, ColumnValues>, { fn });
}
