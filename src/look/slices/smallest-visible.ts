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
  /** Combinations that were counted: the luckiest of them is what a slice must beat. */
  readonly evaluated: number;
  /** Slices that are judged, and the rate of false discoveries among them. */
  readonly judged: number;
  readonly falseDiscoveryRate: number;
  /** Whether each half is searched, and judged by the other. */
  readonly bothWays: boolean;
}

/**
 * Returns how large a slice of 1.5, 2 and 3 times the error must be to be found four times in five: its z among the searched
 * rows has to exceed what the luckiest of all combinations reaches by chance, and its z among the judging rows what the
 * false discovery rate asks of the next slice.
 */
export function smallestVisible(given: Visibility): readonly VisibleSlice[] {
  const { searched, heldOut, zeroOne, evaluated, judged, falseDiscoveryRate, bothWays } = given;
  const mean = searched.sum / searched.n;
  const variance = searched.squares / searched.n - mean * mean;
  const harmonic = Array.from({ length: judged }, (_, i) => 1 / (i + 1)).reduce((a, b) => a + b, 0);
  const toSearch = normalQuantile(1 - 1 / Math.max(2, evaluated + 1));
  const toJudge = normalQuantile(1 - falseDiscoveryRate / Math.max(1, harmonic));
  const all = searched.n + heldOut;
  const chance = (rows: number, share: number, ratio: number, need: number): number => {
    const spread = zeroOne ? Math.sqrt((ratio * (1 - ratio * mean)) / (1 - mean)) : 1;
    const height = ((ratio - 1) * mean * Math.sqrt(rows)) / Math.sqrt(variance * (1 - share));
    return normalCdf((height - need) / spread);
  };
  return RATIOS.map((ratio) => {
    if (!(variance > 0) || (zeroOne && ratio * mean >= 1)) return { ratio, n: Infinity, share: Infinity };
    const seen = (share: number): boolean => {
      const found = chance(share * searched.n, share, ratio, toSearch);
      const confirmed = heldOut > 0 ? chance(share * heldOut, share, ratio, toJudge) : 1;
      // Both ways: found here and confirmed there, or there and here, but not counted twice.
      return (bothWays ? found * (2 * confirmed - found) : found * confirmed) >= POWER;
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
