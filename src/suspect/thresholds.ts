import { normalQuantile } from '../stats/normal-quantile';
import calibration from './calibration.json';
import type { Symptom } from './check';

/** Thresholds by code, as `bench faults` has set them on its calibration part. */
const CALIBRATED: Readonly<Record<string, number | undefined>> = calibration.thresholds;

/**
 * Returns the score from which a symptom is told: the least that is worth it, what the calibration asks for, and for scores
 * in standard errors the quantile at which all symptoms together keep quiet on a share `level` of healthy runs (Bonferroni).
 *
 * @param symptoms how many symptoms share the false alarms that `level` allows
 */
export function thresholdOf(
  code: string,
  { scale, least }: Symptom,
  level: number,
  symptoms: number,
): number {
  if (scale === 'fact') return least;
  const calibrated = CALIBRATED[code] ?? -Infinity;
  const luck = scale === 'z' ? -normalQuantile((1 - level) / symptoms) : -Infinity;
  return Math.max(least, calibrated, luck);
}
