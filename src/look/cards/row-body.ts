import { columnValue } from '../../data/column-value';
import type { Table } from '../../data/types';
import { shortText } from './short-text';
import type { CardCell, RowBody } from './types';

/** Letters of a value, and values, that a card has room for. */
const LETTERS = 120;
const VALUES = 24;

/** A moment in ISO 8601; a day where it is midnight. */
const day = (date: Date): string => date.toISOString().replace('T00:00:00.000Z', '');

/** Returns the named values of a row of a table. */
export function cellsOf({ columns }: Table, names: readonly string[], row: number): CardCell[] {
  return names.map((name) => {
    const value = columnValue(columns[name], row);
    if (value instanceof Date) return [name, Number.isNaN(value.getTime()) ? null : day(value)];
    if (typeof value === 'number' && !Number.isFinite(value)) return [name, String(value)];
    return [name, typeof value === 'string' ? shortText(value, LETTERS) : value];
  });
}

/** Returns a row of as many values as there is room for. */
export function rowBody(
  names: readonly string[],
  cellsAt: (names: readonly string[]) => readonly CardCell[],
): RowBody {
  const more = names.length - VALUES;
  return { kind: 'row', cells: cellsAt(names.slice(0, VALUES)), ...(more > 0 && { more }) };
}
