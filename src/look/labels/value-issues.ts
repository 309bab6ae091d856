import { normalCdf } from '../../stats/normal-cdf';
import { median } from '../../stats/median';
import type { Warnings } from '../../core/warning';
import type { Predictions } from '../../metrics/types';
import { wilsonInterval } from '../../stats/wilson-interval';
import type { IssueParts } from './issue-parts';
import type { PlannedLabels } from './label-issues-options';
import { outreScores } from './outre-scores';
import { sortedPlaces } from './select-rows-by';
import type { LabelIssues } from './types';

/** A normal distribution's standard deviation by its median absolute deviation. */
const TO_SD = 1.4826;
/** Examples that the outre score compares with each other, at most, before it takes long. */
const MANY = 30_000;

/** Middle and robust standard deviation of residuals. */
function spreadOf(residuals: Float64Array): { readonly middle: number; readonly sd: number } {
  const middle = median(residuals);
  return { middle, sd: TO_SD * median(residuals.map((value) => Math.abs(value - middle))) };
}

/** How much wider the residuals' shoulders are than a normal distribution's: 1 for normal ones. */
function shoulderOf(residuals: Float64Array, middle: number, sd: number): number {
  const away = residuals.map((value) => Math.abs(value - middle) / sd).sort();
  // 90 % of normal values lie within 1.645 standard deviations.
  return away[Math.floor(0.9 * (away.length - 1))] / 1.645;
}

/**
 * Share of the flagged that a normal distribution of residuals would not have flagged: honest residuals beyond the limit are
 * N·2(1 − Φ(limit)). Where the shoulders are heavier than normal honest residuals are too, and nothing is claimed.
 */
function precisionOf(
  n: number,
  flagged: number,
  limit: number,
  shoulder: number,
  level: number,
): LabelIssues['precision'] {
  const none = (why: string): LabelIssues['precision'] => ({ value: NaN, interval: [NaN, NaN], level, why });
  if (flagged === 0) return none('nothing is flagged');
  if (!(shoulder < 1.25))
    return none(
      'residuals have heavier shoulders than a normal distribution, so that honest ones lie far out too',
    );
  const honest = 2 * (1 - normalCdf(limit)) * n;
  const share = Math.min(flagged, honest);
  const [low, high] = wilsonInterval(Math.round(flagged - share), flagged, level);
  const value = 1 - share / flagged;
  const why = `by a normal distribution: of ${n} residuals ${honest.toPrecision(2)} would lie beyond ${limit} standard deviations`;
  return { value, interval: [Math.min(low, value), Math.max(high, value)], level, why };
}

/**
 * Values: those whose residual lies further from the middle one than so many robust standard deviations (1.4826 times the
 * median absolute deviation, which wrong values hardly move).
 */
export function valueIssues(
  predictions: Predictions,
  planned: PlannedLabels,
  warnings: Warnings,
): IssueParts {
  const { n: all, label, predicted, ids } = predictions;
  const rows = Int32Array.from({ length: all }, (_, i) => i).filter((i) =>
    Number.isFinite(predicted[i] - label[i]),
  );
  const n = rows.length;
  if (n < all)
    warnings.add(
      'no-prediction',
      `${all - n} of ${all} examples have no predicted value and are left out.`,
      all - n,
    );
  const residuals = Float64Array.from(rows, (i) => predicted[i] - label[i]);
  const { middle, sd } = n > 0 ? spreadOf(residuals) : { middle: NaN, sd: NaN };
  if (sd === 0)
    warnings.add(
      'no-spread',
      'More than half of the residuals are equal, so that any other one counts as far out.',
    );
  const limit = planned.deviations * sd;
  const flagged = Int32Array.from({ length: n }, (_, i) => i).filter(
    (i) => Math.abs(residuals[i] - middle) > limit,
  );
  const outre = planned.rankBy === 'outre';
  if (outre && n > MANY)
    warnings.add(
      'slow',
      `The outre score compares each of ${n} examples with every other; "residual" does not.`,
    );
  const values = Float64Array.from(rows, (i) => label[i]);
  const scores = outre
    ? outreScores(values, residuals)
    : residuals.map((value) => Math.exp(-Math.abs(value)));
  // Far residuals all score 0 by e^−|r|: they are sorted by the residual itself.
  const keys = outre ? scores : residuals.map((value) => -Math.abs(value));
  const issues = Array.from(sortedPlaces(Float64Array.from(flagged, (i) => keys[i])), (place) => {
    const i = flagged[place];
    const index = rows[i];
    return {
      ...{ index, id: ids[index], given: String(label[index]), suggested: String(predicted[index]) },
      ...{ confidence: NaN, score: scores[i], chance: NaN },
    };
  });
  return {
    n,
    issues,
    precision: precisionOf(
      n,
      flagged.length,
      planned.deviations,
      n > 0 ? shoulderOf(residuals, middle, sd) : NaN,
      planned.level,
    ),
    rule: { middle, standardDeviation: sd },
    ...{ noise: null, perClass: [], pairs: [], joint: [], confidentJoint: [], thresholds: [] },
  };
}
