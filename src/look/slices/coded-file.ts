import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { bitEngine } from '../../engine/count/bit-engine';
import { sqlEngine } from '../../engine/count/sql-engine';
import type { CodedColumn, CountEngine, Counts } from '../../engine/count/types';
import type { Moments } from '../../stats/moments';
import { codeSql, type FileColumn } from './file-levels';
import type { LevelRule } from './level-rule';
import { partsOfBin } from './slice-options';

/** A database in a folder of its own; what does not fit into `memoryLimit` goes to the disk. */
export interface Workplace {
  readonly connection: DuckDBConnection;
  readonly dispose: () => Promise<void>;
}

/** Opens a database in a new folder among the temporary ones; `dispose` removes it. */
export async function openWorkplace(memoryLimit: string, signal?: AbortSignal): Promise<Workplace> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const folder = await mkdtemp(join(tmpdir(), 'hunch-slices-'));
  const instance = await DuckDBInstance.create(join(folder, 'coded.duckdb'), {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    memory_limit: memoryLimit,
    temp_directory: join(folder, 'spill'),
  });
  const connection = await instance.connect();
  const stop = (): void => connection.interrupt();
  signal?.addEventListener('abort', stop);
  return {
    connection,
    async dispose() {
      signal?.removeEventListener('abort', stop);
      connection.closeSync();
      instance.closeSync();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** SQL for a number from 0 to below 1 that a row's place among all decides: the same in any order of work. */
export const luckSql = (seed: number): string =>
  `(hash(hunch_place, ${seed}) % 1000000007)::DOUBLE / 1000000007`;

/** SQL for the rows of a source with their places. */
export const numberedSql = (source: string): string =>
  `(SELECT *, row_number() OVER () AS hunch_place FROM ${source})`;

/** Which rows are searched (`half` 0), which judge (1); the others (2) do neither. */
export interface Halves {
  readonly seed: number;
  /** Share of the rows that is searched. */
  readonly share: number;
  readonly judged: boolean;
}

/** Makes the table `coded`: codes c0, c1, … and the value v of each row, its place and its half. */
export async function codeRows(
  connection: DuckDBConnection,
  source: string,
  value: string,
  parts: readonly { readonly rule: LevelRule; readonly column: FileColumn }[],
  { seed, share, judged }: Halves,
): Promise<void> {
  const codes = parts.map(({ rule, column }, c) => `${codeSql(rule, column)} AS c${c}`);
  await connection.run(
    `CREATE TABLE coded AS SELECT ${[...codes, `${value} AS v`].join(', ')}, hunch_place AS place, ` +
      `(CASE WHEN ${luckSql(seed)} < ${share} THEN 0 ELSE ${judged ? 1 : 2} END)::UTINYINT AS half ` +
      `FROM ${numberedSql(source)}`,
  );
}

/** How many coded rows satisfy a condition, the sum of their values and of their squares. */
export async function momentsWhere(connection: DuckDBConnection, where: string): Promise<Moments> {
  const reader = await connection.runAndReadAll(
    `SELECT count(*)::DOUBLE, coalesce(sum(v), 0)::DOUBLE, coalesce(sum(v * v), 0)::DOUBLE FROM coded WHERE ${where}`,
  );
  const [n, sum, squares] = reader.getRows()[0].map(Number);
  return { n, sum, squares };
}

/** Rows of each half whose codes are read into memory; more of them stay in the database. */
const IN_MEMORY = [4_000_000, 1_000_000];

/** Parts of a bin for a search of so many rows: few where a database has to group by them. */
export const partsFor = (searched: number): number => partsOfBin(searched > IN_MEMORY[0] ? 0 : searched);

/** Counts among the rows of one half: by bits where they fit into memory, else in the database. */
export async function halfEngine(
  connection: DuckDBConnection,
  half: 0 | 1,
  rules: readonly LevelRule[],
  n: number,
): Promise<CountEngine<Counts | Promise<Counts>>> {
  const levels = rules.map((rule) => rule.levels);
  if (n <= IN_MEMORY[half]) return inMemory(connection, half, rules, n);
  return sqlEngine({ connection, table: 'coded', where: `half = ${half}`, n, levels });
}

async function inMemory(
  connection: DuckDBConnection,
  half: number,
  rules: readonly LevelRule[],
  n: number,
): Promise<CountEngine<Counts>> {
  const columns = rules.map(({ name, levels }): CodedColumn & { codes: Uint16Array } => ({
    ...{ name, levels },
    codes: new Uint16Array(n),
  }));
  const values = new Float64Array(n);
  const list = [...rules.map((_, c) => `c${c}`), 'v'].join(', ');
  const result = await connection.stream(`SELECT ${list} FROM coded WHERE half = ${half} ORDER BY place`);
  for (let at = 0; ;) {
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) break;
    const { rowCount } = chunk;
    const items = (k: number): ArrayLike<number> =>
      (chunk.getColumnVector(k) as unknown as { items: Float64Array }).items.subarray(0, rowCount);
    columns.forEach(({ codes }, c) => codes.set(items(c), at));
    values.set(items(columns.length), at);
    at += rowCount;
  }
  return bitEngine(columns, values);
}
