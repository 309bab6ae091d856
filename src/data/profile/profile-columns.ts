import type { Dataset } from '../types';
import { skillAlone } from './column-alone';
import { columnsOf, someRows, type FeatureColumns } from './columns-of';
import { momentsOf } from './moments';
import { sentinelOf } from './sentinels';
import type { ColumnAlone, ColumnProfiles, Sentinel } from './types';

/** Rows that a column's skill is measured on, at most. */
const MOST_TOLD = 1000;
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
  const rows = someRows(n, 500);
  const varied = [...values.keys()].filter((c) => sd[c] > 0).slice(0, MOST_PAIRED);
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
  const sentinels = table
    ? names.flatMap((name, c): readonly Sentinel[] => {
        const known = taken(values[c], someRows(data.n)).filter((value) => !Number.isNaN(value));
        const found = known.length > 0 ? sentinelOf(name, known.sort()) : null;
        return found ? [found] : [];
      })
    : [];
  const told = someRows(data.n, MOST_TOLD);
  return {
    ...{ of, total, names },
    ...{ mean: each('mean'), sd: each('sd'), min: each('min'), max: each('max'), missing: each('missing') },
    sentinels: sentinels.filter(({ gap }) => gap > 3),
    duplicates: table ? duplicatesOf(columns, each('mean'), each('sd'), data.n) : [],
    alone: table ? aloneOf(columns, data, each('sd'), told) : [],
    aloneN: told.length,
  };
}
