import { InputError } from '../core/input-error';
import { anything, check, checkOptions, numbers, record, text } from '../core/options';
import { asTable, type TableLike } from './as-table';
import type { DatasetParts } from './dataset';
import { columnOrColumns } from './label-columns';
import { rolesOf } from './prepare/roles';
import { refuseMissing } from './refuse-missing';
import { requireColumn } from './require-column';
import { labelsOf, type LabelSource } from './table-labels';
import { idAt } from './table-parts';
import { taskName } from './task-names';
import type { Dataset, Role, Table } from './types';

/** A data set whose inputs are raw columns: numbers with gaps, categories, truth values, dates, text. */
export interface ColumnParts extends Omit<LabelSource, 'label'> {
  readonly columns: TableLike;
  /** As for a table of numbers; not needed where `labels` is given. */
  readonly label?: LabelSource['label'];
  readonly labels?: DatasetParts['labels'];
  /**
   * Roles that are not the usual ones. Numbers, truth values and dates are what they are. Strings are text where they have
   * three words or more on average and more than half are different, else a category. Columns that only tell examples apart
   * are ignored: short strings of which more than half are different, and whole numbers that count the rows.
   */
  readonly roles?: Readonly<Record<string, Role>>;
  /** Columns that are no inputs, kept beside the examples; none by default. */
  readonly metadata?: readonly string[];
  /** Column of unique ids, or the ids; by default "1", "2", … */
  readonly ids?: string | readonly string[];
  readonly name?: string;
  readonly origin?: Dataset['origin'];
}

const FN = 'dataset';
const NAMES = { ...numbers, expected: 'be an array of column names' };

const part = (table: Table, names: readonly string[]): Table => ({
  kind: 'table',
  n: table.n,
  names,
  columns: Object.fromEntries(names.map((name) => [name, table.columns[name]])),
  warnings: table.warnings,
});

/** What raw columns make of a data set; throws as `dataset` says. */
export function columnParts(parts: ColumnParts): {
  readonly columns: Table;
  readonly roles: Readonly<Record<string, Role>>;
  readonly rest: Omit<DatasetParts, 'features'>;
} {
  checkOptions(FN, parts, {
    columns: anything,
    label: columnOrColumns,
    separator: text,
    labels: numbers,
    roles: record,
    metadata: NAMES,
    ids: anything,
    task: taskName,
    classes: { ...numbers, expected: 'be an array of class names' },
    name: text,
    origin: anything,
  });
  const { label, labels, separator, metadata = [], ids, roles, task, classes, name, origin } = parts;
  const table = asTable(parts.columns, FN);
  if (table.n === 0) {
    throw new InputError({ code: 'empty', fn: FN, param: 'columns', expected: 'hold at least one row' });
  }
  if ((label === undefined) === (labels === undefined)) {
    throw new InputError({
      code: 'missing',
      fn: FN,
      param: 'label',
      expected: 'name the column of labels, or "labels" hold them, and not both',
    });
  }
  if (labels !== undefined && separator !== undefined) {
    throw new InputError({
      code: 'unsupported',
      fn: FN,
      param: 'separator',
      expected: 'be given with a column of labels only',
    });
  }
  const labelColumns = [label ?? []].flat();
  for (const one of labelColumns) requireColumn(FN, 'label', table.names, one);
  for (const one of metadata) requireColumn(FN, 'metadata', table.names, one);
  if (typeof ids === 'string') {
    requireColumn(FN, 'ids', table.names, ids);
    refuseMissing('ids', table, [ids]);
  } else if (ids !== undefined)
    check(FN, 'ids', ids, { ...numbers, expected: 'be a column or an array of ids' });
  const taken = new Set([...labelColumns, ids, ...metadata]);
  const inputs = table.names.filter((one) => !taken.has(one));
  if (inputs.length === 0) {
    throw new InputError({
      code: 'empty',
      fn: FN,
      param: 'columns',
      expected: 'hold at least one column beside label, ids and metadata',
    });
  }
  const columns = part(table, inputs);
  const named =
    labels === undefined ? labelsOf(table, { label: label!, separator, task, classes }) : { labels };
  return {
    columns,
    roles: rolesOf(FN, columns, roles),
    rest: {
      classes,
      task,
      ...named,
      name,
      origin,
      ids:
        typeof ids === 'string'
          ? Array.from({ length: table.n }, (_, i) => idAt(table.columns[ids], i))
          : ids,
      metadata: part(table, metadata),
    },
  };
}
