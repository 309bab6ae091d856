import { wilsonInterval } from '../stats/wilson-interval';
import counted from './false-alarms.json';
import type { FalseAlarmRate } from './types';

const COUNTS: Readonly<
  Record<string, { readonly alarms: number; readonly healthyRuns: number } | undefined>
> = counted.checks;

/**
 * Returns how often a check spoke up on the healthy runs of `bench faults`, with its 95 % Wilson interval.
 * The rate of a check that was never counted is NaN with the interval [0, 1] and no healthy runs.
 */
export function falseAlarmRate(check: string): FalseAlarmRate {
  const { alarms, healthyRuns } = COUNTS[check] ?? { alarms: 0, healthyRuns: 0 };
  return {
    rate: healthyRuns > 0 ? alarms / healthyRuns : NaN,
    interval: wilsonInterval(alarms, healthyRuns),
    healthyRuns,
  };
}
