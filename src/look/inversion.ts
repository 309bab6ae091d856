import { quantileBins } from './difficulty-bins';
import type { ErrorValues } from './error-values';
import { errorDifference } from './slice-cost';
import { sliceError } from './slice-errors';
import type { DifficultyHalf, DifficultyInversion } from './types';

/**
 * Returns how much worse the model is on the easier half of the examples than on the harder one, or null where it is not
 * surely so: the interval of the difference must lie above 0. Equal values stay together, so the halves can be uneven; null
 * where all are equal.
 *
 * @param difficulty one value an example; NaN is left out
 */
export function inversionOf(
  errors: ErrorValues,
  difficulty: Float64Array,
  level: number,
): DifficultyInversion | null {
  const bins = quantileBins(difficulty, 2);
  if (bins.length < 2) return null;
  const [easier, harder] = bins.map(({ indices }): DifficultyHalf => ({
    n: indices.length,
    ...sliceError(errors, indices, level),
  }));
  const { difference, interval, pValue } = errorDifference(errors, bins[0].indices, bins[1].indices, level);
  if (!(interval[0] > 0 && pValue < 1 - level)) return null;
  return { easierHalf: easier, harderHalf: harder, difference, interval, pValue };
}
