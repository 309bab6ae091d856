import { InputError } from '../core/input-error';
import { text, type Constraint } from '../core/options';
import { columnValue } from './column-value';
import { requireColumn } from './require-column';
import type { Table } from './types';

/** Constraint: the name of a column, or different names of one or more. */
export const columnOrColumns: Constraint<string | readonly string[]> = {
  code: 'invalid-type',
  expected: 'be the name of a column, or an array of different names',
  holds: (value): value is string | readonly string[] =>
    text.holds(value) ||
    (Array.isArray(value) &&
      value.length > 0 &&
      value.every(text.holds) &&
      new Set(value).size === value.length),
};

/** What stands between the names in a cell where nothing else is said. */
export const SEPARATOR = ',';

/**
 * Returns the names in each cell of a column, "rain, wind" as two; spaces around them do not count. An empty cell means no
 * label.
 *
 * @throws InputError `unknown-name` for a column that is not there, `invalid-type` for one of dates
 */
export function labelLists(
  fn: string,
  param: string,
  table: Table,
  name: string,
  separator = SEPARATOR,
): readonly (readonly string[])[] {
  requireColumn(fn, param, table.names, name);
  const column = table.columns[name];
  if (column.type === 'date') {
    throw new InputError({
      code: 'invalid-type',
      fn,
      param,
      expected: `be a column of label names; "${name}" holds dates`,
    });
  }
  return Array.from({ length: table.n }, (_, i) =>
    String(columnValue(column, i) ?? '')
      .split(separator)
      .map((one) => one.trim())
      .filter((one) => one !== ''),
  );
}

/**
 * Returns the cells of columns of zeros and ones, or of truth values, row by row.
 *
 * @throws InputError `unknown-name`, `invalid-type` for a column of another type, `non-finite` for an empty cell
 */
export function labelRows(
  fn: string,
  param: string,
  table: Table,
  names: readonly string[],
): readonly (readonly number[])[] {
  for (const name of names) {
    requireColumn(fn, param, table.names, name);
    const column = table.columns[name];
    if (column.type !== 'number' && column.type !== 'boolean') {
      throw new InputError({
        code: 'invalid-type',
        fn,
        param,
        expected: `be columns of 0 and 1, or of truth values; "${name}" holds ${column.type}s`,
      });
    }
    const missing = Array.from({ length: table.n }, (_, i) => i).filter(
      (i) => columnValue(column, i) === null,
    );
    if (missing.length > 0) {
      throw new InputError({
        code: 'non-finite',
        fn,
        param,
        expected: `have a value in every row; "${name}" has none in ${missing.length} of ${table.n}, the first in row ${missing[0] + 1}`,
        mend: 'Fill or drop those rows first.',
      });
    }
  }
  return Array.from({ length: table.n }, (_, i) =>
    names.map((name) => Number(columnValue(table.columns[name], i))),
  );
}

/**
 * Returns names for the labels of columns: the columns' own, without a beginning that all share up to a sign between words.
 *
 * @example
 * labelNames(['is_rain', 'is_wind']) // => ['rain', 'wind']
 */
export function labelNames(columns: readonly string[]): readonly string[] {
  if (columns.length < 2) return columns;
  const [first] = columns;
  let shared = 0;
  while (columns.every((name) => shared < name.length - 1 && name[shared] === first[shared])) shared++;
  const cut = /^.*[^\p{L}\p{N}]/u.exec(first.slice(0, shared))?.[0].length ?? 0;
  return columns.map((name) => name.slice(cut));
}
