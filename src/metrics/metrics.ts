import { accuracy } from './list/accuracy';
import { brier } from './list/brier';
import { errorRate } from './list/error-rate';
import { hammingLoss } from './list/hamming-loss';
import { logLoss } from './list/log-loss';
import { macroF1 } from './list/macro-f1';
import { meanAbsoluteError } from './list/mean-absolute-error';
import { meanSquaredError } from './list/mean-squared-error';
import { microF1 } from './list/micro-f1';
import type { MetricDefinition } from './metric-definition';

/** Every metric the library knows, in the order in which results list them. */
export const METRICS: readonly MetricDefinition[] = [
  accuracy,
  errorRate,
  logLoss,
  brier,
  hammingLoss,
  microF1,
  macroF1,
  meanAbsoluteError,
  meanSquaredError,
];

/**
 * Returns which way metrics are better, by id; one that the library does not know is left out.
 *
 * @example
 * directionsOf(['accuracy', 'logLoss', 'niceness']) // => { accuracy: true, logLoss: false }
 */
export function directionsOf(ids: readonly string[]): Readonly<Record<string, boolean>> {
  const known = METRICS.filter(({ id }) => ids.includes(id));
  return Object.fromEntries(known.map(({ id, higherIsBetter }) => [id, higherIsBetter]));
}
