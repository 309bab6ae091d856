import { holm } from '../../stats/holm';
import { meanInterval } from '../../stats/mean-interval';
import { studentTCdf } from '../../stats/student-t-cdf';
import type { ObservedCurve } from './observed-curve';
import type { Rise } from './types';

const LEVEL = 0.05;
/** Seeds' worth of trust in the spread that pairs of sizes have in common. */
const PRIOR = 4;

const median = (values: readonly number[]): number => {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  return sorted.length > 0 ? sorted[sorted.length >> 1] : NaN;
};

/**
 * Returns where the error rose with more data beyond luck, worst first. Sizes are compared with those 1, 2 and 4 places on
 * by one-sided paired t tests of ln error over the seeds. A spread of five values is uncertain, so each is averaged with the
 * median spread (moderated t); that of the test examples is added; Holm adjusts for all pairs. The smallest size is
 * left out: a model that has hardly seen anything may guess well by luck.
 *
 * @see Yan, Mohr & Viering, "LCDB 1.1: learning curves are more ill-behaved than previously thought", 2025
 * @see Gordon Smyth, "Linear models and empirical Bayes methods for assessing differential expression", 2004
 */
export function risesOf({ sizes, values, means, covariance, testN }: ObservedCurve): Rise[] {
  // Half an error keeps the logarithm of none finite.
  const half = Number.isFinite(testN) ? 0.5 / testN : 1e-9 * Math.max(...means);
  const log = (value: number): number => Math.log(value + half);
  const pairs = sizes.flatMap((_, i) =>
    [1, 2, 4].flatMap((step) => (i > 0 && i + step < sizes.length ? [[i, i + step] as const] : [])),
  );
  const moved = pairs.map(([i, j]) => meanInterval(values.map((row) => log(row[j]) - log(row[i]))));
  const usual = median(moved.map(({ standardError, n }) => standardError ** 2 * n));
  const pValues = pairs.map(([i, j], k) => {
    const { mean, standardError, n } = moved[k];
    if (n < 2) return NaN;
    const spread = (PRIOR * usual + (n - 1) * standardError ** 2 * n) / (PRIOR + n - 1);
    const a = 1 / (means[i] + half);
    const b = 1 / (means[j] + half);
    const byItems = a * a * covariance[i][i] + b * b * covariance[j][j] - 2 * a * b * covariance[i][j];
    const t = mean / Math.sqrt(spread / n + Math.max(0, byItems));
    return Number.isNaN(t) ? NaN : studentTCdf(-t, PRIOR + n - 1);
  });
  const adjusted = holm(pValues);
  return pairs
    .map(([i, j], k) => ({
      from: sizes[i],
      to: sizes[j],
      errorFrom: means[i],
      errorTo: means[j],
      pValue: adjusted[k],
    }))
    .filter(({ pValue }) => pValue < LEVEL)
    .sort((a, b) => b.errorTo / b.errorFrom - a.errorTo / a.errorFrom);
}
