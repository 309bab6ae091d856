import { InputError } from '../core/input-error';
import { anything, check, checkOptions, numbers, text } from '../core/options';
import { asTable, type TableLike } from './as-table';
import { columnValue } from './column-value';
import type { DatasetParts } from './dataset';
import { columnOrColumns } from './label-columns';
import { refuseMissing } from './refuse-missing';
import { requireColumn } from './require-column';
import { labelsOf, type LabelSource } from './table-labels';
import { taskName } from './task-names';
import type { Column, Dataset, Table } from './types';

/** A data set as columns of a table. */
export interface TableParts extends LabelSource {
  readonly table: TableLike;
  /** Columns of numbers or truth values; defaults to all but the label, the ids and the metadata. */
  readonly features?: readonly string[];
  /** Columns that are not features, kept beside the examples; none by default. */
  readonly metadata?: readonly string[];
  /** Column of unique ids; by default the ids are "1", "2", … */
  readonly ids?: string;
  readonly name?: string;
  readonly origin?: Dataset['origin'];
}

const FN = 'dataset';

function featuresOf(table: Table, names: readonly string[]): Float32Array[] {
  for (const name of names) {
    const { type } = table.columns[name];
    if (type === 'number' || type === 'boolean') continue;
    throw new InputError({
      code: 'invalid-type',
      fn: FN,
      param: 'features',
      expected: `be columns of numbers; "${name}" holds ${type}s`,
      mend: `Leave it out with "features", keep it beside the examples with "metadata: ['${name}']", or give all columns raw, as "columns" in place of "table".`,
    });
  }
  refuseMissing('features', table, names);
  const columns = names.map((name) => (table.columns[name] as { values: ArrayLike<number> }).values);
  return Array.from({ length: table.n }, (_, i) => Float32Array.from(columns, (values) => values[i]));
}

/** Turns columns of a table into the parts of a data set; throws as `dataset` says. */
export function tableParts(parts: TableParts): DatasetParts {
  checkOptions(FN, parts, {
    table: anything,
    label: columnOrColumns,
    separator: text,
    features: { ...numbers, expected: 'be an array of column names' },
    metadata: { ...numbers, expected: 'be an array of column names' },
    ids: text,
    task: taskName,
    classes: { ...numbers, expected: 'be an array of class names' },
    name: text,
    origin: anything,
  });
  const table = asTable(parts.table, FN);
  if (table.n === 0) {
    throw new InputError({ code: 'empty', fn: FN, param: 'table', expected: 'hold at least one row' });
  }
  const { metadata = [], ids, label } = parts;
  check(FN, 'label', label, columnOrColumns);
  const labelColumns = [label].flat();
  for (const name of labelColumns) requireColumn(FN, 'label', table.names, name);
  for (const name of metadata) requireColumn(FN, 'metadata', table.names, name);
  for (const name of parts.features ?? []) requireColumn(FN, 'features', table.names, name);
  if (ids !== undefined) requireColumn(FN, 'ids', table.names, ids);
  const taken = new Set([...labelColumns, ids, ...metadata]);
  const featureNames = parts.features ?? table.names.filter((name) => !taken.has(name));
  if (featureNames.length === 0 || featureNames.some((name) => labelColumns.includes(name))) {
    throw new InputError({
      code: featureNames.length === 0 ? 'empty' : 'out-of-range',
      fn: FN,
      param: 'features',
      expected: 'name at least one column, and not that of the labels',
    });
  }
  if (ids !== undefined) refuseMissing('ids', table, [ids]);
  return {
    features: featuresOf(table, featureNames),
    featureNames,
    ...labelsOf(table, parts),
    name: parts.name,
    ids:
      ids === undefined ? undefined : Array.from({ length: table.n }, (_, i) => idAt(table.columns[ids], i)),
    metadata: {
      kind: 'table',
      n: table.n,
      names: metadata,
      columns: Object.fromEntries(metadata.map((name) => [name, table.columns[name]])),
      warnings: table.warnings,
    },
    origin: parts.origin,
  };
}

/** The value of a row as an id. */
export function idAt(column: Column, i: number): string {
  const value = columnValue(column, i);
  return value instanceof Date ? value.toISOString() : String(value);
}
