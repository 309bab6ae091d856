import type { PlanContext } from './context';
import { padded, pixelLoop, viewArgs } from './layout';
import { float, ref, type Buf } from './program';
import type { Value } from './value';

/** Where the numbers of one layer's output go at a watched step: for each slice four sums (f64), and a peak for each unit. */
export interface StatsPlace {
  readonly layer: string;
  readonly sums: Buf;
  readonly peaks: Buf;
  readonly units: number;
  /** Numbers of one example. */
  readonly size: number;
}

/** Bounds at or beyond which an activation hardly answers any more. */
const BOUNDS: Readonly<Record<string, readonly [low: number, high: number]>> = {
  tanh: [-0.99, 0.99],
  softsign: [-0.99, 0.99],
  sigmoid: [0.01, 0.99],
  hardSigmoid: [0, 1],
  relu6: [-Infinity, 6],
};

/** Most slices that a batch is cut into. */
export const MOST_SLICES = 8;
export const SUM_BYTES = 32;
export const peakBytes = (units: number): number => padded(units) * 4;

/** Emits what measures a layer's output at watched steps. */
export function emitStats(
  context: PlanContext,
  layer: string,
  activation: string | undefined,
  value: Value,
): StatsPlace {
  const [h, w, units] = value.shape;
  const shared = { scope: 'shared', pinned: true } as const;
  const sums = context.buffer('statistics', () => MOST_SLICES * SUM_BYTES, shared);
  const peaks = context.buffer('peaks', () => MOST_SLICES * peakBytes(units), shared);
  const [low, high] = BOUNDS[activation ?? ''] ?? [-Infinity, Infinity];
  const { views, counts } = pixelLoop([value.view], value.shape, units);
  context.emit(
    'activationStats',
    [
      ...viewArgs(views[0]),
      ...counts,
      float(low),
      float(high),
      ({ index }) => ref(sums, index * SUM_BYTES),
      ({ index }) => ref(peaks, index * peakBytes(units)),
    ],
    { watch: true },
  );
  return { layer, sums, peaks, units, size: h * w * units };
}
