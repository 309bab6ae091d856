import type { Metric, Predictions } from './types';

/** What a metric may look at: predictions before their own metrics are known. */
export type ScoredExamples = Pick<
  Predictions,
  'task' | 'n' | 'classes' | 'label' | 'predicted' | 'probabilities' | 'loss' | 'correct'
>;

/** A metric with the number that each example adds to it; the metric is their mean. */
export interface MeanMetric extends Metric {
  /** Value of example i; NaN where it cannot be known. */
  readonly ofExample: (examples: ScoredExamples, i: number) => number;
}

/** A share that is no mean over examples, with the error that luck in the examples gives it. */
export interface EstimatedShare {
  readonly value: number;
  /** To first order in the examples (delta method). */
  readonly standardError: number;
  /** Examples that it rests on. */
  readonly n: number;
}

/** A metric of examples taken together, such as a ratio of sums. */
export interface JointMetric extends Metric {
  readonly ofExamples: (examples: ScoredExamples, rows: ArrayLike<number>) => EstimatedShare;
}

/** What a metric is and how its value comes about. */
export type MetricDefinition = MeanMetric | JointMetric;
