import { InputError } from '../core/input-error';
import type { Table } from '../data/types';
import { listRows, numbersOf } from './table-cells';

/** Which columns hold probabilities, and of which classes. */
export interface ProbabilityColumns {
  readonly columns: readonly string[];
  /** Class names that the columns' names may stand for, longest common beginning cut off first. */
  readonly candidates: readonly (readonly string[])[];
}

/** Length of the longest beginning that all names share. */
function commonStart(names: readonly string[]): number {
  let length = 0;
  while (names.every((name) => length < name.length && name[length] === names[0][length])) length++;
  return length;
}

/**
 * Returns the columns of probabilities: those listed, or those that begin with a prefix, whose ends name the classes.
 *
 * @param fn the public function that was called, for messages
 * @param table the table
 * @param given column names, or the beginning that they share
 * @returns columns in the order of their classes
 * @throws InputError `missing` when fewer than two columns begin with the prefix, `invalid-type`
 */
export function probabilityColumns(
  fn: string,
  table: Table,
  given: string | readonly string[],
): ProbabilityColumns {
  if (typeof given === 'string') {
    const columns = table.names.filter((name) => name.startsWith(given) && name.length > given.length);
    if (columns.length >= 2)
      return { columns, candidates: [columns.map((name) => name.slice(given.length))] };
    throw new InputError({
      code: 'missing',
      fn,
      param: 'probabilities',
      expected: `begin the names of at least two columns; the table has ${table.names.join(', ')}`,
      received: given,
    });
  }
  const isNames =
    Array.isArray(given) && given.length >= 2 && given.every((name) => typeof name === 'string');
  if (!isNames) {
    throw new InputError({
      code: 'invalid-type',
      fn,
      param: 'probabilities',
      expected: 'be the names of two or more columns, or the beginning that their names share',
      received: given,
    });
  }
  const start = commonStart(given);
  const cuts = Array.from({ length: start + 1 }, (_, i) => start - i);
  return { columns: given, candidates: cuts.map((cut) => given.map((name) => name.slice(cut))) };
}

/**
 * Returns the probabilities row by row, each from 0 to 1 and, where they are shared, each row summing to 1 ± 1e-3.
 *
 * @param fn the public function that was called, for messages
 * @param table the table
 * @param columns names of the columns in the order of the classes
 * @param shared whether the probabilities of a row share out 1; defaults to true
 * @returns N×K
 * @throws InputError `missing`, `invalid-type`, `non-finite`, `out-of-range`
 */
export function readProbabilities(
  fn: string,
  table: Table,
  columns: readonly string[],
  shared = true,
): Float64Array {
  const k = columns.length;
  const all = new Float64Array(table.n * k);
  columns.forEach((name, j) => {
    const values = numbersOf(fn, 'probabilities', table, name);
    const outside = Array.from(values.keys()).filter((i) => values[i] < 0 || values[i] > 1);
    if (outside.length > 0) {
      throw new InputError({
        code: 'out-of-range',
        fn,
        param: 'probabilities',
        expected: `lie between 0 and 1; column "${name}" does not in ${outside.length} (${listRows(outside)})`,
        received: values[outside[0]],
      });
    }
    values.forEach((value, i) => (all[i * k + j] = value));
  });
  if (!shared) return all;
  const sums = Array.from({ length: table.n }, (_, i) =>
    all.subarray(i * k, (i + 1) * k).reduce((sum, p) => sum + p, 0),
  );
  const off = Array.from(sums.keys()).filter((i) => Math.abs(sums[i] - 1) > 1e-3);
  if (off.length > 0) {
    throw new InputError({
      code: 'out-of-range',
      fn,
      param: 'probabilities',
      expected: `sum to 1 ± 0.001 in each row; ${off.length} of ${table.n} do not (${listRows(off)})`,
      received: sums[off[0]],
      mend: 'Name the column of every class; turn scores into probabilities with a softmax.',
    });
  }
  return all;
}
