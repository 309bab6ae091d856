import type { TableFormat } from '../../data/read/table-format';
import type { SliceSearchOptions } from './slice-options';
import type { FileSlices } from './types';

/** Options of {@link findSlicesInFile}. */
export interface FindSlicesInFileOptions extends SliceSearchOptions {
  /** Column of the true classes or values; with `predicted`, instead of `error`. */
  readonly label?: string;
  /** Column of the predicted classes or values. */
  readonly predicted?: string;
  /** Column with the error or loss of each row: truth values, or numbers ≥ 0. */
  readonly error?: string;
  /** Defaults to what the name ends in. */
  readonly format?: TableFormat;
  /** Memory of the database, as "1GB"; defaults to "1GB". What does not fit goes to the disk. */
  readonly memoryLimit?: string;
  /** Stops it; the promise is then rejected with the signal's reason. */
  readonly signal?: AbortSignal;
}

/**
 * Returns the slices of a table that is too large to be held: what {@link findSlices} does, counted by a database over the
 * file. Rows are coded once into a file beside (removed at the end) and never held; at most `searchRows` of them are searched, and all
 * others judge what was found.
 *
 * @param path a CSV, TSV, JSON, JSON Lines or Parquet file of predictions, one row an example
 * @param options label and predicted, or error; columns and the rest as for `findSlices`; memoryLimit; format; signal
 * @returns slices as of `findSlices`, without row numbers and without `examples` and `fit`; `sql` finds their rows
 * @throws InputError `not-found`, `missing`, `unknown-name`, `non-finite`, `out-of-range`, `unsupported`, `unknown-option`
 * @example
 * const { writeFile, rm } = require('node:fs/promises');
 * const rows = Array.from({ length: 4000 }, (_, i) => `${i % 3 === 1 ? 'Rome' : 'Bern'},${i % (i % 3 === 1 ? 3 : 20) === 1}`);
 * await writeFile('slices-example.csv', ['city,wrong', ...rows].join('\n'));
 * const found = await findSlicesInFile('slices-example.csv', { error: 'wrong' });
 * await rm('slices-example.csv');
 * found.slices.map((slice) => slice.sql) // => ["\"city\" = 'Rome'"]
 */
export async function findSlicesInFile(path: string, options: FindSlicesInFileOptions): Promise<FileSlices> {
  const { slicesOfFile } = await import('./slices-of-file');
  return slicesOfFile(path, options);
}
