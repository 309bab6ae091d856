import { accuracy } from './list/accuracy';
import { brier } from './list/brier';
import { errorRate } from './list/error-rate';
import { logLoss } from './list/log-loss';
import { meanAbsoluteError } from './list/mean-absolute-error';
import { meanSquaredError } from './list/mean-squared-error';
import type { MetricDefinition } from './metric-definition';

/** Every metric the library knows, in the order in which results list them. */
export const METRICS: readonly MetricDefinition[] = [
  accuracy,
  errorRate,
  logLoss,
  brier,
  meanAbsoluteError,
  meanSquaredError,
];
