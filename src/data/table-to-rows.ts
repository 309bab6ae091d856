import { columnValue, type Cell } from './column-value';
import type { Table } from './types';

/**
 * Returns the table as an array of row objects; nulls are null. For showing and for small tables: a large one takes many
 * times its memory this way.
 *
 * @example
 * tableToRows(table({ a: [1, 2], b: ['x', null] })) // => [{ a: 1, b: 'x' }, { a: 2, b: null }]
 */
export function tableToRows(table: Table): Record<string, Cell>[] {
  return Array.from({ length: table.n }, (_, i) =>
    Object.fromEntries(table.names.map((name) => [name, columnValue(table.columns[name], i)])),
  );
}
