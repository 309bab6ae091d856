import type { DuckDBConnection } from '@duckdb/node-api';
import type { CountEngine, CountRequest, Counts } from './types';

/** A table of codes in a database. */
export interface CodedTable {
  readonly connection: DuckDBConnection;
  /** Name of the table, as SQL: its columns are c0, c1, … with codes, and v with the value of each row. */
  readonly table: string;
  /** SQL condition that keeps the rows that count; defaults to all. */
  readonly where?: string;
  readonly n: number;
  /** Levels of each column. */
  readonly levels: readonly number[];
}

/** What was counted of every combination of codes of some columns, the last column fastest. */
type Grid = Counts & { readonly shape: readonly number[] };

/** Grids that are kept: neighbouring requests ask for the same columns. */
const MOST_GRIDS = 64;
/** Combinations that a grid may have; cells of more are asked for one by one. */
const MOST_COMBINATIONS = 1 << 20;
/** So few cells of the same columns are asked for one by one. */
const FEW_CELLS = 16;
/** Cells of one query. */
const AT_ONCE = 64;

const conditionSql = (cell: Int32Array): string =>
  Array.from({ length: cell.length / 3 }, (_, i) => {
    const [column, from, to] = cell.subarray(3 * i, 3 * i + 3);
    return from === to ? `c${column} = ${from}` : `c${column} BETWEEN ${from} AND ${to}`;
  }).join(' AND ');

/**
 * Returns a counter that asks a database: one query for each set of columns, which groups by their codes; ranges of codes are
 * added up here. A few cells are asked for by their conditions instead. Rows never leave the database.
 */
export function sqlEngine({ connection, table, where, n, levels }: CodedTable): CountEngine<Promise<Counts>> {
  const grids = new Map<string, Grid>();

  const sizeOf = (columns: readonly number[]): number =>
    columns.reduce((product, column) => product * levels[column], 1);

  /** Conditions of the rows that count and are in none of the cells. */
  function rowsWithout(without: readonly Int32Array[]): string[] {
    const outside = without.map((cell) => `(${conditionSql(cell)})`).join(' OR ');
    return [...(where === undefined ? [] : [`(${where})`]), ...(outside === '' ? [] : [`NOT (${outside})`])];
  }

  /** Counts cells one by one, in one scan. */
  async function readCells(
    cells: readonly Int32Array[],
    without: readonly Int32Array[],
  ): Promise<number[][]> {
    const parts = cells.flatMap((cell) => {
      const only = `FILTER (WHERE ${conditionSql(cell)})`;
      return ['count(*)', 'sum(v)', 'sum(v * v)', 'max(v)'].map(
        (what) => `coalesce(${what} ${only}, 0)::DOUBLE`,
      );
    });
    const kept = rowsWithout(without).join(' AND ') || 'true';
    const reader = await connection.runAndReadAll(`SELECT ${parts.join(', ')} FROM ${table} WHERE ${kept}`);
    const row = reader.getRows()[0].map(Number);
    return cells.map((_, c) => row.slice(4 * c, 4 * c + 4));
  }

  async function readGrid(columns: readonly number[], without: readonly Int32Array[]): Promise<Grid> {
    const shape = columns.map((column) => levels[column]);
    const size = sizeOf(columns);
    const names = columns.map((column) => `c${column}`);
    const inLevels = columns.map((column) => `c${column} < ${levels[column]}`);
    const kept = [...rowsWithout(without), ...inLevels];
    const reader = await connection.runAndReadAll(
      `SELECT ${names.join(', ')}, count(*)::DOUBLE, sum(v)::DOUBLE, sum(v * v)::DOUBLE, max(v)::DOUBLE ` +
        `FROM ${table} WHERE ${kept.join(' AND ')} GROUP BY ${names.join(', ')}`,
    );
    const make = (): Float64Array => new Float64Array(size);
    const grid = { shape, sizes: make(), sums: make(), squares: make(), largest: make() };
    const width = columns.length;
    for (const row of reader.getRows()) {
      let at = 0;
      for (let w = 0; w < width; w++) at = at * shape[w] + Number(row[w]);
      grid.sizes[at] = Number(row[width]);
      grid.sums[at] = Number(row[width + 1]);
      grid.squares[at] = Number(row[width + 2]);
      grid.largest[at] = Number(row[width + 3]);
    }
    return grid;
  }

  async function gridOf(columns: readonly number[], without: readonly Int32Array[]): Promise<Grid> {
    const key = `${columns.join()}|${without.map((cell) => cell.join()).join('|')}`;
    const known = grids.get(key);
    if (known) return known;
    const grid = await readGrid(columns, without);
    if (grids.size >= MOST_GRIDS) grids.delete(grids.keys().next().value!);
    grids.set(key, grid);
    return grid;
  }

  return {
    n,
    levels,
    async count({ width, cells, without = [] }: CountRequest) {
      const length = 3 * width;
      const count = cells.length / length;
      const make = (): Float64Array => new Float64Array(count);
      const counts = { sizes: make(), sums: make(), squares: make(), largest: make() };
      const bySet = new Map<string, number[]>();
      for (let c = 0; c < count; c++) {
        const columns: number[] = [];
        for (let w = 0; w < width; w++) columns.push(cells[c * length + 3 * w]);
        const key = columns.join();
        const same = bySet.get(key);
        if (same) same.push(c);
        else bySet.set(key, [c]);
      }
      const cellAt = (c: number): Int32Array => cells.subarray(c * length, (c + 1) * length);
      const alone: number[] = [];
      for (const [key, places] of bySet) {
        const columns = key.split(',').map(Number);
        if (places.length <= FEW_CELLS || sizeOf(columns) > MOST_COMBINATIONS) {
          for (const c of places) alone.push(c);
          continue;
        }
        const grid = await gridOf(columns, without);
        for (const c of places) addUp(grid, cellAt(c), counts, c);
      }
      for (let from = 0; from < alone.length; from += AT_ONCE) {
        const some = alone.slice(from, from + AT_ONCE);
        const found = await readCells(some.map(cellAt), without);
        some.forEach((c, i) => {
          [counts.sizes[c], counts.sums[c], counts.squares[c], counts.largest[c]] = found[i];
        });
      }
      return counts;
    },
  };
}

/** Adds up what a grid has of a cell. */
function addUp(grid: Grid, cell: Int32Array, counts: Counts, at: number): void {
  const { shape } = grid;
  const visit = (w: number, from: number): void => {
    if (w === shape.length) {
      counts.sizes[at] += grid.sizes[from];
      counts.sums[at] += grid.sums[from];
      counts.squares[at] += grid.squares[from];
      counts.largest[at] = Math.max(counts.largest[at], grid.largest[from]);
      return;
    }
    for (let code = cell[3 * w + 1]; code <= cell[3 * w + 2]; code++) visit(w + 1, from * shape[w] + code);
  };
  visit(0, 0);
}
