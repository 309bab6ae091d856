import type { DataSummary } from '../build/types';

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

/** What a predictor reaches that knows the labels' frequencies and never looks at the input. */
export interface Prior {
  /** Its loss, in the run's own loss; NaN when that loss is not known. */
  readonly loss: number;
  /** Its accuracy: the share of the largest class; NaN for regression. */
  readonly accuracy: number;
  /** Classes with at least one example; 0 for regression. */
  readonly classes: number;
}

/**
 * Returns the prior predictor's loss and accuracy: entropy of the class shares, or the target's variance.
 * For a mean absolute error the loss is NaN, since the summary holds no median.
 */
export function priorOf(data: DataSummary, loss: string): Prior {
  const family = lossFamily(loss);
  const total = data.classCounts.reduce((sum, count) => sum + count, 0);
  if (total === 0) {
    return { loss: family === 'squared-error' ? data.targetVariance : NaN, accuracy: NaN, classes: 0 };
  }
  const shares = data.classCounts.filter((count) => count > 0).map((count) => count / total);
  const entropy = -shares.reduce((sum, share) => sum + share * Math.log(share), 0);
  return {
    loss: family === 'cross-entropy' ? entropy : NaN,
    accuracy: Math.max(...shares),
    classes: shares.length,
  };
}
