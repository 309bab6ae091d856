import type { Table, Task } from '../data/types';
import type { Warning } from '../core/warning';

/** What a model said of each example, one row an example; from our models or from anywhere. */
export interface Predictions {
  readonly kind: 'predictions';
  readonly name: string;
  readonly task: Task;
  readonly n: number;
  readonly ids: readonly string[];
  readonly classes: readonly string[];
  /** Class codes, target values, or N×K zeros and ones, row by row. */
  readonly label: ArrayLike<number>;
  /**
   * Class codes (−1 where the output is not a number), predicted values, or N×K zeros and ones: 1 where the probability is
   * above 0.5.
   */
  readonly predicted: ArrayLike<number>;
  /** N×K, row by row; those of a row sum to 1 but for multi-label. Null for regression or where only predictions are known. */
  readonly probabilities: ArrayLike<number> | null;
  /** Per example: cross-entropy in nats (multi-label: mean over the labels) or squared error; null where it cannot be known. */
  readonly loss: ArrayLike<number> | null;
  /** Per example: 1 where predicted equals label, in every label for multi-label; empty for regression. */
  readonly correct: ArrayLike<number>;
  readonly metadata: Table;
  /** Mean loss, accuracy and so on over all rows, each with its interval. */
  readonly metrics: readonly MetricValue[];
  readonly warnings: readonly Warning[];
}

/** What a metric is; direction is data, never guessed from a name. */
export interface Metric {
  readonly id: string;
  readonly title: string;
  readonly higherIsBetter: boolean;
  readonly range: readonly [number, number];
  readonly unit: 'share' | 'nats' | 'target' | 'target²' | 'none';
  readonly needs: readonly ('label' | 'predicted' | 'probabilities' | 'loss')[];
  /** Tasks that it is a metric of. */
  readonly tasks: readonly Task[];
}

/** A metric on some examples, with the interval that luck alone would give it. */
export interface MetricValue {
  readonly metric: string;
  readonly value: number;
  readonly interval: readonly [number, number];
  /** Confidence level of the interval, for example 0.95. */
  readonly level: number;
  readonly n: number;
}
