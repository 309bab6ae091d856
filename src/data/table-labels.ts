import { InputError } from '../core/input-error';
import { columnValue } from './column-value';
import type { DatasetParts } from './dataset';
import { labelLists, labelNames, labelRows } from './label-columns';
import { refuseMissing } from './refuse-missing';
import { requireColumn } from './require-column';
import type { Table, Task } from './types';

/** Where the labels of a data set stand in a table. */
export interface LabelSource {
  /** Column of labels. Multi-label: columns of 0 and 1, one a label, or one column of names such as "rain, wind". */
  readonly label: string | readonly string[];
  /** What stands between the names in a column of several; defaults to ",". Giving it means multi-label. */
  readonly separator?: string;
  /**
   * Defaults to multi-label for several label columns and where a separator is given, to classification for a label of text,
   * truth values, or at most 50 different integers; else regression. A small count or score as target needs "regression" here.
   */
  readonly task?: Task;
  /** Class names, in the order of their codes; default to the labels that occur, sorted, or to the names of the label columns. */
  readonly classes?: readonly string[];
}

const FN = 'dataset';
const MOST_CLASSES = 50;

type LabelParts = Pick<DatasetParts, 'labels' | 'classes' | 'task'>;

/** Lists of names, or rows of 0 and 1 beside the names of their columns. */
function severalOf(table: Table, { label, separator, classes }: LabelSource): LabelParts {
  const task = 'multi-label';
  if (typeof label === 'string') {
    return { task, classes, labels: labelLists(FN, 'label', table, label, separator) };
  }
  return { task, classes: classes ?? labelNames(label), labels: labelRows(FN, 'label', table, label) };
}

/** Labels as text, as numbers for regression, or as codes beside their classes. */
function oneLabelOf(
  table: Table,
  parts: Pick<LabelSource, 'task' | 'classes'>,
  label: string,
): Pick<DatasetParts, 'labels' | 'classes'> {
  const column = table.columns[label];
  refuseMissing('label', table, [label]);
  if (column.type === 'date') {
    throw new InputError({
      code: 'invalid-type',
      fn: FN,
      param: 'label',
      expected: `be a column of text, numbers or truth values; "${label}" holds dates`,
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

/** Returns the labels that stand in a table, as `dataset` takes them; throws as `dataset` says. */
export function labelsOf(table: Table, source: LabelSource): LabelParts {
  const { label, separator, task } = source;
  for (const name of [label].flat()) requireColumn(FN, 'label', table.names, name);
  const named = typeof label === 'string';
  const speaksOfSeveral = !named || separator !== undefined;
  if (task === 'multi-label' || (task === undefined && speaksOfSeveral)) return severalOf(table, source);
  if (named && !speaksOfSeveral) return { task, ...oneLabelOf(table, source, label) };
  throw new InputError({
    code: 'unsupported',
    fn: FN,
    param: named ? 'separator' : 'label',
    expected: `be ${named ? 'left out' : 'one column'} for ${task}`,
    mend: 'Several labels an example are task "multi-label".',
  });
}
