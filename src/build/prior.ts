import type { DataSummary } from './types';
import type { Task } from '../data/types';
import { mean } from '../stats/mean';

export type LossFamily = 'cross-entropy' | 'squared-error' | 'absolute-error' | 'unknown';

/**
 * Returns which known loss a configured name means, whatever its spelling.
 *
 * @example
 * lossFamily('sparseCategoricalCrossentropy') // => 'cross-entropy'
 */
export function lossFamily(name: string): LossFamily {
  const plain = name.toLowerCase().replace(/[^a-z]/g, '');
  if (/^(sparse)?(categorical|binary|softmax|sigmoid)?crossentropy/.test(plain)) return 'cross-entropy';
  if (/^(meansquarederror|mse|squarederror)$/.test(plain)) return 'squared-error';
  if (/^(meanabsoluteerror|mae|absoluteerror)$/.test(plain)) return 'absolute-error';
  return 'unknown';
}

/** Whether a loss is the mean over the output units of a binary cross-entropy each, whose prior is that of each unit. */
export const isPerUnit = (name: string): boolean =>
  /binary|sigmoid/i.test(name) && lossFamily(name) === 'cross-entropy';

/** What a predictor reaches that knows the labels' frequencies and never looks at the input. */
export interface Prior {
  /** Its loss, in the run's own loss; NaN when that loss is not known. */
  readonly loss: number;
  /**
   * Its accuracy: the share of the largest class; for multi-label the share of the labels, over all examples, that it gets right;
   * NaN for regression.
   */
  readonly accuracy: number;
  /** Classes or labels with at least one example; 0 for regression. */
  readonly classes: number;
}

/**
 * Returns the prior predictor's loss and accuracy: entropy of the class shares, for binary cross-entropy the mean entropy of
 * having each class or label or not, or the target's variance.
 * For a mean absolute error the loss is NaN, since the summary holds no median.
 */
export function priorOf(data: DataSummary, loss: string, task: Task): Prior {
  const family = lossFamily(loss);
  const { classCounts } = data;
  if (task === 'regression' || classCounts.length === 0) {
    return { loss: family === 'squared-error' ? data.targetVariance : NaN, accuracy: NaN, classes: 0 };
  }
  const several = task === 'multi-label';
  const each = classCounts.map((count) => count / (several ? data.n : sum(classCounts)));
  const shares = each.filter((share) => share > 0);
  const perUnit = each.map((share) => entropy(share) + entropy(1 - share));
  const known = family === 'cross-entropy' && (isPerUnit(loss) || !several);
  return {
    loss: known ? (isPerUnit(loss) ? mean(perUnit) : sum(shares.map(entropy))) : NaN,
    accuracy: several ? mean(each.map((share) => Math.max(share, 1 - share))) : Math.max(...shares),
    classes: shares.length,
  };
}

/** −p ln p, with 0 ln 0 = 0. */
const entropy = (share: number): number => (share > 0 ? -share * Math.log(share) : 0);
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
