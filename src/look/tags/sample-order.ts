import { textHash } from './text-hash';

/**
 * Returns rows in the order in which they are drawn: any first part of it is a random sample. The place of a row follows from
 * its id and the seed alone, so that another model's errors come in the same order, as far as they are the same, and little of
 * what was looked at is lost.
 *
 * With groups every first part holds of each group its share, to within one or so: within a group the order is as before, and row j of
 * m comes at (j + u)/m with one u a group.
 *
 * @param rows to draw from
 * @param idOf id of a row
 * @param seed an integer ≥ 0
 * @param groupOf group of a row; defaults to none
 * @see Esbjörn Ohlsson, "Coordination of samples using permanent random numbers", 1995
 */
export function sampleOrder(
  rows: readonly number[],
  idOf: (row: number) => string,
  seed: number,
  groupOf?: (row: number) => string,
): readonly number[] {
  const place = new Map(rows.map((row) => [row, unit(idOf(row), seed)]));
  const byPlace = (a: number, b: number): number => place.get(a)! - place.get(b)! || a - b;
  if (groupOf) {
    const groups = new Map<string, number[]>();
    for (const row of rows) {
      const key = groupOf(row);
      const group = groups.get(key);
      if (group) group.push(row);
      else groups.set(key, [row]);
    }
    for (const [key, group] of groups) {
      const u = unit(`group ${key}`, seed);
      group.sort(byPlace).forEach((row, j) => place.set(row, (j + u) / group.length));
    }
  }
  return [...rows].sort(byPlace);
}

/** A number in [0, 1) from a text and a seed. */
function unit(text: string, seed: number): number {
  const low = Math.floor(seed / 0x100000000);
  const first = textHash(text, seed ^ (low * 0x9e3779b1));
  const second = textHash(text, ~seed ^ low);
  return ((first >>> 5) * 0x4000000 + (second >>> 6)) / 0x20000000000000;
}
