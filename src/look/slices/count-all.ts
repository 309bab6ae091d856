import { widthOf, type CountRequest, type Counts } from '../../engine/count/types';
import type { Moments } from '../../stats/moments';

/** Counts cells of any width, one request for each width; an entry a cell, in their order. */
export function* countAll(
  cells: readonly Int32Array[],
  without: readonly Int32Array[],
): Generator<CountRequest, Moments[], Counts> {
  const found = new Array<Moments>(cells.length);
  const byWidth = new Map<number, number[]>();
  cells.forEach((cell, c) => {
    const same = byWidth.get(widthOf(cell));
    if (same) same.push(c);
    else byWidth.set(widthOf(cell), [c]);
  });
  for (const [width, places] of byWidth) {
    const flat = new Int32Array(places.length * width * 3);
    places.forEach((c, at) => flat.set(cells[c], at * width * 3));
    const { sizes, sums, squares } = yield { width, cells: flat, without };
    places.forEach((c, at) => (found[c] = { n: sizes[at], sum: sums[at], squares: squares[at] }));
  }
  return found;
}
