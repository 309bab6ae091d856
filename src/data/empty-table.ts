import type { Table } from './types';

/** A table of n rows without columns. */
export function emptyTable(n: number): Table {
  return { kind: 'table', n, names: [], columns: {}, warnings: [] };
}
