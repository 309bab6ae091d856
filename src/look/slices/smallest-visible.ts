import type { Moments } from '../../stats/moments';
import { normalCdf } from '../../stats/normal-cdf';
import { normalQuantile } from '../../stats/normal-quantile';
import type { VisibleSlice } from './types';

const RATIOS = [1.5, 2, 3];
/** Chance of seeing it. */
const POWER = 0.8;

export interface Visibility {
  /** Rows that are searched. */
  readonly searched: Moments;
  /** Rows that judge; 0 for none. */
  readonly heldOut: number;
  readonly zeroOne: boolean;
  /** Combinations that one hunt counted: the luckiest of them is what a slice must beat. */
  readonly evaluated: number;
  /** Slices that one hunt has judged, and the rate of false discoveries among them. */
  readonly judged: number;
  readonly falseDiscoveryRate: number;
  /** Whether each half is searched, and judged by the other. */
  readonly bothWays: boolean;
  /** Times that the rows are parted anew. */
  readonly splits: number;
}

/** Points at which the normal distribution of what all rows show is taken, and how far out they go. */
const POINTS = 41;
const FAR = 4;

/** Chance that a normal number lies from `low` to `high`, of that mean and standard deviation. */
const between = (low: number, high: number, mean: number, sd: number): number =>
  high <= low ? 0 : normalCdf((high - mean) / sd) - normalCdf((low - mean) / sd);

/**
 * Chance that a slice is found in at least one of several splits. They part the same rows: what all of them show varies once, with a
 * standard deviation of 1; given that, each split deals it out to its parts anew.
 *
 * @param height standard errors that the slice lies above the others, among the rows that are searched and among those that judge
 * @param need what they must reach there
 */
function inSomeSplit(
  height: readonly [number, number],
  need: readonly [number, number],
  splits: number,
  bothWays: boolean,
): number {
  const together = Math.hypot(...height);
  const [a, b] = height.map((own) => own / together);
  let [found, weights] = [0, 0];
  for (let i = 0; i < POINTS; i++) {
    const at = FAR * ((2 * i) / (POINTS - 1) - 1);
    const weight = Math.exp((-at * at) / 2);
    const all = together + at;
    // x among the searched rows leaves (all − a x) / b among the judging ones.
    const here = between(need[0], (all - b * need[1]) / a, a * all, b);
    const there = bothWays ? between(need[1], (all - b * need[0]) / a, a * all, b) : 0;
    const twice = bothWays ? between(Math.max(...need), (all - b * Math.max(...need)) / a, a * all, b) : 0;
    found += weight * (1 - (1 - Math.min(1, here + there - twice)) ** splits);
    weights += weight;
  }
  return found / weights;
}

/**
 * Returns how large a slice of 1.5, 2 and 3 times the error must be to be found four times in five, in one of the splits at least:
 * its z among the searched rows has to exceed what the luckiest of all combinations reaches by chance, and its z among the judging
 * rows what the false discovery rate asks of the next slice.
 */
export function smallestVisible(given: Visibility): readonly VisibleSlice[] {
  const { searched, heldOut, zeroOne, evaluated, judged, falseDiscoveryRate, bothWays, splits } = given;
  const mean = searched.sum / searched.n;
  const variance = searched.squares / searched.n - mean * mean;
  const harmonic = Array.from({ length: judged }, (_, i) => 1 / (i + 1)).reduce((a, b) => a + b, 0);
  const toSearch = normalQuantile(1 - 1 / Math.max(2, evaluated + 1));
  const toJudge = normalQuantile(1 - falseDiscoveryRate / Math.max(1, harmonic));
  const all = searched.n + heldOut;
  const heightOf = (rows: number, share: number, ratio: number): number =>
    ((ratio - 1) * mean * Math.sqrt(rows)) / Math.sqrt(variance * (1 - share));
  return RATIOS.map((ratio) => {
    if (!(variance > 0) || (zeroOne && ratio * mean >= 1)) return { ratio, n: Infinity, share: Infinity };
    const spread = zeroOne ? Math.sqrt((ratio * (1 - ratio * mean)) / (1 - mean)) : 1;
    const seen = (share: number): boolean => {
      const height = heightOf(share * searched.n, share, ratio) / spread;
      if (heldOut === 0) return normalCdf(height - toSearch / spread) >= POWER;
      const judging = heightOf(share * heldOut, share, ratio) / spread;
      const need = [toSearch / spread, toJudge / spread] as const;
      return inSomeSplit([height, judging], need, splits, bothWays) >= POWER;
    };
    let [low, high] = [0, 0.99];
    if (!seen(high)) return { ratio, n: Infinity, share: Infinity };
    for (let i = 0; i < 50; i++) {
      const middle = (low + high) / 2;
      if (seen(middle)) high = middle;
      else low = middle;
    }
    return { ratio, n: Math.ceil(high * all), share: high };
  });
}
