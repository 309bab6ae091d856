import { InputError } from '../core/input-error';
import { nearestName } from '../core/nearest-name';
import type { Column, Table } from '../data/types';

/** Rows as a message lists them, counted from 1: "row 3", "rows 3, 5, 9 and 4 more". */
export function listRows(rows: readonly number[]): string {
  const shown = rows.slice(0, 5).map((row) => row + 1);
  const more = rows.length > shown.length ? ` and ${rows.length - shown.length} more` : '';
  return `row${rows.length === 1 ? '' : 's'} ${shown.join(', ')}${more}`;
}

/** Returns the column, or throws `missing` with the nearest name. */
export function columnNamed(fn: string, param: string, table: Table, name: string): Column {
  if (table.names.includes(name)) return table.columns[name];
  const near = nearestName(name, table.names);
  throw new InputError({
    code: 'missing',
    fn,
    param,
    expected: `be a column of the table: ${table.names.join(', ')}`,
    received: name,
    mend: near && `Did you mean "${near}"?`,
  });
}

/** Throws when a cell is null or NaN, saying which column, how many and where. */
function refuseMissing(fn: string, param: string, name: string, rows: readonly number[]): void {
  if (rows.length === 0) return;
  throw new InputError({
    code: 'non-finite',
    fn,
    param,
    expected: `have a value in every row; column "${name}" is empty or not a number in ${rows.length} (${listRows(rows)})`,
    mend: 'Fill or drop those rows first.',
  });
}

const isNull = (column: Column, i: number): boolean =>
  column.type === 'string' ? !(column.codes[i] >= 0) : column.valid?.[i] === 0;

/** Returns a column's numbers; throws `invalid-type` for text and `non-finite` for nulls, NaN and infinities. */
export function numbersOf(fn: string, param: string, table: Table, name: string): Float64Array {
  const column = columnNamed(fn, param, table, name);
  if (column.type !== 'number' && column.type !== 'boolean') {
    throw new InputError({
      code: 'invalid-type',
      fn,
      param,
      expected: `be a column of numbers; "${name}" holds ${column.type}s`,
    });
  }
  const values = Float64Array.from({ length: table.n }, (_, i) => column.values[i] ?? NaN);
  const missing = Array.from(values.keys()).filter((i) => isNull(column, i) || !Number.isFinite(values[i]));
  refuseMissing(fn, param, name, missing);
  return values;
}

function textAt(column: Column, i: number): string {
  if (column.type === 'string') return column.dictionary[column.codes[i]];
  if (column.type === 'boolean') return column.values[i] === 1 ? 'true' : 'false';
  if (column.type === 'date') return new Date(column.values[i]).toISOString();
  return String(column.values[i]);
}

/** Returns a column's cells as class names or ids; throws `non-finite` for nulls and NaN. */
export function textsOf(fn: string, param: string, table: Table, name: string): readonly string[] {
  const column = columnNamed(fn, param, table, name);
  const isNaNAt = (i: number): boolean => column.type !== 'string' && !Number.isFinite(column.values[i]);
  const rows = Array.from({ length: table.n }, (_, i) => i);
  const missing = rows.filter((i) => isNull(column, i) || isNaNAt(i));
  refuseMissing(fn, param, name, missing);
  return rows.map((i) => textAt(column, i));
}
