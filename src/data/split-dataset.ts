import { InputError } from '../core/input-error';
import {
  boolean,
  checkOptions,
  checkSameLength,
  integer,
  numberIn,
  numbers,
  text,
  type Constraint,
} from '../core/options';
import { permutation, random, shuffleInPlace, type Random } from '../core/random';
import { allColumns } from './all-columns';
import { iterativeStratification } from './iterative-stratification';
import { requireColumn } from './require-column';
import { takeExamples } from './take-examples';
import type { Dataset } from './types';

export interface SplitOptions {
  /** Share for validation, 0 to 1; defaults to 0.2. */
  readonly validation?: number;
  /** Share for test, 0 to 1; defaults to 0. */
  readonly test?: number;
  /** Keep the shares of classes or labels in each part; defaults to true, but for regression and when grouped or by time. */
  readonly stratify?: boolean;
  /** Metadata or raw column, or one value an example, whose equal values stay together; nulls are one group. */
  readonly groupBy?: string | readonly (string | number)[];
  /** Metadata or raw column of numbers or dates: the latest examples are tested on, those before validated on. */
  readonly timeBy?: string;
  /** Defaults to 0. */
  readonly seed?: number;
}

export interface Split {
  readonly train: Dataset;
  readonly validation: Dataset;
  readonly test: Dataset;
}

const FN = 'splitDataset';

const COLUMN_OR_VALUES: Constraint<string | ArrayLike<unknown>> = {
  code: 'invalid-type',
  expected: 'be the name of a metadata column or an array with one value an example',
  holds: (value): value is string | ArrayLike<unknown> => text.holds(value) || numbers.holds(value),
};

/** Sizes of train, validation and test for n examples: shares rounded, train takes the rest. */
function sizesOf(n: number, validation: number, test: number): readonly [number, number, number] {
  const v = Math.round(n * validation);
  const t = Math.min(n - v, Math.round(n * test));
  return [n - v - t, v, t];
}

function groupsOf(
  dataset: Dataset,
  groupBy: string | readonly (string | number)[],
): (row: number) => string | number {
  if (typeof groupBy !== 'string') {
    checkSameLength(FN, { dataset: dataset.n, groupBy: groupBy.length });
    return (row) => groupBy[row];
  }
  const { names, columns } = allColumns(dataset);
  requireColumn(FN, 'groupBy', names, groupBy);
  const column = columns[groupBy];
  if (column.type === 'string') return (row) => column.codes[row];
  return (row) => (column.valid?.[row] === 0 ? 'null' : column.values[row]);
}

/** Rows from the earliest to the latest; equal times stay in order. */
function byTime(dataset: Dataset, timeBy: string): number[] {
  const { names, columns } = allColumns(dataset);
  requireColumn(FN, 'timeBy', names, timeBy);
  const column = columns[timeBy];
  if (column.type !== 'number' && column.type !== 'date') {
    throw new InputError({
      code: 'invalid-type',
      fn: FN,
      param: 'timeBy',
      expected: `be a column of dates or numbers; "${timeBy}" holds ${column.type}s`,
    });
  }
  const rows = Array.from({ length: dataset.n }, (_, i) => i);
  const missing = rows.filter((i) => column.valid?.[i] === 0 || !Number.isFinite(column.values[i])).length;
  if (missing > 0) {
    throw new InputError({
      code: 'non-finite',
      fn: FN,
      param: 'timeBy',
      expected: `have a time for every example; "${timeBy}" has none for ${missing} of ${dataset.n}`,
    });
  }
  return rows.sort((a, b) => column.values[a] - column.values[b] || a - b);
}

/** Rows of each class in random order, dealt so that every part has its share of every class (largest remainder). */
function stratified(labels: ArrayLike<number>, sizes: readonly number[], stream: Random): number[][] {
  const byClass = new Map<number, number[]>();
  for (let i = 0; i < labels.length; i++) {
    const rows = byClass.get(labels[i]);
    if (rows) rows.push(i);
    else byClass.set(labels[i], [i]);
  }
  const parts: number[][] = sizes.map(() => []);
  for (const rows of byClass.values()) shuffleInPlace(rows, stream);
  const left = [...byClass.values()];
  for (const part of [1, 2]) {
    const total = left.reduce((sum, rows) => sum + rows.length, 0);
    const share = total > 0 ? sizes[part] / total : 0;
    const counts = left.map((rows) => Math.floor(rows.length * share));
    const order = left
      .map((rows, i) => ({ i, rest: rows.length * share - counts[i] }))
      .sort((a, b) => b.rest - a.rest || a.i - b.i);
    let lacking = sizes[part] - counts.reduce((a, b) => a + b, 0);
    for (const { i } of order) if (lacking-- > 0) counts[i]++;
    counts.forEach((count, i) => parts[part].push(...left[i].splice(0, count)));
  }
  parts[0] = left.flat();
  return parts;
}

/** Whole groups in random order, each into the first part that still lacks examples, test first. */
function grouped(
  groupOf: (row: number) => string | number,
  n: number,
  sizes: readonly number[],
  stream: Random,
): number[][] {
  const groups = new Map<string | number, number[]>();
  for (let i = 0; i < n; i++) {
    const rows = groups.get(groupOf(i));
    if (rows) rows.push(i);
    else groups.set(groupOf(i), [i]);
  }
  const parts: number[][] = [[], [], []];
  for (const rows of shuffleInPlace([...groups.values()], stream)) {
    const part = [2, 1].find((p) => parts[p].length + rows.length / 2 <= sizes[p] && sizes[p] > 0) ?? 0;
    parts[part].push(...rows);
  }
  return parts;
}

/**
 * Returns a data set cut into train, validation and test: at random with equal class shares, by whole groups, or by time.
 * Examples keep their ids and their order. With several labels an example the share of each label is kept as nearly as can
 * be (iterative stratification).
 *
 * @param dataset N examples
 * @returns three data sets whose sizes add up to N; an empty part has n = 0
 * @see Sechidis, Tsoumakas & Vlahavas, "On the stratification of multi-label data", 2011
 * @throws InputError `out-of-range` when the shares leave nothing to train on, `unsupported` when two ways are asked for,
 * `unknown-name` for a metadata column that is not there, `non-finite` for a missing time
 * @example
 * const { train, validation } = splitDataset(datasets.iris(), { validation: 0.2, seed: 1 });
 * [train.n, validation.n] // => [120, 30]
 */
export function splitDataset(dataset: Dataset, options: SplitOptions = {}): Split {
  checkOptions(FN, options, {
    validation: numberIn(0, 1),
    test: numberIn(0, 1),
    stratify: boolean,
    groupBy: COLUMN_OR_VALUES,
    timeBy: text,
    seed: integer(0),
  });
  const { validation = 0.2, test = 0, groupBy, timeBy, seed = 0 } = options;
  const { stratify = dataset.task !== 'regression' && groupBy === undefined && timeBy === undefined } =
    options;
  const ways = [stratify && 'stratify', groupBy && 'groupBy', timeBy && 'timeBy'].filter(Boolean);
  if (ways.length > 1) {
    throw new InputError({
      code: 'unsupported',
      fn: FN,
      param: String(ways[0]),
      expected: `not be combined with "${ways[1]}"`,
    });
  }
  if (stratify && dataset.task === 'regression') {
    throw new InputError({
      code: 'unsupported',
      fn: FN,
      param: 'stratify',
      expected: 'be false for regression',
    });
  }
  const sizes = sizesOf(dataset.n, validation, test);
  if (validation + test > 1 || sizes[0] < 1) {
    throw new InputError({
      code: 'out-of-range',
      fn: FN,
      param: 'validation',
      expected: `leave at least one of the ${dataset.n} examples to train on, together with "test"`,
      received: validation,
    });
  }
  const stream = random(seed).fork('split');
  const parts = stratify
    ? dataset.task === 'multi-label'
      ? iterativeStratification(dataset.labels, dataset.classes.length, sizes, stream)
      : stratified(dataset.labels, sizes, stream)
    : groupBy !== undefined
      ? grouped(groupsOf(dataset, groupBy), dataset.n, sizes, stream)
      : inOrder(orderOf(dataset, timeBy, stream), sizes);
  const [train, forValidation, forTest] = parts.map((rows) => rows.sort((a, b) => a - b));
  return {
    train: takeExamples(dataset, train, `${dataset.name}, train`),
    validation: takeExamples(dataset, forValidation, `${dataset.name}, validation`),
    test: takeExamples(dataset, forTest, `${dataset.name}, test`),
  };
}

function orderOf(dataset: Dataset, timeBy: string | undefined, stream: Random): number[] {
  return timeBy === undefined ? Array.from(permutation(dataset.n, stream)) : byTime(dataset, timeBy);
}

function inOrder(order: readonly number[], sizes: readonly number[]): number[][] {
  return [
    order.slice(0, sizes[0]),
    order.slice(sizes[0], sizes[0] + sizes[1]),
    order.slice(sizes[0] + sizes[1]),
  ];
}
