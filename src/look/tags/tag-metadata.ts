import { columnValue } from '../../data/column-value';
import type { Column, Table } from '../../data/types';
import { benjaminiHochberg } from '../../stats/benjamini-hochberg';
import { fisherTwoSided } from '../../stats/fisher-two-sided';
import { wilsonInterval } from '../../stats/wilson-interval';
import type { TagMetadata } from './types';

/** Different values of a column beyond which it is no category, values shown of a tag, and fewest examples with tag and value. */
const VALUES = 30;
const SHOWN = 3;
const FEWEST = 3;

/** The value of each row in words, null where there is none; undefined for a column that has too many. */
function valuesOf(column: Column, rows: readonly number[]): readonly (string | null)[] | undefined {
  if (column.type === 'number' || column.type === 'date') return ranges(column, rows);
  const words = rows.map((row) => {
    const value = columnValue(column, row);
    return value === null ? null : String(value);
  });
  return new Set(words).size <= VALUES ? words : undefined;
}

/** Quarters of the numbers, or the numbers themselves where there are few. */
function ranges(
  column: Extract<Column, { type: 'number' | 'date' }>,
  rows: readonly number[],
): readonly (string | null)[] {
  const known = (row: number): boolean => column.valid?.[row] !== 0 && Number.isFinite(column.values[row]);
  const sorted = rows
    .filter(known)
    .map((row) => column.values[row])
    .sort((a, b) => a - b);
  const word = (value: number): string =>
    column.type === 'date'
      ? new Date(value).toISOString().slice(0, 10)
      : String(Number(value.toPrecision(3)));
  if (new Set(sorted).size <= 6) return rows.map((row) => (known(row) ? word(column.values[row]) : null));
  const cuts = [...new Set([0.25, 0.5, 0.75].map((q) => sorted[Math.floor(q * sorted.length)]))];
  return rows.map((row) => {
    if (!known(row)) return null;
    const value = column.values[row];
    const at = cuts.filter((cut) => value >= cut).length;
    if (at === 0) return `below ${word(cuts[0])}`;
    return at === cuts.length
      ? `${word(cuts[at - 1])} and more`
      : `${word(cuts[at - 1])} to below ${word(cuts[at])}`;
  });
}

/**
 * Returns for each tag the metadata values that its examples have more often than the other errors that were looked at, most
 * certain first: at most three of those whose p-value, over all tags and values (Fisher, Benjamini and Hochberg), is below
 * 1 − level.
 *
 * @param metadata of the predictions
 * @param rows errors that were looked at
 * @param tagsOf tags of a row
 * @param names tags, in the order of the answer
 */
export function tagMetadata(
  metadata: Table,
  rows: readonly number[],
  tagsOf: (row: number) => readonly string[],
  names: readonly string[],
  level: number,
): readonly (readonly TagMetadata[])[] {
  const found: { readonly tag: number; readonly is: TagMetadata }[] = [];
  const tagged = names.map((name) => rows.map((row) => tagsOf(row).includes(name)));
  for (const column of metadata.names) {
    const values = valuesOf(metadata.columns[column], rows);
    if (!values) continue;
    const different = new Set(values.filter((value) => value !== null));
    if (different.size < 2) continue;
    names.forEach((_, tag) => {
      let [n, otherN] = [0, 0];
      const counts = new Map<string, [number, number]>();
      values.forEach((value, i) => {
        if (value === null) return;
        const count = counts.get(value) ?? [0, 0];
        if (tagged[tag][i]) [n, count[0]] = [n + 1, count[0] + 1];
        else [otherN, count[1]] = [otherN + 1, count[1] + 1];
        counts.set(value, count);
      });
      for (const [value, [count, other]] of counts) {
        if (count < FEWEST || otherN === 0) continue;
        const [share, otherShare] = [count / n, other / otherN];
        const pValue = fisherTwoSided(count, n, other, otherN);
        const interval = wilsonInterval(count, n, level);
        found.push({ tag, is: { column, value, count, n, share, interval, otherShare, otherN, pValue } });
      }
    });
  }
  const adjusted = benjaminiHochberg(found.map(({ is }) => is.pValue));
  const sure = found
    .map(({ tag, is }, i) => ({ tag, is: { ...is, pValue: adjusted[i] } }))
    .filter(({ is }) => is.pValue < 1 - level && is.share > is.otherShare)
    .sort((a, b) => a.is.pValue - b.is.pValue);
  return names.map((_, place) =>
    sure
      .filter(({ tag }) => tag === place)
      .slice(0, SHOWN)
      .map(({ is }) => is),
  );
}
