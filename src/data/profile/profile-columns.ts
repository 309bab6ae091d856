import type { Dataset } from '../types';
import { skillAlone } from './column-alone';
import { columnsOf, someRows, type FeatureColumns } from './columns-of';
import { momentsOf } from './moments';
import { sentinelOf } from './sentinels';
import type { ColumnAlone, ColumnProfiles, Sentinel } from './types';

/** Rows that a column's skill is measured on, at most, and numbers over all columns. */
const MOST_TOLD = 1000;
const MOST_TOLD_VALUES = 50_000;
/** Examples that must differ from the commonest value for a copy to be told from luck, and their share. */
const FEWEST_VARIED = 10;
const LEAST_VARIED = 0.05;
/** Columns of which pairs are compared, at most. */
const MOST_PAIRED = 256;
/** Two columns hold the same where their standardised values differ by no more, in standard deviations. */
const SAME = 1e-4;

const taken = (values: Float64Array, rows: Int32Array): Float64Array =>
  Float64Array.from(rows, (row) => values[row]);

/** Pairs of columns that are equal after standardising; each copy is named once, with the first column it repeats. */
function duplicatesOf(
  { names, values }: FeatureColumns,
  mean: readonly number[],
  sd: readonly number[],
  n: number,
): (readonly [string, string])[] {
  const rows = someRows(n, values.length, 500);
  // Marks of rare levels are equal as soon as the few examples that have them are the same.
  const varies = (c: number): boolean => {
    const own = Float64Array.from(rows, (row) => values[c][row]).sort();
    const middle = own[own.length >> 1];
    const others = own.reduce((count, value) => count + Number(value !== middle), 0);
    return others >= Math.max(FEWEST_VARIED, LEAST_VARIED * own.length);
  };
  const varied = [...values.keys()].filter((c) => sd[c] > 0 && varies(c)).slice(0, MOST_PAIRED);
  const pairs: (readonly [string, string])[] = [];
  const firsts: number[] = [];
  for (const c of varied) {
    const at = (column: number, row: number): number => (values[column][row] - mean[column]) / sd[column];
    const same = firsts.find((first) => rows.every((row) => Math.abs(at(first, row) - at(c, row)) <= SAME));
    if (same === undefined) firsts.push(c);
    else pairs.push([names[same], names[c]]);
  }
  return pairs;
}

function aloneOf(
  { names, values }: FeatureColumns,
  data: Dataset,
  sd: readonly number[],
  rows: Int32Array,
): readonly ColumnAlone[] {
  if (data.task === 'multi-label') return [];
  const labels = Float64Array.from(rows, (row) => data.labels[row]);
  const kind = data.task === 'classification' ? 'classes' : 'values';
  return names
    .flatMap((column, c) =>
      sd[c] > 0 ? [{ column, skill: skillAlone(taken(values[c], rows), labels, kind) }] : [],
    )
    .sort((a, b) => b.skill - a.skill)
    .slice(0, 3);
}

/** Returns what the columns of a data set are like, in time linear in its rows. */
export function profileColumns(data: Dataset): ColumnProfiles {
  const columns = columnsOf(data);
  const { names, values, of, total } = columns;
  const moments = values.map(momentsOf);
  const each = (key: keyof (typeof moments)[number]): readonly number[] => moments.map((one) => one[key]);
  const table = of === 'columns';
  const rows = someRows(data.n, names.length);
  const sentinels = table
    ? names.flatMap((name, c): readonly Sentinel[] => {
        const known = taken(values[c], rows).filter((value) => !Number.isNaN(value));
        const found = known.length > 0 ? sentinelOf(name, known.sort()) : null;
        return found ? [found] : [];
      })
    : [];
  const told = someRows(data.n, names.length, MOST_TOLD, MOST_TOLD_VALUES);
  return {
    ...{ of, total, names },
    ...{ mean: each('mean'), sd: each('sd'), min: each('min'), max: each('max'), missing: each('missing') },
    sentinels: sentinels.filter(({ gap }) => gap > 3),
    duplicates: table ? duplicatesOf(columns, each('mean'), each('sd'), data.n) : [],
    alone: table ? aloneOf(columns, data, each('sd'), told) : [],
    aloneN: told.length,
  };
}
