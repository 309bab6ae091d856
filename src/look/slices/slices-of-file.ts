import { stat } from 'node:fs/promises';
import { InputError } from '../../core/input-error';
import { check, oneOf, record, signal as abortSignal, text } from '../../core/options';
import { asResult } from '../../core/showable';
import { collectWarnings, type Warnings } from '../../core/warning';
import { quoteName } from '../../data/read/column-plan';
import { delimiterOf } from '../../data/read/delimiter-of';
import { sourceSql } from '../../data/read/source-sql';
import { requireColumn } from '../../data/require-column';
import { formatByEnding, TABLE_FORMATS } from '../../data/read/table-format';
import type { CountEngine, Counts } from '../../engine/count/types';
import {
  codeRows,
  halfEngine,
  luckSql,
  momentsWhere,
  numberedSql,
  openWorkplace,
  partsFor,
  type Workplace,
} from './coded-file';
import { fileColumns, fileRules, SHOWN, type FileColumn } from './file-levels';
import type { FindSlicesInFileOptions } from './find-slices-in-file';
import { foundSlices } from './found-slices';
import type { Hunt } from './hunt';
import { hunt } from './hunt-splits';
import { EDGE_ROWS, type LevelRule } from './level-rule';
import { sliceData } from './slice-data';
import { sliceOptions, type ResolvedSliceOptions } from './slice-options';
import type { FileSlices } from './types';

const FN = 'findSlicesInFile';
const OWN = {
  label: text,
  predicted: text,
  error: text,
  format: oneOf(TABLE_FORMATS),
  memoryLimit: text,
  signal: abortSignal,
};

/** The columns that say what was wrong. */
function partsOf({ label, predicted, error }: FindSlicesInFileOptions): readonly string[] {
  const parts = error === undefined ? [label, predicted] : [error];
  const both = error !== undefined && (label ?? predicted) !== undefined;
  if (!both && parts.every((part) => part !== undefined)) return parts;
  throw new InputError({
    code: 'missing',
    fn: FN,
    param: 'error',
    expected: 'be given, or else both "label" and "predicted"',
  });
}

/** SQL for the value of a row: 0 or 1, or a number. */
function valueSql({ label, predicted, error }: FindSlicesInFileOptions, isBoolean: boolean): string {
  if (error === undefined) {
    return `(${quoteName(label!)} IS DISTINCT FROM ${quoteName(predicted!)})::INTEGER::DOUBLE`;
  }
  return isBoolean ? `${quoteName(error)}::INTEGER::DOUBLE` : `${quoteName(error)}::DOUBLE`;
}

interface Source {
  readonly sql: string;
  /** SQL for the value of a row. */
  readonly value: string;
  readonly zeroOne: boolean;
  readonly n: number;
  /** Columns that slices are made of. */
  readonly columns: readonly FileColumn[];
}

/** Looks at the file: its columns, its rows, and whether each has a value. */
async function openSource(
  { connection }: Workplace,
  sql: string,
  options: FindSlicesInFileOptions,
  parts: readonly string[],
): Promise<Source> {
  const rowsOf = async (query: string) => (await connection.runAndReadAll(query)).getRows();
  const described = await rowsOf(`SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM ${sql})`);
  const typeOf = new Map(described.map(([column, type]) => [String(column), String(type)]));
  const names = [...typeOf.keys()];
  const needs = (param: string, wanted: readonly string[]): void =>
    wanted.forEach((name) => requireColumn(FN, param, names, name, 'a column of the file'));
  needs(options.error === undefined ? 'label' : 'error', parts);
  needs('columns', options.columns ?? []);
  const value = valueSql(options, typeOf.get(options.error ?? '') === 'BOOLEAN');
  const [[all, usable, zeroOne]] = await rowsOf(
    `SELECT count(*)::DOUBLE, count(*) FILTER (${value} >= 0 AND isfinite(${value}))::DOUBLE, ` +
      `bool_and(${value} IN (0, 1)) FROM ${sql}`,
  );
  const [n, known] = [Number(all), Number(usable)];
  if (n === 0)
    throw new InputError({ code: 'empty', fn: FN, param: 'path', expected: 'hold at least one row' });
  if (known < n) {
    throw new InputError({
      code: 'non-finite',
      fn: FN,
      param: 'error',
      expected: `be a number ≥ 0 in every row; in ${n - known} of ${n} it is not`,
    });
  }
  const chosen = options.columns ?? names.filter((column) => !parts.includes(column));
  return { sql, value, zeroOne: zeroOne === true, n, columns: await fileColumns(connection, sql, chosen) };
}

/**
 * How each column becomes levels, by a sample of the rows; columns without are left out.
 *
 * @param share of the rows that are searched: only their errors may make cuts
 */
async function usefulColumns(
  { connection }: Workplace,
  { sql, value, n, columns }: Source,
  options: ResolvedSliceOptions,
  share: number,
  warnings: Warnings,
): Promise<{ rule: LevelRule; column: FileColumn }[]> {
  const part = n > EDGE_ROWS ? `${luckSql(options.seed + 1)} < ${EDGE_ROWS / n}` : 'true';
  const shown = `(CASE WHEN ${luckSql(options.seed)} < ${share} THEN ${value} ELSE 'nan' END)::DOUBLE`;
  await connection.run(
    `CREATE TEMP TABLE sample AS SELECT * EXCLUDE (hunch_place), ${shown} AS ${SHOWN} ` +
      `FROM ${numberedSql(sql)} WHERE ${part}`,
  );
  const sample = Number(
    (await connection.runAndReadAll('SELECT count(*)::DOUBLE FROM sample')).getRows()[0][0],
  );
  const step =
    options.group && options.alpha === undefined
      ? partsFor(Math.min(n * (1 - options.holdOut), options.searchRows))
      : 1;
  const rows = { all: n, sample };
  const rules = await fileRules(connection, sql, 'sample', columns, rows, { ...options, step });
  await connection.run('DROP TABLE sample');
  if (sample < n) {
    warnings.add('sampled-cuts', `Ranges of numbers are cut by a seeded sample of ${sample} of ${n} rows.`);
  }
  const useless = rules.filter(({ levels }) => levels === 0).map(({ name }) => `"${name}"`);
  if (useless.length > 0) {
    const message = `No value has ${options.minSupport} rows or more in ${useless.join(', ')}: left out.`;
    warnings.add('no-frequent-value', message, useless.length);
  }
  return rules.map((rule, c) => ({ rule, column: columns[c] })).filter(({ rule }) => rule.levels > 0);
}

/** Answers everything that a hunt wants counted. */
async function drive(
  work: ReturnType<typeof hunt>,
  engines: Record<'searched' | 'heldOut', CountEngine<Counts | Promise<Counts>>>,
  signal: AbortSignal | undefined,
): Promise<Hunt> {
  let step = work.next();
  while (!step.done) {
    signal?.throwIfAborted();
    step = work.next(await engines[step.value.half].count(step.value.request));
  }
  return step.value;
}

async function findIn(
  place: Workplace,
  path: string,
  sql: string,
  options: FindSlicesInFileOptions,
): Promise<FileSlices> {
  const { connection } = place;
  const source = await openSource(place, sql, options, partsOf(options));
  const { n, zeroOne } = source;
  const search = Object.fromEntries(Object.entries(options).filter(([key]) => !Object.hasOwn(OWN, key)));
  const resolved = sliceOptions(FN, search, n);
  const { seed, holdOut, searchRows, k, alpha, group, maxLevel, minSupport } = resolved;
  const warnings = collectWarnings();
  const share = Math.min(1 - holdOut, searchRows / n);
  const parts = await usefulColumns(place, source, resolved, share, warnings);
  const rules = parts.map(({ rule }) => rule);
  await codeRows(connection, sql, source.value, parts, { seed, share, judged: holdOut > 0 });
  const totals = {
    searched: await momentsWhere(connection, 'half = 0'),
    heldOut: await momentsWhere(connection, 'half = 1'),
  };
  const { searched, heldOut } = totals;
  if (share < 1 - holdOut) {
    warnings.add('sampled', `${searched.n} of ${n} rows, a seeded sample, were searched.`, n - searched.n);
  }
  const found = await drive(
    hunt(
      {
        ...{ rules, zeroOne, alpha, k, maxLevel, group, oneWay: resolved.binning === 'tree' },
        falseDiscoveryRate: resolved.falseDiscoveryRate,
        support: Math.max(1, Math.ceil((minSupport * searched.n) / n)),
      },
      [{ searched, heldOut: heldOut.n > 0 ? heldOut : null }],
    ),
    {
      searched: await halfEngine(connection, 0, rules, searched.n),
      heldOut: await halfEngine(connection, 1, rules, heldOut.n),
    },
    options.signal,
  );
  const reading = { zeroOne, level: resolved.level };
  const slices = found.picks.map((pick, i) =>
    asResult(sliceData(pick, found.verdicts?.[i], { rules, totals, reading })),
  );
  return foundSlices({
    ...{ name: path, totals, reading, rules, found, slices, options: resolved, warnings },
    metric: zeroOne ? 'error-rate' : 'mean-loss',
    everything: await momentsWhere(connection, 'true'),
  });
}

/** See `findSlicesInFile`. */
export async function slicesOfFile(path: string, options: FindSlicesInFileOptions): Promise<FileSlices> {
  check(FN, 'path', path, text);
  check(FN, 'options', options, record);
  sliceOptions(FN, options, 1, OWN);
  partsOf(options);
  await stat(path).catch((cause: unknown) => {
    const expected = 'be a file that can be read';
    throw new InputError({ code: 'not-found', fn: FN, param: 'path', expected, received: path, cause });
  });
  const { memoryLimit = '1GB', signal } = options;
  const format = options.format ?? formatByEnding(FN, path);
  const delimiter = format === 'csv' ? await delimiterOf(path) : '\t';
  signal?.throwIfAborted();
  const place = await openWorkplace(memoryLimit, signal);
  try {
    return await findIn(place, path, sourceSql(path, format, delimiter, ['']), options);
  } catch (failure) {
    signal?.throwIfAborted();
    throw failure;
  } finally {
    await place.dispose();
  }
}
