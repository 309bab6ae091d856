import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { random, type Random } from '../../../src/core/random';
import { bitEngine } from '../../../src/engine/count/bit-engine';
import { sqlEngine } from '../../../src/engine/count/sql-engine';
import type { CodedColumn, CountRequest, Counts } from '../../../src/engine/count/types';

interface Case {
  readonly columns: readonly (CodedColumn & { readonly codes: Int32Array })[];
  readonly values: Float64Array;
}

/** A table of random codes, some of which are in no level, with errors of 0 and 1 or losses. */
function randomCase(stream: Random, n: number, zeroOne: boolean): Case {
  const columns = Array.from({ length: 4 }, (_, c) => {
    const levels = 1 + stream.integer(6);
    // One code above the levels: a row that is in none of them.
    const codes = Int32Array.from({ length: n }, () => stream.integer(levels + (c % 2)));
    return { name: `c${c}`, levels, codes };
  });
  const values = Float64Array.from({ length: n }, () =>
    zeroOne ? (stream.next() < 0.3 ? 1 : 0) : stream.integer(1000) / 8,
  );
  return { columns, values };
}

/** Cells of `width` different columns with random ranges. */
function randomCells({ columns }: Case, stream: Random, width: number, count: number): Int32Array {
  return Int32Array.from(
    Array.from({ length: count }, () => {
      const chosen = [0, 1, 2, 3].sort(() => stream.next() - 0.5).slice(0, width);
      return chosen.sort().flatMap((column) => {
        const from = stream.integer(columns[column].levels);
        return [column, from, from + stream.integer(columns[column].levels - from)];
      });
    }).flat(),
  );
}

const inCell = ({ columns }: Case, cell: Int32Array, row: number): boolean => {
  for (let at = 0; at < cell.length; at += 3) {
    const code = columns[cell[at]].codes[row];
    if (code < cell[at + 1] || code > cell[at + 2]) return false;
  }
  return true;
};

/** The slow way: every row against every condition. */
function naive(given: Case, { width, cells, without = [] }: CountRequest): Counts {
  const counts: { sizes: number[]; sums: number[]; squares: number[]; largest: number[] } = {
    ...{ sizes: [], sums: [], squares: [], largest: [] },
  };
  for (let at = 0; at < cells.length; at += 3 * width) {
    const cell = cells.subarray(at, at + 3 * width);
    const rows = [...given.values.keys()].filter(
      (row) => inCell(given, cell, row) && !without.some((other) => inCell(given, other, row)),
    );
    const values = rows.map((row) => given.values[row]);
    counts.sizes.push(rows.length);
    counts.sums.push(values.reduce((a, b) => a + b, 0));
    counts.squares.push(values.reduce((a, b) => a + b * b, 0));
    counts.largest.push(Math.max(0, ...values));
  }
  const floats = (of: number[]): Float64Array => Float64Array.from(of);
  const { sizes, sums, squares, largest } = counts;
  return { sizes: floats(sizes), sums: floats(sums), squares: floats(squares), largest: floats(largest) };
}

let instance: DuckDBInstance;
let connection: DuckDBConnection;
beforeAll(async () => {
  const { DuckDBInstance: Database } = await import('@duckdb/node-api');
  instance = await Database.create(':memory:');
  connection = await instance.connect();
});
afterAll(() => {
  connection.closeSync();
  instance.closeSync();
});

async function inDatabase({ columns, values }: Case): Promise<void> {
  const list = (of: ArrayLike<number>): string => `unnest([${Array.from(of).join(', ')}])`;
  const parts = columns.map(({ codes }, c) => `${list(codes)} AS c${c}`);
  await connection.run(
    `CREATE OR REPLACE TABLE coded AS SELECT ${parts.join(', ')}, ${list(values)}::DOUBLE AS v`,
  );
}

test.each([0, 1, 2, 3, 4, 5, 6, 7])(
  'bits, a database and the slow way count the same on random tables (%i)',
  async (seed) => {
    const stream = random(seed);
    const n = 1 + stream.integer(seed === 0 ? 3 : 400);
    const given = randomCase(stream, n, seed % 2 === 0);
    await inDatabase(given);
    const bits = bitEngine(given.columns, given.values);
    const levels = given.columns.map((column) => column.levels);
    const sql = sqlEngine({ connection, table: 'coded', n, levels });
    expect([bits.n, sql.n]).toEqual([n, n]);
    for (const width of [1, 2, 3, 4, 2]) {
      const without = width === 1 ? undefined : [1, 2, 3].map((w) => randomCells(given, stream, w, 1));
      const request = { width, cells: randomCells(given, stream, width, width === 2 ? 200 : 30), without };
      const expected = naive(given, request);
      expect(bits.count(request)).toEqual(expected);
      expect(await sql.count(request)).toEqual(expected);
    }
    const all = levels.flatMap((count, column) => Array.from({ length: count }, (_, l) => [column, l, l]));
    const every = { width: 1, cells: Int32Array.from(all.flat()) };
    expect(bits.count(every)).toEqual(naive(given, every));
    expect(await sql.count(every)).toEqual(naive(given, every));
  },
);

test('a database counts only the rows that satisfy its condition', async () => {
  const given = randomCase(random(3), 50, true);
  await inDatabase(given);
  const sql = sqlEngine({
    connection,
    table: 'coded',
    where: 'v = 1',
    n: 50,
    levels: given.columns.map((c) => c.levels),
  });
  const request = { width: 1, cells: Int32Array.of(0, 0, 0) };
  const { sizes, sums } = await sql.count(request);
  expect(sizes).toEqual(sums);
  expect(sums).toEqual(naive(given, request).sums);
});

test.each([true, false])('more rows than one block holds are counted as few are (errors: %p)', (zeroOne) => {
  const n = 200_003;
  const stream = random(9);
  const columns = [7, 3].map((levels, c) => ({
    ...{ name: `c${c}`, levels },
    codes: Uint8Array.from({ length: n }, () => stream.integer(levels)),
  }));
  const values = Float64Array.from({ length: n }, () => (zeroOne ? stream.integer(2) : stream.integer(100)));
  const cells: number[] = [];
  const expected = { sizes: new Float64Array(21), sums: new Float64Array(21) };
  for (let a = 0; a < 7; a++) for (let b = 0; b < 3; b++) cells.push(0, a, a, 1, b, b);
  for (let i = 0; i < n; i++) {
    const cell = columns[0].codes[i] * 3 + columns[1].codes[i];
    expected.sizes[cell]++;
    expected.sums[cell] += values[i];
  }
  const { sizes, sums } = bitEngine(columns, values).count({ width: 2, cells: Int32Array.from(cells) });
  expect({ sizes, sums }).toEqual(expected);
});
