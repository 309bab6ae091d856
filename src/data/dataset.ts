import { InputError } from '../core/input-error';
import { checkOptions, check, numbers, record, anything, text, checkSameLength } from '../core/options';
import { asResult } from '../core/showable';
import { columnParts, type ColumnParts } from './column-parts';
import { emptyTable } from './empty-table';
import { featureSize } from './feature-size';
import { areLabelSets, labelSets, type GivenLabelSets } from './label-sets';
import { refuseNonFinite } from './refuse-non-finite';
import { tableParts, type TableParts } from './table-parts';
import { taskName } from './task-names';
import type { Dataset, FeatureBlock, Labels, Table, Task } from './types';

/** What a data set is made of. */
export interface DatasetParts {
  /** N×D numbers: one array a row, or one flat array together with `shape`. */
  readonly features: ArrayLike<number> | readonly ArrayLike<number>[];
  /**
   * One label an example: class names, class codes, or target values. For multi-label an array an example: the names of its
   * labels, or 0 or 1 for each of K labels.
   */
  readonly labels: readonly string[] | ArrayLike<number> | GivenLabelSets;
  /** Shape of one example; defaults to the length of a row. */
  readonly shape?: readonly number[];
  readonly featureNames?: readonly string[];
  /** Defaults to multi-label for an array an example, classification for text and where `classes` is given, else regression. */
  readonly task?: Task;
  /** Class names in the order of their codes, or label names by column; default to those that occur, sorted (0/1: their numbers). */
  readonly classes?: readonly string[];
  readonly name?: string;
  /** Unique; defaults to "1", "2", … */
  readonly ids?: readonly string[];
  readonly metadata?: Table;
  readonly origin?: Dataset['origin'];
}

const FN = 'dataset';

function flatten(parts: DatasetParts): { values: Float32Array; shape: readonly number[] } {
  const { features, shape } = parts;
  const first = features[0] as unknown;
  if (typeof first === 'number' && shape)
    return { values: Float32Array.from(features as ArrayLike<number>), shape };
  if (typeof first === 'number') {
    throw new InputError({
      code: 'missing',
      fn: FN,
      param: 'shape',
      expected: 'be given when the features are one flat array, for example [8, 8, 1]',
    });
  }
  const rows = features as readonly ArrayLike<number>[];
  const size = shape ? featureSize(shape) : rows[0].length;
  const uneven = Array.from(rows).findIndex((row) => row.length !== size);
  if (uneven >= 0) {
    throw new InputError({
      code: 'length-mismatch',
      fn: FN,
      param: 'features',
      expected: `have ${size} numbers in every example; example ${uneven + 1} has ${rows[uneven].length}`,
    });
  }
  const values = new Float32Array(rows.length * size);
  rows.forEach((row, i) => values.set(Array.from(row), i * size));
  return { values, shape: shape ?? [size] };
}

/** Labels as numbers, with what they are labels of. */
interface Encoded {
  readonly task: Task;
  readonly labels: Labels;
  readonly classes: readonly string[];
}

function encode(parts: Omit<DatasetParts, 'features'>, n: number): Encoded {
  const sets = areLabelSets(parts.labels);
  if (parts.task === 'multi-label' || (sets && parts.task === undefined)) {
    const { classes, has } = labelSets(FN, parts.labels as GivenLabelSets, n, parts.classes);
    return { task: 'multi-label', labels: has, classes };
  }
  if (sets) {
    throw new InputError({
      code: 'invalid-type',
      fn: FN,
      param: 'labels',
      expected: `hold one label an example for ${parts.task}; they hold an array for each`,
      received: parts.labels[0],
      mend: 'Several labels an example are task "multi-label".',
    });
  }
  const given = Array.from(parts.labels as ArrayLike<string | number>);
  const isText = typeof given[0] === 'string';
  const task = parts.task ?? (isText || parts.classes ? 'classification' : 'regression');
  if (task === 'regression') {
    const bad = given.findIndex((label) => typeof label !== 'number' || !Number.isFinite(label));
    if (bad >= 0) {
      throw new InputError({
        code: 'non-finite',
        fn: FN,
        param: 'labels',
        expected: `be finite numbers for regression; that of example ${bad + 1} is not`,
        received: given[bad],
      });
    }
    return { task, labels: Float64Array.from(given as number[]), classes: [] };
  }
  const classes = parts.classes ?? defaultClasses(given);
  const codeOf = new Map<string | number, number>(classes.map((name, code) => [isText ? name : code, code]));
  if (!isText && !parts.classes) classes.forEach((name, code) => codeOf.set(Number(name), code));
  const outside = given.flatMap((label, i) => (codeOf.has(label) ? [] : [i]));
  if (outside.length > 0) {
    throw new InputError({
      code: 'out-of-range',
      fn: FN,
      param: 'labels',
      expected: `lie among the classes ${classes.join(', ')}${isText ? '' : ` (codes 0 to ${classes.length - 1})`}; ${outside.length} do not, the first in example ${outside[0] + 1}`,
      received: given[outside[0]],
    });
  }
  return { task, labels: Int32Array.from(given, (label) => codeOf.get(label) as number), classes };
}

function defaultClasses(labels: readonly (string | number)[]): readonly string[] {
  const distinct = [...new Set(labels)];
  const sorted = distinct.every((label) => typeof label === 'number')
    ? distinct.sort((a, b) => Number(a) - Number(b))
    : distinct.sort();
  return sorted.map(String);
}

function fromArrays(parts: DatasetParts): Dataset {
  checkOptions(FN, parts, {
    features: numbers,
    labels: numbers,
    shape: numbers,
    featureNames: numbers,
    task: taskName,
    classes: numbers,
    name: text,
    ids: numbers,
    metadata: record,
    origin: anything,
  });
  check(FN, 'features', parts.features, numbers);
  check(FN, 'labels', parts.labels, numbers);
  if (parts.features.length === 0) {
    throw new InputError({ code: 'empty', fn: FN, param: 'features', expected: 'hold at least one example' });
  }
  const { values, shape } = flatten(parts);
  const features = { values, shape, names: parts.featureNames };
  refuseNonFinite(FN, features);
  return complete(parts, features, values.length / featureSize(shape));
}

/** A data set of features that are checked, or of raw columns. */
function complete(
  parts: Omit<DatasetParts, 'features'>,
  features: FeatureBlock,
  n: number,
  raw: Pick<Dataset, 'columns' | 'roles'> = {},
): Dataset {
  const ids = parts.ids ?? Array.from({ length: n }, (_, i) => String(i + 1));
  const metadata = parts.metadata ?? emptyTable(n);
  const perExample = parts.task === 'multi-label' && !areLabelSets(parts.labels) ? n : parts.labels.length;
  checkSameLength(FN, { features: n, labels: perExample, ids: ids.length, metadata: metadata.n });
  const repeated = new Set(ids).size < n ? ids.find((id, i) => ids.indexOf(id) !== i) : undefined;
  if (repeated !== undefined) {
    throw new InputError({
      code: 'out-of-range',
      fn: FN,
      param: 'ids',
      expected: 'be unique',
      received: repeated,
    });
  }
  return asResult({
    kind: 'dataset' as const,
    name: parts.name ?? 'data',
    n,
    features,
    ...raw,
    ids,
    metadata,
    origin: parts.origin,
    ...encode(parts, n),
  });
}

function fromColumns(parts: ColumnParts): Dataset {
  const { columns, roles, rest } = columnParts(parts);
  return complete(rest, { values: new Float32Array(0), shape: [0] }, columns.n, { columns, roles });
}

/**
 * Returns a data set: features, a label and an id for each example. Plain typed arrays, copied from what is given.
 * Features are kept as 32-bit floats. Where numbers are labels, an array of them means regression unless `classes` or
 * `task` says otherwise, a column of at most 50 different integers classification. An array an example means multi-label:
 * any number of K labels each, none included.
 *
 * Raw columns may have gaps and hold text, categories and dates; `fit` prepares them, and so does `prepare`.
 *
 * @param parts arrays (features N×D, labels N, or N arrays of labels), a table of numbers and the names of its columns, or
 *   raw columns
 * @returns a frozen data set of N examples
 * @throws InputError `empty`, `length-mismatch`, `non-finite` (columns and counts), `out-of-range` (a label outside the
 * classes, an id twice), `invalid-type` (a feature that is no number), `unknown-name` (a column), `unknown-option`
 * @example
 * const d = dataset({ features: [[1, 2], [3, 4]], labels: ['no', 'yes'] });
 * d.n // => 2
 * d.classes // => ['no', 'yes']
 * Array.from(dataset({ features: [[1], [2]], labels: [['rain', 'wind'], []] }).labels) // => [1, 1, 0, 0]
 * dataset({ table: { age: [31, 40], buys: ['no', 'yes'] }, label: 'buys' }).features.names // => ['age']
 * dataset({ columns: { town: ['Ulm', null], buys: ['no', 'yes'] }, label: 'buys' }).roles // => { town: 'category' }
 */
export function dataset(parts: DatasetParts | TableParts | ColumnParts): Dataset {
  check(FN, 'parts', parts, record);
  if ('columns' in parts) return fromColumns(parts);
  return fromArrays('table' in parts ? tableParts(parts) : parts);
}
