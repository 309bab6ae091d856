import { InputError } from '../core/input-error';
import { eachSeed } from '../metrics/by-seed';
import type { Predictions } from '../metrics/types';

/** What is sliced: "error", wrong or right (of values the squared error), or "loss", the loss of each example. */
export type SlicedMeasure = 'error' | 'loss';

export type SlicedMetric = 'error-rate' | 'mean-squared-error' | 'mean-loss';

/** One number an example: how wrong the model is on it. */
export interface ErrorValues {
  readonly metric: SlicedMetric;
  /** 0 or 1 each, to be counted. */
  readonly counted: boolean;
  /** N; NaN where it is not known. Of several seeds those of the typical one. */
  readonly values: Float64Array;
  /** N for each of several seeds; empty where there are none. */
  readonly bySeed: readonly Float64Array[];
}

/** The error of one example: 0 or 1 (for multi-label 1 where any label is wrong), or the squared error. */
export function errorOf({ task, correct, label, predicted }: Predictions, i: number): number {
  return task === 'regression' ? ((predicted[i] ?? NaN) - label[i]) ** 2 : 1 - correct[i];
}

function valuesOf(predictions: Predictions, measure: SlicedMeasure): Float64Array {
  const { n, loss } = predictions;
  return Float64Array.from({ length: n }, (_, i) => {
    const value = measure === 'loss' ? loss![i] : errorOf(predictions, i);
    return Number.isFinite(value) ? value : NaN;
  });
}

/**
 * Returns how wrong the model is on each example.
 *
 * @throws InputError `missing` for losses that are not known
 */
export function errorValues(fn: string, predictions: Predictions, measure: SlicedMeasure): ErrorValues {
  const { task, loss } = predictions;
  if (measure === 'loss' && loss === null) {
    throw new InputError({
      code: 'missing',
      fn,
      param: 'measure',
      expected: 'be "error": the loss of these predictions is not known',
      received: measure,
      mend: 'Give probabilities to predictionsFrom.',
    });
  }
  const counted = measure === 'error' && task !== 'regression';
  return {
    metric: counted ? 'error-rate' : task === 'regression' ? 'mean-squared-error' : 'mean-loss',
    counted,
    values: valuesOf(predictions, measure),
    bySeed: eachSeed(predictions).map((own) => valuesOf(own, measure)),
  };
}
