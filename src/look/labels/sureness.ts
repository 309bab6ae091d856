/** Places of a number in [0, 1] by how near it is to 1, with the resolution of 1 part in 128 of the distance. */
const PLACES = 1 << 15;
const one = new Float32Array(1);
const bits = new Uint32Array(one.buffer);

/** The place of a value: 0 for 1 and above, the more the lower it is. */
function placeOf(value: number): number {
  one[0] = value < 1 ? 1 - value : 0;
  return Math.min(PLACES - 1, bits[0] >>> 16);
}

/** Values counted by their place, without sorting them. */
export interface Ranking {
  /** Share of the counted values that lie below `value`, half of those at its place counted in; NaN where none is counted. */
  below(value: number): number;
}

/** Returns a ranking of values between 0 and 1. */
export function rankValues(values: Float64Array, n: number): Ranking {
  const counts = new Float64Array(PLACES);
  for (let i = 0; i < n; i++) counts[placeOf(values[i])]++;
  const share = new Float64Array(PLACES);
  let lower = n;
  for (let place = 0; place < PLACES; place++) {
    lower -= counts[place];
    share[place] = (lower + counts[place] / 2) / n;
  }
  return { below: (value) => share[placeOf(value)] };
}
