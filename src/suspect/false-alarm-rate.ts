import { wilsonInterval } from '../stats/wilson-interval';
import calibration from './calibration.json';
import type { DetectionRate, FalseAlarmRate } from './types';

interface Counts {
  readonly alarms: number;
  readonly healthyRuns: number;
  readonly found: number;
  readonly faults: number;
}

const COUNTS: Readonly<Record<string, Counts | undefined>> = calibration.checks;
const NOT_COUNTED: Counts = { alarms: 0, healthyRuns: 0, found: 0, faults: 0 };

/**
 * Returns how often a check spoke up on the healthy runs of `bench faults`, with its 95 % Wilson interval.
 * The rate of a check that was never counted is NaN with the interval [0, 1] and no healthy runs.
 */
export function falseAlarmRate(check: string): FalseAlarmRate {
  const { alarms, healthyRuns } = COUNTS[check] ?? NOT_COUNTED;
  return {
    rate: healthyRuns > 0 ? alarms / healthyRuns : NaN,
    interval: wilsonInterval(alarms, healthyRuns),
    healthyRuns,
  };
}

/** Returns how often a check named the planted faults of `bench faults` that it is there for, the same way. */
export function detectionRate(check: string): DetectionRate {
  const { found, faults } = COUNTS[check] ?? NOT_COUNTED;
  return { rate: faults > 0 ? found / faults : NaN, interval: wilsonInterval(found, faults), faults };
}
