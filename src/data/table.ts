import { InputError } from '../core/input-error';
import { check, numbers, record } from '../core/options';
import { asResult } from '../core/showable';
import { tableColumn } from './table-column';
import type { Table } from './types';

/** Values of one column: numbers, strings, truth values or dates, with null or undefined where one is missing. */
export type ColumnValues = ArrayLike<number | string | boolean | Date | null | undefined>;

/**
 * Returns a table made of plain columns. NaN stays a value; only null and undefined are nulls.
 * For a file use `readTable`; for rows or a danfo frame `asTable`.
 *
 * @param columns arrays or typed arrays of one length, by name; copied, never kept
 * @param options `fn` is the public function that messages name; defaults to "table"
 * @returns a table with the columns in the order given; no columns make a table of no rows
 * @throws InputError `length-mismatch` with every column's length, `invalid-type` for a column of mixed kinds
 * @example
 * const t = table({ age: [31, null], name: ['Ada', 'Bo'] });
 * t.n // => 2
 * columnValue(t.columns.name, 1) // => 'Bo'
 */
export function table(
  columns: Readonly<Record<string, ColumnValues>>,
  options: { readonly fn?: string } = {},
): Table {
  const { fn = 'table' } = options;
  check(fn, 'columns', columns, record);
  const names = Object.keys(columns);
  for (const name of names) check(fn, name, columns[name], { ...numbers, expected: 'be an array of values' });
  const lengths = names.map((name) => columns[name].length);
  if (lengths.some((length) => length !== lengths[0])) {
    throw new InputError({
      code: 'length-mismatch',
      fn,
      param: 'columns',
      expected: `have one length; ${names.map((name, i) => `${name} has ${lengths[i]}`).join(', ')}`,
    });
  }
  return asResult({
    kind: 'table' as const,
    n: lengths[0] ?? 0,
    names,
    columns: Object.fromEntries(names.map((name) => [name, tableColumn(fn, name, columns[name])])),
    warnings: [],
  });
}
