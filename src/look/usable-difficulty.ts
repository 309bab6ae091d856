import type { Warnings } from '../core/warning';
import type { Predictions } from '../metrics/types';
import type { ErrorValues } from './error-values';
import { matchById } from './sources/match-by-id';
import type { Difficulty } from './types';
import { warnUnknown } from './warn-unknown';

/** Returns the difficulty in the order of the predictions, NaN also where the example's error is unknown. */
export function usableDifficulty(
  fn: string,
  { ids, n }: Predictions,
  by: Difficulty,
  errors: ErrorValues,
  warnings: Warnings,
): Float64Array {
  const sameOrder = by.ids.length === n && by.ids.every((id, i) => id === ids[i]);
  const values = sameOrder
    ? Float64Array.from({ length: n }, (_, i) => by.values[i] ?? NaN)
    : matchById(fn, 'by', ids, by.ids, (row) => by.values[row] ?? NaN);
  const unmatched = sameOrder ? 0 : values.reduce((sum, v) => sum + (Number.isNaN(v) ? 1 : 0), 0);
  if (unmatched > by.missing) {
    warnings.add('unmatched', `${unmatched} of ${n} examples have no difficulty under their id.`, unmatched);
  }
  let unknown = 0;
  for (let i = 0; i < n; i++) {
    if (Number.isNaN(values[i]) || Number.isFinite(errors.values[i])) continue;
    values[i] = NaN;
    unknown++;
  }
  warnUnknown(warnings, 'error', unknown, n);
  return values;
}
