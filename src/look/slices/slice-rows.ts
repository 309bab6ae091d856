import { random, shuffleInPlace } from '../../core/random';
import type { Moments } from '../../stats/moments';
import type { ErrorValues } from '../error-values';

/** The value of each example whose mean makes a slice: of several seeds the mean over them. */
export function valuesOf({ values, bySeed }: ErrorValues): Float64Array {
  if (bySeed.length === 0) return values;
  return values.map((_, i) => bySeed.reduce((sum, own) => sum + own[i], 0) / bySeed.length);
}

/** Parts rows in two by luck. */
export interface PartedRows {
  /** Ascending. */
  readonly searched: Uint32Array;
  readonly heldOut: Uint32Array;
}

/**
 * Parts `rows`: at most `most` are searched, `share` of them (or what is more than `most`) are held out.
 *
 * @param split parts them another way for each number; defaults to 0
 */
export function partRows(
  rows: Uint32Array,
  share: number,
  most: number,
  seed: number,
  split = 0,
): PartedRows {
  const searched = Math.min(most, rows.length - Math.round(rows.length * share));
  if (searched === rows.length) return { searched: rows, heldOut: new Uint32Array() };
  const shuffled = shuffleInPlace(
    rows.slice(),
    random(seed).fork(split === 0 ? 'halves' : `halves ${split}`),
  );
  const rest = share > 0 ? shuffled.subarray(searched) : shuffled.subarray(0, 0);
  return { searched: shuffled.slice(0, searched).sort(), heldOut: rest.slice().sort() };
}

/** How many values, their sum, and the sum of their squares. */
export function momentsOf(values: Float64Array): Moments {
  let [sum, squares] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    sum += values[i];
    squares += values[i] * values[i];
  }
  return { n: values.length, sum, squares };
}
