import type { Dataset, Table } from './types';

/** Returns all that is known of each example as one table: its raw columns and its metadata, which comes first where names are equal. */
export function allColumns({ columns, metadata }: Dataset): Table {
  if (!columns) return metadata;
  return {
    ...metadata,
    names: [...new Set([...metadata.names, ...columns.names])],
    columns: { ...columns.columns, ...metadata.columns },
  };
}
