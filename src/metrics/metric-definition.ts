import type { Metric, Predictions } from './types';

/** What a metric may look at: predictions before their own metrics are known. */
export type ScoredExamples = Pick<
  Predictions,
  'task' | 'n' | 'classes' | 'label' | 'predicted' | 'probabilities' | 'loss' | 'correct'
>;

/** A metric with the number that each example adds to it; the metric is their mean. */
export interface MetricDefinition extends Metric {
  /** Value of example i; NaN where it cannot be known. */
  readonly ofExample: (examples: ScoredExamples, i: number) => number;
}
