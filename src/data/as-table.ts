import { InputError } from '../core/input-error';
import { fromDanfo, isDanfoFrame, type DanfoFrame } from './from-danfo';
import { table, type ColumnValues } from './table';
import type { Table } from './types';

/** Whatever can be read as a table: a table, a danfo frame, rows as objects, or columns by name. */
export type TableLike =
  Table | DanfoFrame | readonly Readonly<Record<string, unknown>>[] | Readonly<Record<string, ColumnValues>>;

function columnsOfRows(
  rows: readonly Readonly<Record<string, unknown>>[],
  fn: string,
): Record<string, ColumnValues> {
  const names = new Set<string>();
  rows.forEach((row, i) => {
    if (typeof row !== 'object' || row === null || Array.isArray(row)) {
      throw new InputError({
        code: 'invalid-type',
        fn,
        param: 'table',
        expected: `hold one object a row; row ${i + 1} is none`,
        received: row,
      });
    }
    for (const name of Object.keys(row)) names.add(name);
  });
  return Object.fromEntries(
    [...names].map((name) => [name, rows.map((row) => row[name] ?? null) as ColumnValues]),
  );
}

/**
 * Returns the table that is meant: a table as it is, else a new one from a danfo frame, an array of row objects (a key that
 * a row lacks is a null), or an object of columns.
 *
 * @param x never changed
 * @param fn the public function that messages name; defaults to "asTable"
 * @throws InputError `invalid-type` for anything else, `length-mismatch` for uneven columns
 * @example
 * asTable([{ a: 1 }, { a: 2, b: 'x' }]).names // => ['a', 'b']
 */
export function asTable(x: TableLike, fn = 'asTable'): Table {
  if (typeof x !== 'object' || x === null || ArrayBuffer.isView(x)) {
    throw new InputError({
      code: 'invalid-type',
      fn,
      param: 'table',
      expected: 'be a table, a danfo DataFrame, an array of row objects or an object of columns',
      received: x,
    });
  }
  if ((x as Table).kind === 'table') return x as Table;
  if (isDanfoFrame(x)) return fromDanfo(x, { fn });
  const columns = Array.isArray(x) ? columnsOfRows(x as readonly Record<string, unknown>[], fn) : x;
  return table(columns as Record<string, ColumnValues>, { fn });
}
