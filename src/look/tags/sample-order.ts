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
  const places = Float64Array.from(rows, (row) => unit(idOf(row), seed));
  const order = Uint32Array.from(rows, (_, at) => at);
  const byPlace = (a: number, b: number): number => places[a] - places[b] || rows[a] - rows[b];
  if (groupOf) {
    const groups = new Map<string, number[]>();
    rows.forEach((row, at) => {
      const key = groupOf(row);
      const group = groups.get(key);
      if (group) group.push(at);
      else groups.set(key, [at]);
    });
    for (const [key, group] of groups) {
      const u = unit(`group ${key}`, seed);
      group.sort(byPlace).forEach((at, j) => (places[at] = (j + u) / group.length));
    }
  }
  return Array.from(order.sort(byPlace), (at) => rows[at]);
}

/**
 * Returns the first `count` rows of {@link sampleOrder} without groups, and does not sort the others: of a million rows a few are
 * wanted.
 */
export function firstOfSample(
  rows: readonly number[],
  idOf: (row: number) => string,
  seed: number,
  count: number,
): readonly number[] {
  // In the mean three times as many as are wanted lie below this place, and a hundred more.
  const below = (3 * count + 100) / rows.length;
  const early = below < 1 ? rows.filter((row) => unit(idOf(row), seed) < below) : rows;
  return sampleOrder(early.length >= count ? early : rows, idOf, seed).slice(0, count);
}

/** A number in [0, 1) from a text and a seed. */
function unit(text: string, seed: number): number {
  const low = Math.floor(seed / 0x100000000);
  const first = textHash(text, seed ^ (low * 0x9e3779b1));
  const second = textHash(text, ~seed ^ low);
  return ((first >>> 5) * 0x4000000 + (second >>> 6)) / 0x20000000000000;
}
