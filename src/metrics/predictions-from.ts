import { InputError } from '../core/input-error';
import { anything, check, checkOptions, text, type Constraint } from '../core/options';
import { collectWarnings, type Warnings } from '../core/warning';
import { asTable, type TableLike } from '../data/as-table';
import { columnOrColumns } from '../data/label-columns';
import { taskName } from '../data/task-names';
import type { Table, Task } from '../data/types';
import { completePredictions } from './complete-predictions';
import { labelSetColumns } from './label-set-columns';
import { probabilityColumns, readProbabilities, type ProbabilityColumns } from './probability-columns';
import { columnNamed, listRows, numbersOf, textsOf } from './table-cells';
import type { Predictions } from './types';

const FN = 'predictionsFrom';

/** Options of {@link predictionsFrom}. */
export interface PredictionsFromOptions {
  /** Column of the true classes or values. Multi-label: columns of 0 and 1, one a label, or one column of names. */
  readonly label: string | readonly string[];
  /** Column of the predicted classes or values; may be left out where there are probabilities (the largest counts, for
   * multi-label each above 0.5). */
  readonly predicted?: string | readonly string[];
  /** Columns of the classes' probabilities: their names, or the beginning that they share and that the class follows. */
  readonly probabilities?: string | readonly string[];
  /** What stands between the names in a column of several labels; defaults to ",". Giving it means multi-label. */
  readonly separator?: string;
  /** Column of unique ids; defaults to the row numbers from 0. */
  readonly id?: string;
  /** Defaults to multi-label for several label columns or a separator, to classification where labels are text or there are classes or probabilities, to regression where a value is not whole. */
  readonly task?: Task;
  /** Class names in the order of the probabilities; default to those that the columns name, or those found, sorted. */
  readonly classes?: readonly string[];
  /** Columns to keep for slicing; defaults to all that have no other part. */
  readonly metadata?: readonly string[];
  /** Defaults to "predictions". */
  readonly name?: string;
}

const differentNames: Constraint<readonly string[]> = {
  code: 'invalid-type',
  expected: 'be an array of different strings',
  holds: (value): value is readonly string[] =>
    Array.isArray(value) && value.every((v) => typeof v === 'string') && new Set(value).size === value.length,
};

function taskOf(
  table: Table,
  { task, label, predicted, classes, probabilities, separator }: PredictionsFromOptions,
): Task {
  if (task !== undefined) return task;
  if (separator !== undefined || [label, predicted ?? ''].some((one) => typeof one !== 'string'))
    return 'multi-label';
  if (classes !== undefined || probabilities !== undefined) return 'classification';
  const columns = [label, predicted!].map((name) => columnNamed(FN, 'label', table, name as string));
  if (columns.some((column) => column.type !== 'number')) return 'classification';
  if (columns.some((column) => column.type === 'number' && column.values.some((v) => v % 1 !== 0)))
    return 'regression';
  throw new InputError({
    code: 'missing',
    fn: FN,
    param: 'task',
    expected:
      'be given, "classification" or "regression": labels and predictions are whole numbers, which can be either',
  });
}

/** Numbers by size, else by the alphabet of code points: the same on every machine. */
function sorted(values: Iterable<string>): readonly string[] {
  const unique = [...new Set(values)];
  const numeric = unique.every((value) => value.trim() !== '' && Number.isFinite(Number(value)));
  return unique.sort((a, b) => (numeric ? Number(a) - Number(b) : a < b ? -1 : 1));
}

/** Codes of class names; throws when some are not among the classes. */
function codesOf(
  param: string,
  column: string,
  values: readonly string[],
  classes: readonly string[],
): Int32Array {
  const codeOf = new Map(classes.map((name, code) => [name, code]));
  const codes = Int32Array.from(values, (value) => codeOf.get(value) ?? -1);
  const outside = Array.from(codes.keys()).filter((i) => codes[i] < 0);
  if (outside.length === 0) return codes;
  throw new InputError({
    code: 'unknown-name',
    fn: FN,
    param,
    expected: `be one of the classes ${classes.map((name) => `"${name}"`).join(', ')} in every row; column "${column}" is not in ${outside.length} (${listRows(outside)})`,
    received: values[outside[0]],
  });
}

function classNames(
  given: readonly string[] | undefined,
  found: ProbabilityColumns | undefined,
  values: readonly string[],
): readonly string[] {
  if (given && found && given.length !== found.columns.length) {
    throw new InputError({
      code: 'length-mismatch',
      fn: FN,
      param: 'classes',
      expected: `name one class for each column of probabilities; classes has ${given.length}, probabilities has ${found.columns.length}`,
    });
  }
  if (given) return given;
  if (!found) return sorted(values);
  const whole = found.candidates.find((names) => values.every((value) => names.includes(value)));
  const some = found.candidates.find((names) => values.some((value) => names.includes(value)));
  if (whole ?? some) return (whole ?? some)!;
  throw new InputError({
    code: 'missing',
    fn: FN,
    param: 'classes',
    expected: `be given in the order of the columns ${found.columns.join(', ')}, whose names do not tell the classes ${sorted(values).join(', ')}`,
  });
}

/** Code of the largest probability of each row, the first of equals. */
function largest(probabilities: Float64Array, n: number, k: number): Int32Array {
  return Int32Array.from({ length: n }, (_, i) => {
    let best = 0;
    for (let j = 1; j < k; j++) if (probabilities[i * k + j] > probabilities[i * k + best]) best = j;
    return best;
  });
}

function readIds(table: Table, id: string | undefined): readonly string[] {
  if (id === undefined) return Array.from({ length: table.n }, (_, i) => String(i));
  const ids = textsOf(FN, 'id', table, id);
  const first = new Map<string, number>();
  const twice = ids.flatMap((value, i) => (first.has(value) ? [i] : (first.set(value, i), [])));
  if (twice.length === 0) return ids;
  throw new InputError({
    code: 'out-of-range',
    fn: FN,
    param: 'id',
    expected: `have each id once; ${twice.length} stand there again (${listRows(twice)})`,
    received: ids[twice[0]],
  });
}

/** The columns kept beside the predictions. */
function keep(table: Table, wanted: readonly string[] | undefined, used: ReadonlySet<string>): Table {
  const kept = wanted ?? table.names.filter((name) => !used.has(name));
  const columns = Object.fromEntries(kept.map((name) => [name, columnNamed(FN, 'metadata', table, name)]));
  return { ...table, names: kept, columns };
}

interface Columns {
  readonly label: ArrayLike<number>;
  readonly predicted: ArrayLike<number>;
  readonly probabilities: Float64Array | null;
  readonly classes: readonly string[];
}

/** Options where each example has one label. */
type OneLabelOptions = Omit<PredictionsFromOptions, 'label' | 'predicted'> & {
  readonly label: string;
  readonly predicted?: string;
};

function readClasses(
  table: Table,
  options: OneLabelOptions,
  found: ProbabilityColumns | undefined,
  warnings: Warnings,
): Columns {
  const labels = textsOf(FN, 'label', table, options.label);
  const said =
    options.predicted === undefined ? undefined : textsOf(FN, 'predicted', table, options.predicted);
  const classes = classNames(options.classes, found, [...labels, ...(said ?? [])]);
  const label = codesOf('label', options.label, labels, classes);
  const probabilities = found ? readProbabilities(FN, table, found.columns) : null;
  const likeliest = probabilities && largest(probabilities, table.n, classes.length);
  const predicted = said ? codesOf('predicted', options.predicted!, said, classes) : likeliest!;
  const k = classes.length;
  const other = likeliest
    ? predicted.reduce((count, code, i) => {
        const lower = probabilities[i * k + code] < probabilities[i * k + likeliest[i]];
        return count + (lower ? 1 : 0);
      }, 0)
    : 0;
  if (other > 0) {
    const message = `The predicted class of ${other} of ${table.n} examples is not the one with the largest probability.`;
    warnings.add('not-the-likeliest', message, other);
  }
  return { label, predicted, probabilities, classes };
}

/** The options of one label an example; throws where several are spoken of. */
function oneLabel(options: PredictionsFromOptions, task: Task): OneLabelOptions {
  const { label, predicted, separator } = options;
  const names = { label, predicted, separator };
  const param = (['label', 'predicted'] as const).find((name) => Array.isArray(names[name])) ?? 'separator';
  if (param === 'separator' && separator === undefined) return options as OneLabelOptions;
  throw new InputError({
    code: 'unsupported',
    fn: FN,
    param,
    expected: `be ${param === 'separator' ? 'left out' : 'one column'} for a ${task} task`,
    received: names[param],
    mend: 'Several labels an example are task "multi-label".',
  });
}

/**
 * Returns predictions from a table of any model's output, so that every analysis works on models trained elsewhere.
 * Without probabilities, no loss is known and `topLosses` has nothing to sort by.
 *
 * @param tableLike a table, a danfo frame, an array of row objects, or an object of columns
 * @param options label and predicted (or probabilities) name columns; separator, id, task, classes, metadata, name: see
 *   their defaults
 * @returns a result record of kind `predictions`, rows in the order of the table
 * @throws InputError `missing`, `unknown-name` for labels outside the classes, `non-finite` for empty cells, `out-of-range`
 *   for probabilities that do not sum to 1 ± 0.001 and repeated ids, `empty`, `invalid-type`, `length-mismatch`, `unknown-option`
 * @example
 * const skies = [{ y: 'rain, wind', p: 'rain' }, { y: '', p: '' }];
 * predictionsFrom(skies, { label: 'y', predicted: 'p', separator: ',' }).label // => new Uint8Array([1, 1, 0, 0])
 * const rows = [{ y: 'cat', p: 'cat' }, { y: 'dog', p: 'cat' }];
 * predictionsFrom(rows, { label: 'y', predicted: 'p' }).metrics[0].value // => 0.5
 */
export function predictionsFrom(tableLike: unknown, options: PredictionsFromOptions): Predictions {
  checkOptions(FN, options, {
    label: columnOrColumns,
    predicted: columnOrColumns,
    probabilities: anything,
    separator: text,
    id: text,
    task: taskName,
    classes: differentNames,
    metadata: differentNames,
    name: text,
  });
  check(FN, 'label', options.label, columnOrColumns, 'Name the column of the true classes or values.');
  const { label, predicted, id, name = 'predictions' } = options;
  if (options.probabilities === undefined) {
    check(
      FN,
      'predicted',
      predicted,
      columnOrColumns,
      'Name the column of predicted classes or values, or give probabilities.',
    );
  }
  const table = asTable(tableLike as TableLike, FN);
  if (table.n === 0)
    throw new InputError({ code: 'empty', fn: FN, param: 'table', expected: 'have at least one row' });
  for (const one of [label].flat()) columnNamed(FN, 'label', table, one);
  for (const one of [predicted ?? []].flat()) columnNamed(FN, 'predicted', table, one);
  const task = taskOf(table, options);
  const warnings = collectWarnings();
  for (const { code, message, count } of table.warnings) warnings.add(code, message, count);
  const finish = (columns: Columns, read: readonly (string | undefined)[]): Predictions => {
    const used = new Set(read.filter((one) => one !== undefined));
    const metadata = keep(table, options.metadata, used);
    return completePredictions({ name, task, ids: readIds(table, id), metadata, ...columns }, warnings);
  };
  if (task === 'multi-label') {
    const { used, ...columns } = labelSetColumns(FN, table, options);
    return finish(columns, [...used, id]);
  }
  const one = oneLabel(options, task);
  const found =
    options.probabilities === undefined ? undefined : probabilityColumns(FN, table, options.probabilities);
  if (task === 'regression' && (found || options.classes)) {
    const param = found ? 'probabilities' : 'classes';
    throw new InputError({
      code: 'unsupported',
      fn: FN,
      param,
      expected: 'be left out for a regression task',
    });
  }
  const columns: Columns =
    task === 'classification'
      ? readClasses(table, one, found, warnings)
      : {
          label: numbersOf(FN, 'label', table, one.label),
          predicted: numbersOf(FN, 'predicted', table, one.predicted!),
          probabilities: null,
          classes: [],
        };
  return finish(columns, [one.label, one.predicted, id, ...(found?.columns ?? [])]);
}
