import type { RunLog } from '../../build/types';
import { InputError } from '../../core/input-error';
import type { Task } from '../../data/types';
import type { MeanMetric } from '../../metrics/metric-definition';
import { METRICS } from '../../metrics/metrics';

const USUAL: Readonly<Record<Task, string>> = {
  classification: 'errorRate',
  'multi-label': 'hammingLoss',
  regression: 'meanSquaredError',
};
/** Losses of a run that are a metric's mean over the examples. */
const AS_LOSS: Readonly<Record<string, RegExp>> = {
  logLoss: /crossentropy$/i,
  meanSquaredError: /^meanSquaredError$/,
  meanAbsoluteError: /^meanAbsoluteError$/,
};

/** Returns the metric of that name, or the usual one, whose lower values are better. */
export function lowerMetric(fn: string, task: Task, id: string | undefined): MeanMetric {
  const fitting = METRICS.filter(
    (metric): metric is MeanMetric =>
      !metric.higherIsBetter && 'ofExample' in metric && metric.tasks.includes(task),
  );
  const found = fitting.find((metric) => metric.id === (id ?? USUAL[task]));
  if (found) return found;
  throw new InputError({
    code: 'unknown-name',
    fn,
    param: 'metric',
    expected: `be one of ${fitting.map((metric) => `"${metric.id}"`).join(', ')}: those of a ${task} task whose lower values are better`,
    received: id,
    mend: id === 'accuracy' ? 'Use "errorRate", which is 1 − accuracy.' : undefined,
  });
}

/** Returns a metric on the training examples at the end of a run; NaN where the log does not have it. */
export function trainScore(log: RunLog, metric: string): number {
  const scores = log.epochs.at(-1)?.train;
  if (!scores) return NaN;
  if (metric in scores.metrics) return scores.metrics[metric].value;
  if (metric === 'errorRate' && 'accuracy' in scores.metrics) return 1 - scores.metrics.accuracy.value;
  return AS_LOSS[metric]?.test(log.config.loss) ? scores.loss.value : NaN;
}
