import type { RunLog } from '../build/types';
import { thinExtremes } from './thin-extremes';

/** A learning rate that changes, by epoch. */
export interface RateLine {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** Returns the learning rate over the epochs, in 402 points at most; undefined where it stays the same. */
export function rateLine({ steps, config, epochs }: RunLog): RateLine | undefined {
  const { learningRate, stride } = steps;
  const each = config.stepsPerEpoch > 0 ? config.stepsPerEpoch : (epochs[0]?.step ?? NaN);
  const known = learningRate.flatMap((rate, i) =>
    Number.isFinite(rate) && each > 0 ? [{ x: ((i + 0.5) * stride - 0.5) / each, y: rate }] : [],
  );
  const first = known[0]?.y;
  if (known.every(({ y }) => Math.abs(y - first) <= 1e-9 * Math.abs(first))) return undefined;
  const places = thinExtremes(
    known.map(({ y }) => y),
    200,
  );
  return { x: places.map((place) => known[place].x), y: places.map((place) => known[place].y) };
}
