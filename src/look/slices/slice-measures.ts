import { meanAndVariance, withoutPart, type Moments } from '../../stats/moments';
import { normalQuantile } from '../../stats/normal-quantile';
import { studentTQuantile } from '../../stats/student-t-quantile';
import { wilsonInterval } from '../../stats/wilson-interval';
import type { SliceMeasure } from './types';

type Interval = readonly [number, number];

/** How values are read: 0 and 1 have shares with Wilson's intervals, others means with Student's. */
export interface Reading {
  readonly zeroOne: boolean;
  readonly level: number;
}

/** Mean of some rows with its interval; NaN of none. */
export function errorWithInterval(
  own: Moments,
  { zeroOne, level }: Reading,
): { error: number; interval: Interval } {
  const { mean, variance } = meanAndVariance(own);
  if (zeroOne) return { error: mean, interval: wilsonInterval(own.sum, own.n, level) };
  if (own.n < 2) return { error: mean, interval: [NaN, NaN] };
  const half = Math.sqrt(variance / own.n) * studentTQuantile(0.5 + level / 2, own.n - 1);
  return { error: mean, interval: [Math.max(0, mean - half), mean + half] };
}

/** Returns the error of a slice on some rows, beside that of all of them. */
export function sliceMeasure(own: Moments, all: Moments, reading: Reading): SliceMeasure {
  const { error, interval } = errorWithInterval(own, reading);
  return { n: own.n, errors: reading.zeroOne ? own.sum : NaN, error, interval, overall: all.sum / all.n };
}

/**
 * Returns the share of all errors that lies in a slice: Wilson's interval for 0 and 1, since each error is in it or not;
 * for other values that of a ratio of sums, by its linear approximation.
 */
export function shareOfErrors(
  own: Moments,
  all: Moments,
  { zeroOne, level }: Reading,
): { share: number; interval: Interval } {
  const share = own.sum / all.sum;
  if (zeroOne) return { share, interval: wilsonInterval(own.sum, all.sum, level) };
  const spread = (1 - share) ** 2 * own.squares + share ** 2 * (all.squares - own.squares);
  const half = (normalQuantile(0.5 + level / 2) * Math.sqrt(spread)) / all.sum;
  return { share, interval: [Math.max(0, share - half), Math.min(1, share + half)] };
}

/** Sum over a group of the squares of (value − mean). */
const around = ({ n, sum, squares }: Moments, mean: number): number =>
  squares - 2 * mean * sum + n * mean * mean;

/**
 * Returns what the overall error would fall by if the slice were as good as the whole: share of rows × (error of the slice
 * − error of all), with an interval by its linear approximation. Negative where the slice is better.
 */
export function gainIfFixed(
  own: Moments,
  all: Moments,
  { level }: Reading,
): { gain: number; interval: Interval } {
  const mean = all.sum / all.n;
  const share = own.n / all.n;
  const gain = own.sum / all.n - share * mean;
  const rest = withoutPart(all, own);
  const spread =
    ((1 - share) ** 2 * around(own, mean) + share ** 2 * around(rest, mean)) / all.n - gain * gain;
  const half = normalQuantile(0.5 + level / 2) * Math.sqrt(Math.max(0, spread) / all.n);
  return { gain, interval: [gain - half, gain + half] };
}
