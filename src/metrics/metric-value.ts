import { InputError } from '../core/input-error';
import { check, checkOptions, numberIn, numbers, text } from '../core/options';
import { nearestName } from '../core/nearest-name';
import { effectiveWilson } from '../stats/effective-wilson';
import { meanInterval } from '../stats/mean-interval';
import { wilsonInterval } from '../stats/wilson-interval';
import type { MeanMetric, MetricDefinition, ScoredExamples } from './metric-definition';
import { METRICS } from './metrics';
import type { MetricValue } from './types';

/** Options of {@link metricValue}. */
export interface MetricValueOptions {
  /** Confidence level strictly between 0 and 1; defaults to 0.95. */
  readonly level?: number;
  /** Examples to look at; defaults to all. */
  readonly indices?: ArrayLike<number>;
}

/** True when the examples hold what the metric needs. */
export function metricApplies(metric: MetricDefinition, examples: ScoredExamples): boolean {
  return metric.tasks.includes(examples.task) && metric.needs.every((need) => examples[need] !== null);
}

/** Finds a metric by id, or says which one was nearest. */
function metricNamed(fn: string, id: string): MetricDefinition {
  check(fn, 'metric', id, text);
  const found = METRICS.find((metric) => metric.id === id);
  if (found) return found;
  const known = METRICS.map((metric) => metric.id);
  const near = nearestName(id, known);
  throw new InputError({
    code: 'unknown-name',
    fn,
    param: 'metric',
    expected: `be one of ${known.map((name) => `"${name}"`).join(', ')}`,
    received: id,
    mend: near && `Did you mean "${near}"?`,
  });
}

/**
 * Returns a metric on predictions, or on some of them, with its interval: Wilson's for shares (where they are no plain counts of
 * examples, at the size that their standard error speaks of), Student's t for means.
 * The interval is that of luck in the examples alone; it knows nothing of other seeds or other data.
 *
 * @param predictions from `evaluate` or `predictionsFrom`
 * @param metric id: "accuracy", "errorRate", "logLoss", "brier", "hammingLoss", "microF1", "macroF1", "meanAbsoluteError",
 *   "meanSquaredError"
 * @param options level; defaults to 0.95. indices; defaults to all examples
 * @returns the value in the metric's unit; NaN for no examples. Examples whose value is NaN are left out of `n`
 * @throws InputError `unknown-name`, `unsupported` when the predictions lack what the metric needs, `out-of-range`
 * @example
 * const p = { task: 'classification', n: 4, classes: ['a', 'b'], label: [0, 0, 1, 1], predicted: [0, 1, 1, 1],
 *   probabilities: null, loss: null, correct: [1, 0, 1, 1] };
 * metricValue(p, 'accuracy').value // => 0.75
 */
export function metricValue(
  predictions: ScoredExamples,
  metric: string,
  options: MetricValueOptions = {},
): MetricValue {
  const fn = 'metricValue';
  const { level = 0.95, indices } = checkOptions(fn, options, {
    level: numberIn(0, 1, { open: true }),
    indices: numbers,
  });
  const definition = metricNamed(fn, metric);
  if (!metricApplies(definition, predictions)) {
    throw new InputError({
      code: 'unsupported',
      fn,
      param: 'metric',
      expected: `be one that these predictions can give: ${definition.id} needs ${definition.needs.join(', ')} of a ${definition.tasks.join(' or ')} task`,
      received: metric,
    });
  }
  const rows = indices ?? Int32Array.from({ length: predictions.n }, (_, i) => i);
  if ('ofExamples' in definition) {
    const { value, standardError, n } = definition.ofExamples(predictions, rows);
    return {
      metric,
      value,
      interval: effectiveWilson(value, standardError, n, level),
      level,
      n: rows.length,
    };
  }
  return { metric, level, ...meanOf(definition, predictions, rows, level) };
}

/** Mean over the examples and its interval. */
function meanOf(
  metric: MeanMetric,
  predictions: ScoredExamples,
  rows: ArrayLike<number>,
  level: number,
): Pick<MetricValue, 'value' | 'interval' | 'n'> {
  const values = Float64Array.from(rows, (row) => metric.ofExample(predictions, row));
  const count = values.length;
  if (metric.unit !== 'share') {
    const { mean, interval, n } = meanInterval(values, level);
    return { value: mean, interval, n };
  }
  const sum = values.reduce((total, value) => total + value, 0);
  const value = count === 0 ? NaN : sum / count;
  if (Number.isInteger(sum) && values.every(Number.isInteger)) {
    return { value, interval: wilsonInterval(sum, count, level), n: count };
  }
  const { standardError } = meanInterval(values, level);
  return { value, interval: effectiveWilson(value, standardError, count, level), n: count };
}
