import { asResult } from '../core/showable';
import { checkRows } from './check-rows';
import type { Column, Table } from './types';

const pick = <T extends { [i: number]: number; length: number }>(values: T, rows: ArrayLike<number>): T => {
  const out = new (values.constructor as new (n: number) => T)(rows.length);
  for (let i = 0; i < rows.length; i++) out[i] = values[rows[i]];
  return out;
};

function selectColumn(column: Column, rows: ArrayLike<number>): Column {
  if (column.type === 'string') return { ...column, codes: pick(column.codes, rows) };
  const valid = column.valid && pick(column.valid, rows);
  return { ...column, values: pick(column.values, rows), valid } as Column;
}

/**
 * Returns a table of the named rows, in that order; rows may repeat.
 *
 * @param rows row numbers from 0
 * @throws InputError `out-of-range` for a row that is not there
 */
export function selectRows(table: Table, rows: ArrayLike<number>): Table {
  checkRows('selectRows', rows, table.n);
  const columns = Object.fromEntries(
    table.names.map((name) => [name, selectColumn(table.columns[name], rows)]),
  );
  return asResult({ ...table, n: rows.length, columns });
}
