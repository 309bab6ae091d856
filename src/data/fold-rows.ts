import { permutation, random, shuffleInPlace, type Random } from '../core/random';
import { iterativeStratification } from './iterative-stratification';
import type { Column, Dataset } from './types';

/** Rows dealt to folds in turn. */
function dealt(order: ArrayLike<number>, folds: number): number[][] {
  const parts: number[][] = Array.from({ length: folds }, () => []);
  for (let r = 0; r < order.length; r++) parts[r % folds].push(order[r]);
  return parts;
}

/** Rows class by class, in random order within each, so that dealing them in turn gives each fold its share of each class. */
function byClass({ n, classes, labels }: Dataset, stream: Random): number[] {
  const rows: number[][] = classes.map(() => []);
  for (const row of permutation(n, stream)) rows[labels[row]].push(row);
  return rows.flat();
}

/** Whole groups, the largest first, each into the fold with the fewest rows; equal sizes in random order. */
function byGroup(
  n: number,
  groupOf: (row: number) => string | number,
  folds: number,
  stream: Random,
): number[][] {
  const groups = new Map<string | number, number[]>();
  for (let row = 0; row < n; row++) {
    const own = groups.get(groupOf(row));
    if (own) own.push(row);
    else groups.set(groupOf(row), [row]);
  }
  const parts: number[][] = Array.from({ length: folds }, () => []);
  for (const rows of shuffleInPlace([...groups.values()], stream).sort((a, b) => b.length - a.length)) {
    parts.reduce((least, part) => (part.length < least.length ? part : least)).push(...rows);
  }
  return parts;
}

/** The value of each row of a column, nulls being one of their own. */
export function groupsOfColumn(column: Column): (row: number) => string | number {
  if (column.type === 'string') return (row) => column.codes[row];
  return (row) => (column.valid?.[row] === 0 ? 'null' : column.values[row]);
}

/**
 * Returns the rows of each fold, in order: every row in one, sizes that differ by one at most, and each class or label in its
 * share of every fold; or whole groups, in folds as equal as they allow.
 *
 * @param folds 2 to N
 * @param groupOf a value for each row; equal ones stay together
 */
export function foldRows(
  data: Dataset,
  folds: number,
  seed: number,
  groupOf?: (row: number) => string | number,
): readonly (readonly number[])[] {
  const stream = random(seed).fork('folds');
  const { n, task, labels, classes } = data;
  const sizes = Array.from({ length: folds }, (_, f) => Math.floor(n / folds) + (f < n % folds ? 1 : 0));
  const parts = groupOf
    ? byGroup(n, groupOf, folds, stream)
    : task === 'classification'
      ? dealt(byClass(data, stream), folds)
      : task === 'multi-label'
        ? iterativeStratification(labels, classes.length, sizes, stream)
        : dealt(permutation(n, stream), folds);
  return parts.map((rows) => rows.sort((a, b) => a - b));
}
