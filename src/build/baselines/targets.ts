import type { Dataset } from '../../data/types';

/** What is to be learnt: a class, a value, or yes or no for each of K labels. */
export type Targets =
  | { readonly kind: 'class'; readonly codes: ArrayLike<number>; readonly classes: number }
  | { readonly kind: 'value'; readonly values: ArrayLike<number> }
  | { readonly kind: 'labels'; readonly columns: readonly Uint8Array[] };

/** Returns the labels of a data set as what is to be learnt. */
export function targetsOf({ task, labels, classes, n }: Dataset): Targets {
  if (task === 'regression') return { kind: 'value', values: labels };
  if (task === 'classification') return { kind: 'class', codes: labels, classes: classes.length };
  const columns = classes.map((_, k) =>
    Uint8Array.from({ length: n }, (_, i) => labels[i * classes.length + k]),
  );
  return { kind: 'labels', columns };
}

/** Returns columns of N numbers each as rows N×K. */
export function rowsOf(columns: readonly ArrayLike<number>[]): Float64Array {
  const k = columns.length;
  const rows = new Float64Array(k * (columns[0]?.length ?? 0));
  columns.forEach((column, j) => {
    for (let i = 0; i < column.length; i++) rows[i * k + j] = column[i];
  });
  return rows;
}

/** The same row N times. */
export const repeated = (row: ArrayLike<number>, n: number): Float64Array =>
  Float64Array.from({ length: n * row.length }, (_, e) => row[e % row.length]);
