import { asResult } from '../core/showable';
import { collectWarnings, type Warnings } from '../core/warning';
import type { Table, Task } from '../data/types';
import type { ScoredExamples } from './metric-definition';
import { metricApplies, metricValue } from './metric-value';
import { METRICS } from './metrics';
import type { Predictions } from './types';

/** Smallest probability that a loss is taken of, as in Keras: a sure and wrong model has a loss of 16.1, not Infinity. */
const LEAST_PROBABILITY = 1e-7;

/** What must be known of predictions; the rest follows from it. */
export interface PredictionParts {
  readonly name: string;
  readonly task: Task;
  readonly classes: readonly string[];
  readonly ids: readonly string[];
  readonly label: ArrayLike<number>;
  readonly predicted: ArrayLike<number>;
  /** N×K, row by row, or null. */
  readonly probabilities: ArrayLike<number> | null;
  readonly metadata: Table;
}

function lossOf(parts: PredictionParts): Float64Array | null {
  const { task, classes, label, predicted, probabilities } = parts;
  if (task === 'regression') return Float64Array.from(label, (value, i) => (predicted[i] - value) ** 2);
  if (probabilities === null) return null;
  const k = classes.length;
  return Float64Array.from(label, (code, i) => -Math.log(clip(probabilities[i * k + code])));
}

const clip = (p: number): number => Math.min(1, Math.max(LEAST_PROBABILITY, p));

/**
 * Returns whole predictions from validated parts: per-example loss (cross-entropy in nats with probabilities kept
 * above 1e-7, or squared error), correctness, and every metric that applies with its 95 % interval.
 *
 * @param parts columns of equal length, already checked
 * @param warnings what the parts' maker had to say; further warnings are added
 * @returns a result record of kind `predictions`
 */
export function completePredictions(
  parts: PredictionParts,
  warnings: Warnings = collectWarnings(),
): Predictions {
  const n = parts.label.length;
  const correct =
    parts.task === 'regression'
      ? new Uint8Array(0)
      : Uint8Array.from(parts.label, (code, i) => (code === parts.predicted[i] ? 1 : 0));
  const examples: ScoredExamples = { ...parts, n, loss: lossOf(parts), correct };
  const metrics = METRICS.filter((metric) => metricApplies(metric, examples)).map((metric) =>
    metricValue(examples, metric.id),
  );
  return asResult({
    kind: 'predictions',
    name: parts.name,
    task: parts.task,
    n,
    ids: parts.ids,
    classes: parts.classes,
    label: parts.label,
    predicted: parts.predicted,
    probabilities: parts.probabilities,
    loss: examples.loss,
    correct,
    metadata: parts.metadata,
    metrics,
    warnings: warnings.list(),
  });
}
