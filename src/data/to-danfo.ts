import { InputError } from '../core/input-error';
import { columnValue } from './column-value';
import type { DanfoFrame } from './from-danfo';
import type { Table } from './types';

type DataFrame = new (rows: unknown[][], options: { columns: string[] }) => unknown;

function dataFrameClass(): DataFrame {
  try {
    return (require('danfojs-node') as { DataFrame: DataFrame }).DataFrame;
  } catch (cause) {
    throw new InputError({
      code: 'missing',
      fn: 'toDanfo',
      param: 'danfojs-node',
      expected: 'be installed',
      mend: 'Run "npm install danfojs-node@1.2.0", with the "overrides" block of docs/dependencies.md in your package.json.',
      cause,
    });
  }
}

/**
 * Returns a danfo `DataFrame` with the columns of a table; nulls are null, dates are ISO 8601 text (danfo has no dates).
 * For handing data to code that wants danfo; Hunch itself takes a table anywhere.
 *
 * @param table at least one row and one column
 * @returns the frame; name danfo's own type for its methods: `toDanfo<DataFrame>(table)`
 * @throws InputError `missing` when danfojs-node is not installed, `empty` when there are no cells
 */
export function toDanfo<Frame = DanfoFrame>(table: Table): Frame {
  if (table.n === 0 || table.names.length === 0) {
    throw new InputError({
      code: 'empty',
      fn: 'toDanfo',
      param: 'table',
      expected: 'have at least one row and one column; danfo cannot hold an empty frame',
    });
  }
  const Frame = dataFrameClass();
  const columns = table.names.map((name) => table.columns[name]);
  const rows = Array.from({ length: table.n }, (_, i) =>
    columns.map((column) => {
      const value = columnValue(column, i);
      if (!(value instanceof Date)) return value;
      return Number.isNaN(value.getTime()) ? null : value.toISOString();
    }),
  );
  return new Frame(rows, { columns: [...table.names] }) as Frame;
}
