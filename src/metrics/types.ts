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
  /** Of the runs of several seeds: the seed whose rows these are, in the middle by its mean loss; null where it is not known. */
  readonly seed?: number | null;
  /** What each of the seeds said of the same examples. */
  readonly bySeed?: readonly SeedPredictions[];
  /** False where the model was trained on these very examples, true where each was held out from it; absent where it is not known. */
  readonly outOfSample?: boolean;
}

/** What one of several seeds said of the examples. */
export interface SeedPredictions extends Pick<
  Predictions,
  'predicted' | 'probabilities' | 'loss' | 'correct' | 'metrics'
> {
  readonly seed: number | null;
}

/** How far a number lies apart from seed to seed. */
export interface SeedSpread {
  /** Standard deviation over the seeds; NaN for one. */
  readonly sd: number;
  /** Seeds that have it. */
  readonly n: number;
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
  /** Of several seeds: the value is the mean over them, and the interval is for other seeds as well. */
  readonly seeds?: SeedSpread;
}
