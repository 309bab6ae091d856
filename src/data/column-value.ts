import type { Column } from './types';

/** One cell of a table. */
export type Cell = number | string | boolean | Date | null;

/**
 * Returns the value of a column in row i: a number, a string, true or false, a Date, or null where there is none.
 * For loops over many rows read the typed arrays themselves.
 *
 * @param i row number from 0; a row beyond the column is null
 * @example
 * columnValue({ type: 'string', codes: Int32Array.of(1, -1), dictionary: ['no', 'yes'] }, 0) // => 'yes'
 */
export function columnValue(column: Column, i: number): Cell {
  if (column.type === 'string') return column.dictionary[column.codes[i]] ?? null;
  if (column.valid?.[i] === 0 || !(i >= 0 && i < column.values.length)) return null;
  if (column.type === 'boolean') return column.values[i] === 1;
  return column.type === 'date' ? new Date(column.values[i]) : column.values[i];
}
