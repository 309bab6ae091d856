import { permutation, type Random } from '../core/random';

/** Examples that each part still lacks: of each label, and in all. */
interface Wanted {
  readonly ofLabel: Float64Array;
  all: number;
}

/** The rows of each label, in random order. */
function rowsByLabel(has: ArrayLike<number>, labels: number, order: ArrayLike<number>): number[][] {
  const rows: number[][] = Array.from({ length: labels }, () => []);
  for (let i = 0; i < order.length; i++) {
    for (let k = 0; k < labels; k++) if (has[order[i] * labels + k]) rows[k].push(order[i]);
  }
  return rows;
}

/**
 * Returns rows dealt to parts of the given sizes so that each part has about its share of the examples with each label:
 * labels one after another, the one with the fewest examples left first, each example to the part that lacks most of that
 * label, then to the one that lacks most examples. Examples without a label fill the parts up.
 *
 * @param has N×K zeros and ones, row by row
 * @param labels K
 * @param sizes examples of each part; they sum to N
 * @param stream decides between equals
 * @see Sechidis, Tsoumakas & Vlahavas, "On the stratification of multi-label data", 2011
 */
export function iterativeStratification(
  has: ArrayLike<number>,
  labels: number,
  sizes: readonly number[],
  stream: Random,
): number[][] {
  const n = sizes.reduce((sum, size) => sum + size, 0);
  const order = permutation(n, stream);
  const rows = rowsByLabel(has, labels, order);
  const left = rows.map((own) => own.length);
  const wanted: Wanted[] = sizes.map((size) => ({
    ofLabel: Float64Array.from(left, (count) => (n > 0 ? (count * size) / n : 0)),
    all: size,
  }));
  const parts: number[][] = sizes.map(() => []);
  const dealt = new Uint8Array(n);

  const deal = (row: number, lack: (part: Wanted) => number): void => {
    let best: number[] = [];
    for (let p = 0; p < parts.length; p++) {
      if (wanted[p].all <= 0) continue;
      const by = best.length === 0 ? 1 : compare(wanted[p], wanted[best[0]], lack);
      if (by > 0) best = [p];
      else if (by === 0) best.push(p);
    }
    const part = best[best.length > 1 ? stream.integer(best.length) : 0];
    parts[part].push(row);
    dealt[row] = 1;
    wanted[part].all--;
    for (let k = 0; k < labels; k++) {
      if (!has[row * labels + k]) continue;
      wanted[part].ofLabel[k]--;
      left[k]--;
    }
  };

  for (let k = rarest(left); k >= 0; k = rarest(left)) {
    for (const row of rows[k]) if (!dealt[row]) deal(row, (part) => part.ofLabel[k]);
  }
  for (const row of order) if (!dealt[row]) deal(row, (part) => part.all);
  return parts;
}

/** The label with the fewest examples that are not dealt yet, of those with any; −1 when there is none. */
function rarest(left: readonly number[]): number {
  let found = -1;
  left.forEach((count, k) => {
    if (count > 0 && (found < 0 || count < left[found])) found = k;
  });
  return found;
}

const compare = (a: Wanted, b: Wanted, lack: (part: Wanted) => number): number =>
  lack(a) - lack(b) || a.all - b.all;
