import { eachSeed } from '../metrics/by-seed';
import type { Predictions, SeedSpread } from '../metrics/types';
import { acrossSeeds } from '../stats/across-seeds';
import { cochranArmitage } from '../stats/cochran-armitage';
import { linearTrend } from '../stats/linear-trend';
import { meanInterval } from '../stats/mean-interval';
import { wilsonInterval } from '../stats/wilson-interval';
import type { DifficultyTrend } from './types';

/** Error of some examples with its interval. */
export interface SliceError {
  /** Wrong predictions; NaN for regression. */
  readonly errors: number;
  /** Share of wrong predictions, or mean squared error; NaN for no examples. */
  readonly error: number;
  readonly interval: readonly [number, number];
  /** Of several seeds; the rest are means over them. */
  readonly seeds?: SeedSpread;
}

/** The error of one example: 0 or 1 (for multi-label 1 where any label is wrong), or the squared error. */
export function errorOf({ task, correct, label, predicted }: Predictions, i: number): number {
  return task === 'regression' ? ((predicted[i] ?? NaN) - label[i]) ** 2 : 1 - correct[i];
}

/**
 * Returns the error of the given examples: a share with Wilson's interval, or a mean squared error with Student's. Of several
 * seeds the mean over them, with an interval over seeds and examples.
 */
export function sliceError(predictions: Predictions, indices: readonly number[], level: number): SliceError {
  const alone = eachSeed(predictions).map((own) => sliceError(own, indices, level));
  if (alone.length > 0) {
    const top = predictions.task === 'regression' ? Infinity : 1;
    const values = alone.map(({ error, interval }) => ({ value: error, interval }));
    const { value, interval, sd, n } = acrossSeeds(values, level, [0, top]);
    const errors = alone.reduce((sum, own) => sum + own.errors, 0) / alone.length;
    return { errors, error: value, interval, seeds: { sd, n } };
  }
  const values = Float64Array.from(indices, (i) => errorOf(predictions, i));
  if (predictions.task === 'regression') {
    const { mean, interval } = meanInterval(values, level);
    return { errors: NaN, error: mean, interval };
  }
  const errors = values.reduce((sum, value) => sum + value, 0);
  const n = indices.length;
  return { errors, error: n === 0 ? NaN : errors / n, interval: wilsonInterval(errors, n, level) };
}

/**
 * Returns whether error grows or falls from slice to slice, by the number of the slice: Cochran–Armitage for 0/1 errors,
 * a weighted line with a robust standard error for squared ones. `none` when p ≥ 0.05 or where nothing can be tested.
 */
export function sliceTrend(
  predictions: Predictions,
  slices: readonly (readonly number[])[],
): DifficultyTrend {
  const { z, pValue } = predictions.task === 'regression' ? ofSquares() : ofShares();
  if (!(pValue < 0.05)) return { z, pValue, direction: 'none' };
  return { z, pValue, direction: z > 0 ? 'harder-is-worse' : 'easier-is-worse' };

  function ofShares(): { z: number; pValue: number } {
    const wrong = slices.map((rows) => rows.reduce((sum, i) => sum + errorOf(predictions, i), 0));
    return cochranArmitage(
      wrong,
      slices.map((rows) => rows.length),
    );
  }

  function ofSquares(): { z: number; pValue: number } {
    const position = slices.flatMap((rows, s) => rows.map(() => s));
    const { t, pValue: p } = linearTrend(
      position,
      slices.flatMap((rows) => rows.map((i) => errorOf(predictions, i))),
    );
    return { z: t, pValue: p };
  }
}
