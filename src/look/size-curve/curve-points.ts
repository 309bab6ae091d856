import { meanInterval } from '../../stats/mean-interval';
import { studentTQuantile } from '../../stats/student-t-quantile';
import { epochsOfSize } from './epochs-of-size';
import type { KnownRuns, SizeRuns } from './known-runs';
import type { SizePoint, SizeScore } from './types';

/** What points are made of besides the runs. */
export interface PointFacts {
  readonly seeds: readonly number[];
  readonly n: number;
  readonly testN: number;
  readonly level: number;
  /** The metric is a share, whose intervals stay within 0 and 1. */
  readonly share: boolean;
  readonly config: {
    readonly epochs: number;
    readonly batchSize: number;
    readonly equal: 'steps' | 'epochs';
  };
}

/** Variance over values of their mean; 0 for fewer than two. */
function varianceOfMean(values: ArrayLike<number>): number {
  const { standardError } = meanInterval(values);
  return Number.isFinite(standardError) ? standardError ** 2 : 0;
}

/**
 * Mean with an interval of Student's t whose variance adds that of the mean over seeds and that of the mean over test
 * examples, with the degrees of freedom of Welch and Satterthwaite. For one seed only the examples speak.
 */
function testScore(values: readonly number[], itemVariance: number, facts: PointFacts): SizeScore {
  const { mean, n } = meanInterval(values);
  const seedVariance = varianceOfMean(values);
  const variance = seedVariance + itemVariance;
  const slack =
    (n > 1 ? seedVariance ** 2 / (n - 1) : 0) + (facts.testN > 1 ? itemVariance ** 2 / (facts.testN - 1) : 0);
  const half =
    slack > 0 ? Math.sqrt(variance) * studentTQuantile(0.5 + facts.level / 2, variance ** 2 / slack) : 0;
  const known = facts.testN > 1 && n > 0;
  const inside = (value: number): number => (facts.share ? Math.min(1, Math.max(0, value)) : value);
  return { mean, interval: known ? [inside(mean - half), inside(mean + half)] : [NaN, NaN], values };
}

function pointOf(size: number, runs: SizeRuns, facts: PointFacts): SizePoint {
  const of = (side: 'test' | 'train'): number[] =>
    facts.seeds.map((seed) => runs.bySeed.get(seed)?.[side] ?? NaN);
  const itemErrors = Array.from(runs.itemSums, (sum) => sum / runs.counted);
  // Variance of one example over the number of all test examples, where only a sample of them is kept.
  const itemVariance = (varianceOfMean(itemErrors) * itemErrors.length) / facts.testN;
  const train = of('train');
  const { mean, interval } = meanInterval(train, facts.level);
  const epochs = epochsOfSize(size, facts.n, facts.config);
  const test = testScore(of('test'), itemVariance, facts);
  return {
    size,
    n: test.values.filter(Number.isFinite).length,
    failed: [...runs.bySeed.values()].filter((run) => !Number.isFinite(run.test)).length,
    test,
    train: { mean, interval, values: train },
    epochs,
    steps: epochs * Math.ceil(size / facts.config.batchSize),
    itemErrors,
  };
}

/** Returns a point for each size of which at least one run has ended, smallest first. */
export function curvePoints(known: KnownRuns, facts: PointFacts): SizePoint[] {
  return [...known.entries()]
    .filter(([, { bySeed }]) => bySeed.size > 0)
    .sort(([a], [b]) => a - b)
    .map(([size, runs]) => pointOf(size, runs, facts));
}
