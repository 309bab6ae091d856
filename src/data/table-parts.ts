import { InputError } from '../core/input-error';
import { anything, check, checkOptions, numbers, oneOf, text } from '../core/options';
import { asTable, type TableLike } from './as-table';
import { columnValue } from './column-value';
import type { DatasetParts } from './dataset';
import { requireColumn } from './require-column';
import type { Column, Dataset, Table, Task } from './types';

/** A data set as columns of a table. */
export interface TableParts {
  readonly table: TableLike;
  /** Column of labels. */
  readonly label: string;
  /** Columns of numbers or truth values; defaults to all but the label, the ids and the metadata. */
  readonly features?: readonly string[];
  /** Columns that are not features, kept beside the examples; none by default. */
  readonly metadata?: readonly string[];
  /** Column of unique ids; by default the ids are "1", "2", … */
  readonly ids?: string;
  /**
   * Defaults to classification for a label of text, truth values, or at most 50 different integers; else regression.
   * A small count or score as target needs "regression" here.
   */
  readonly task?: Task;
  /** Class names, in the order of their codes; defaults to the labels that occur, sorted. */
  readonly classes?: readonly string[];
  readonly name?: string;
  readonly origin?: Dataset['origin'];
}

const FN = 'dataset';
const MOST_CLASSES = 50;

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

/** Labels as text, as numbers for regression, or as codes beside their classes. */
export function labelsOf(
  table: Table,
  parts: Pick<TableParts, 'label' | 'task' | 'classes'>,
): { labels: DatasetParts['labels']; classes?: readonly string[] } {
  const column = table.columns[parts.label];
  refuseMissing('label', table, [parts.label]);
  if (column.type === 'date') {
    throw new InputError({
      code: 'invalid-type',
      fn: FN,
      param: 'label',
      expected: `be a column of text, numbers or truth values; "${parts.label}" holds dates`,
    });
  }
  const values = Array.from({ length: table.n }, (_, i) => columnValue(column, i));
  if (column.type !== 'number') return { labels: values.map(String), classes: parts.classes };
  const distinct = new Set(values as number[]);
  const fewIntegers = distinct.size <= MOST_CLASSES && [...distinct].every(Number.isInteger);
  const task = parts.task ?? (parts.classes || fewIntegers ? 'classification' : 'regression');
  if (task === 'regression' || parts.classes) return { labels: values as number[], classes: parts.classes };
  const sorted = [...distinct].sort((a, b) => a - b);
  const codeOf = new Map(sorted.map((value, code) => [value, code]));
  return {
    labels: (values as number[]).map((value) => codeOf.get(value) as number),
    classes: sorted.map(String),
  };
}

/** Turns columns of a table into the parts of a data set; throws as `dataset` says. */
export function tableParts(parts: TableParts): DatasetParts {
  checkOptions(FN, parts, {
    table: anything,
    label: text,
    features: { ...numbers, expected: 'be an array of column names' },
    metadata: { ...numbers, expected: 'be an array of column names' },
    ids: text,
    task: oneOf(['classification', 'regression']),
    classes: { ...numbers, expected: 'be an array of class names' },
    name: text,
    origin: anything,
  });
  const table = asTable(parts.table, FN);
  if (table.n === 0) {
    throw new InputError({ code: 'empty', fn: FN, param: 'table', expected: 'hold at least one row' });
  }
  const { metadata = [], ids, label } = parts;
  check(FN, 'label', label, text);
  requireColumn(FN, 'label', table.names, label);
  for (const name of metadata) requireColumn(FN, 'metadata', table.names, name);
  for (const name of parts.features ?? []) requireColumn(FN, 'features', table.names, name);
  if (ids !== undefined) requireColumn(FN, 'ids', table.names, ids);
  const taken = new Set([label, ids, ...metadata]);
  const featureNames = parts.features ?? table.names.filter((name) => !taken.has(name));
  if (featureNames.length === 0 || featureNames.includes(label)) {
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
    task: parts.task,
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
