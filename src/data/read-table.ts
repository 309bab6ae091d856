import type { DuckDBConnection } from '@duckdb/node-api';
import { InputError } from '../core/input-error';
import { anything, check, checkOptions, numbers, oneOf, signal as abortSignal, text } from '../core/options';
import { asResult } from '../core/showable';
import { collectWarnings } from '../core/warning';
import { badLine } from './read/bad-line';
import { planColumn, quoteName, tooWide, type ColumnPlan } from './read/column-plan';
import { delimiterOf } from './read/delimiter-of';
import { localCopy } from './read/local-copy';
import { readColumns } from './read/read-columns';
import { sourceSql } from './read/source-sql';
import { formatByEnding, TABLE_FORMATS, type TableFormat } from './read/table-format';
import { requireColumn } from './require-column';
import type { Table } from './types';

export interface ReadTableOptions {
  /** Defaults to what the name ends in. */
  readonly format?: TableFormat;
  /** Columns to read, in this order; defaults to all. */
  readonly columns?: readonly string[];
  /** CSV: what stands between values; defaults to the one of , ; tab | that the first line uses most. TSV: a tab. */
  readonly delimiter?: string;
  /** CSV and TSV: texts that mean "no value"; defaults to the empty text alone. */
  readonly nullValues?: readonly string[];
  /** Stops reading; the promise is then rejected with the signal's reason. */
  readonly signal?: AbortSignal;
}

const FN = 'readTable';

const unreadable = (source: string, problem: string, cause?: unknown): InputError =>
  new InputError({
    code: 'unreadable',
    fn: FN,
    param: 'path',
    expected: `be a whole file of its format; ${problem}`,
    received: source,
    cause,
  });

const isEmpty = (source: string): InputError =>
  new InputError({
    code: 'empty',
    fn: FN,
    param: 'path',
    expected: 'hold at least one row',
    received: source,
  });

async function plansOf(
  connection: DuckDBConnection,
  wanted?: readonly string[],
): Promise<[number, ColumnPlan[]]> {
  const described = (
    await connection.runAndReadAll('SELECT column_name, column_type FROM (DESCRIBE loaded)')
  ).getRows();
  const typeOf = new Map(described.map(([name, type]) => [String(name), String(type)]));
  const names = wanted ?? [...typeOf.keys()];
  const asked = names.map((name) => `count(${quoteName(name)}), ${tooWide(name, typeOf.get(name) ?? '')}`);
  const [facts] = (
    await connection.runAndReadAll(`SELECT ${['count(*)', ...asked].join(', ')} FROM loaded`)
  ).getRows();
  const n = Number(facts[0]);
  const plans = names.map((name, k) =>
    planColumn(name, typeOf.get(name) ?? '', n - Number(facts[1 + 2 * k]), facts[2 + 2 * k] === true),
  );
  return [n, plans];
}

async function load(connection: DuckDBConnection, from: string, wanted?: readonly string[]): Promise<void> {
  if (wanted) {
    const rows = (
      await connection.runAndReadAll(`SELECT column_name FROM (DESCRIBE SELECT * FROM ${from})`)
    ).getRows();
    const names = rows.map(([name]) => String(name));
    for (const name of wanted) requireColumn(FN, 'columns', names, name);
  }
  const list = wanted ? wanted.map(quoteName).join(', ') : '*';
  await connection.run(`CREATE TEMP TABLE loaded AS SELECT ${list} FROM ${from}`);
}

async function read(
  path: string,
  source: string,
  format: TableFormat,
  options: ReadTableOptions,
): Promise<Table> {
  const { stat } = await import('node:fs/promises');
  if ((await stat(path)).size === 0) throw isEmpty(source);
  const { columns: wanted, nullValues = [''], signal } = options;
  const delimiter = options.delimiter ?? (format === 'csv' ? await delimiterOf(path) : '\t');
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  const stop = (): void => connection.interrupt();
  signal?.addEventListener('abort', stop);
  try {
    signal?.throwIfAborted();
    await load(connection, sourceSql(path, format, delimiter, nullValues), wanted);
    const [n, plans] = await plansOf(connection, wanted);
    if (n === 0) throw isEmpty(source);
    const columns = await readColumns(connection, 'loaded', plans, n);
    signal?.throwIfAborted();
    const warnings = collectWarnings();
    for (const { warning } of plans) if (warning) warnings.add(...warning);
    const names = plans.map((plan) => plan.name);
    return asResult({ kind: 'table' as const, n, names, columns, source, warnings: warnings.list() });
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof InputError) throw error;
    const bad = format === 'parquet' ? undefined : await badLine(path, format, delimiter);
    const said = String((error as Error).message)
      .split('\n')[0]
      .replaceAll(path, 'the file');
    throw unreadable(source, bad ? `line ${bad.line} ${bad.problem}` : said, error);
  } finally {
    signal?.removeEventListener('abort', stop);
    connection.closeSync();
    instance.closeSync();
  }
}

/**
 * Returns the table in a CSV, TSV, JSON (an array of objects), JSON Lines or Parquet file, here or at an http(s) address.
 * CSV and TSV need a first line of names and UTF-8; types are found from all rows. Dates without a zone are taken as UTC.
 * Integers beyond 2^53, and lists or objects, come as text with a warning; decimals are rounded to doubles.
 *
 * @param path a file's name, a `file:` or `http(s):` address
 * @returns N ≥ 1 rows, as typed arrays; "nan" in a column of numbers is NaN, a missing value is a null
 * @throws InputError `not-found`, `empty`, `unsupported` (ending), `unreadable` (with the line, for text files),
 * `unknown-name` (a column that is not there, with the nearest)
 * @example
 * const { writeFile, rm } = require('node:fs/promises');
 * await writeFile('readtable-example.csv', 'age,name\n31,Ada\n,Bo\n');
 * const people = await readTable('readtable-example.csv');
 * await rm('readtable-example.csv');
 * columnValue(people.columns.name, 1) // => 'Bo'
 * columnValue(people.columns.age, 1) // => null
 */
export async function readTable(path: string | URL, options: ReadTableOptions = {}): Promise<Table> {
  checkOptions(FN, options, {
    format: oneOf(TABLE_FORMATS),
    columns: { ...numbers, expected: 'be an array of column names' },
    delimiter: text,
    nullValues: { ...numbers, expected: 'be an array of texts' },
    signal: abortSignal,
  });
  const source = String(check(FN, 'path', path, path instanceof URL ? anything : text));
  if (options.columns?.length === 0) {
    throw new InputError({ code: 'empty', fn: FN, param: 'columns', expected: 'name at least one column' });
  }
  const name = /^(https?|file):/i.test(source) ? new URL(source).pathname : source;
  const format = options.format ?? formatByEnding(FN, name);
  options.signal?.throwIfAborted();
  const copy = await localCopy(FN, path, options.signal);
  try {
    return await read(copy.path, source, format, options);
  } finally {
    await copy.dispose();
  }
}
