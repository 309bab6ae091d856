import { meanInterval } from '../../stats/mean-interval';
import { linearTrend } from '../../stats/linear-trend';
import type { ObservedCurve } from './observed-curve';

/**
 * Returns the variance of each size's mean over the seeds. A variance of five values is a poor estimate, so the sizes help
 * each other: a straight line is laid through ln variance against ln size. Zeros where there is one seed.
 */
export function meanVariances({ sizes, values }: ObservedCurve): number[] {
  const own = sizes.map((_, i) => meanInterval(values.map((row) => row[i])).standardError ** 2);
  const known = own.flatMap((variance, i) => (variance > 0 ? [i] : []));
  if (known.length === 0) return own.map(() => 0);
  const mean = known.reduce((sum, i) => sum + Math.log(own[i]), 0) / known.length;
  const x = known.map((i) => Math.log(sizes[i]));
  const { slope, intercept } = linearTrend(
    x,
    known.map((i) => Math.log(own[i])),
  );
  // The mean of ln χ²/df is below 0: what a few seeds show is lifted to be right on average.
  const seeds = Math.max(2, values.length);
  const lift = 1 / (seeds - 1) + 1 / (3 * (seeds - 1) ** 2);
  return sizes.map((size) => {
    const line = known.length > 2 && Number.isFinite(slope) ? intercept + slope * Math.log(size) : mean;
    return Math.exp(line + lift);
  });
}
