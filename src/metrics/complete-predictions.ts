import { asResult } from '../core/showable';
import { collectWarnings, type Warnings } from '../core/warning';
import { labelWidth } from '../data/label-rows';
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
  if (task === 'multi-label')
    return Float64Array.from(parts.ids, (_, i) => labelLoss(label, probabilities, k, i));
  return Float64Array.from(label, (code, i) => -Math.log(clip(probabilities[i * k + code])));
}

/** Mean over the labels of the binary cross-entropy of example i. */
function labelLoss(label: ArrayLike<number>, probabilities: ArrayLike<number>, k: number, i: number): number {
  let sum = 0;
  for (let at = i * k; at < (i + 1) * k; at++) {
    const p = probabilities[at];
    sum -= Math.log(clip(label[at] === 1 ? p : 1 - p));
  }
  return sum / k;
}

/** 1 where all that is predicted of an example is true. */
function correctOf({ task, classes, ids, label, predicted }: PredictionParts): Uint8Array {
  if (task === 'regression') return new Uint8Array(0);
  const width = labelWidth({ task, classes });
  return Uint8Array.from(ids, (_, i) => {
    for (let at = i * width; at < (i + 1) * width; at++) if (label[at] !== predicted[at]) return 0;
    return 1;
  });
}

/** Says which labels no example has and none is predicted to have: their F1 is 0/0, so the mean over labels leaves them out. */
function warnOfAbsent({ task, classes, label, predicted }: PredictionParts, warnings: Warnings): void {
  if (task !== 'multi-label') return;
  const k = classes.length;
  const there = new Set<number>();
  for (let at = 0; at < label.length; at++) if (label[at] === 1 || predicted[at] === 1) there.add(at % k);
  const absent = classes.filter((_, code) => !there.has(code));
  if (absent.length === 0) return;
  const shown = absent.slice(0, 5).join(', ') + (absent.length > 5 ? ', …' : '');
  const message = `${absent.length} of ${k} labels are neither given nor predicted in any example (${shown}); macroF1 leaves them out.`;
  warnings.add('absent-labels', message, absent.length);
}

const clip = (p: number): number => Math.min(1, Math.max(LEAST_PROBABILITY, p));

/**
 * Returns whole predictions from validated parts: per-example loss (cross-entropy in nats with probabilities kept
 * above 1e-7, for multi-label its mean over the labels; or squared error), correctness, and every metric that applies with its 95 % interval.
 *
 * @param parts columns of equal length, already checked
 * @param warnings what the parts' maker had to say; further warnings are added
 * @returns a result record of kind `predictions`
 */
export function completePredictions(
  parts: PredictionParts,
  warnings: Warnings = collectWarnings(),
): Predictions {
  const n = parts.ids.length;
  const correct = correctOf(parts);
  warnOfAbsent(parts, warnings);
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
