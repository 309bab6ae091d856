import { columnValue } from '../column-value';
import type { Column } from '../types';

/** Returns the number in a row: milliseconds for a date, 0 or 1 for a truth value; NaN where there is none or none that is finite. */
export function numberAt(column: Column, row: number): number {
  if (column.type === 'string' || column.valid?.[row] === 0) return NaN;
  const value = column.values[row];
  return Number.isFinite(value) ? value : NaN;
}

/** Returns the value in a row as text; null where there is none. NaN is none. */
export function textAt(column: Column, row: number): string | null {
  if (column.type === 'string') return column.dictionary[column.codes[row]] ?? null;
  const value = columnValue(column, row);
  if (value === null || Number.isNaN(value)) return null;
  return value instanceof Date ? value.toISOString() : String(value);
}

/** Returns how often each value occurs, as text; null stands for none. */
export function levelCounts(column: Column, n: number): Map<string | null, number> {
  const counts = new Map<string | null, number>();
  for (let row = 0; row < n; row++) {
    const level = textAt(column, row);
    counts.set(level, (counts.get(level) ?? 0) + 1);
  }
  return counts;
}

/** Order by UTF-16 units: the same in every place and language. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
