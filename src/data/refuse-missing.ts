import { InputError } from '../core/input-error';
import { columnValue } from './column-value';
import type { Column, Table } from './types';

const FN = 'dataset';

const isMissing = (column: Column, i: number): boolean => {
  const value = columnValue(column, i);
  return value === null || (typeof value === 'number' && !Number.isFinite(value));
};

const missingIn = (table: Table, name: string): number => {
  let count = 0;
  for (let i = 0; i < table.n; i++) if (isMissing(table.columns[name], i)) count++;
  return count;
};

/** Throws when columns lack a finite value in some rows. */
export function refuseMissing(param: string, table: Table, names: readonly string[]): void {
  const bad = names.map((name) => ({ name, count: missingIn(table, name) })).filter(({ count }) => count > 0);
  if (bad.length === 0) return;
  const shown = bad.slice(0, 5).map(({ name, count }) => `"${name}" ${count}`);
  throw new InputError({
    code: 'non-finite',
    fn: FN,
    param,
    expected: `have a finite value in every row; missing, NaN or infinite are, of ${table.n}: ${shown.join(', ')}${bad.length > 5 ? `, … (${bad.length} columns)` : ''}`,
    mend:
      param === 'features'
        ? 'Fill or drop those rows first, or give all columns raw, as "columns" in place of "table".'
        : 'Fill or drop those rows first.',
  });
}
