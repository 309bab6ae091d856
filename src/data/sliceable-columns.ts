import { allColumns } from './all-columns';
import type { Column, Dataset, Table } from './types';

/** Named features that a table takes at most: beyond, they are measurements to learn from and not to read. */
const MOST = 100;

/**
 * Returns all that is known of each example in columns that a person can read: raw columns and metadata, and where there
 * are no raw columns the features that have names.
 */
export function sliceableColumns(dataset: Dataset): Table {
  const known = allColumns(dataset);
  const { values, shape, names } = dataset.features;
  if (dataset.columns || !names || shape.length !== 1 || names.length > MOST) return known;
  const width = names.length;
  const columnOf = (place: number): Column => ({
    type: 'number',
    values: Float64Array.from({ length: dataset.n }, (_, i) => values[i * width + place]),
    valid: null,
  });
  const added = names
    .map((name, place) => ({ name, place }))
    .filter(({ name }) => !known.names.includes(name));
  return {
    ...known,
    names: [...known.names, ...added.map(({ name }) => name)],
    columns: {
      ...known.columns,
      ...Object.fromEntries(added.map(({ name, place }) => [name, columnOf(place)])),
    },
  };
}
