import { InputError } from '../core/input-error';
import { nearestName } from '../core/nearest-name';
import type { Dataset } from '../data/types';
import { LOSSES, type Loss, type LossName } from '../engine/losses';

/** The loss for a data set and a number of output units, by name or the usual one for the task. */
export function lossOf(fn: string, name: string | undefined, data: Dataset, units: number): Loss {
  if (name === undefined) {
    if (data.task === 'regression') return LOSSES.meanSquaredError;
    if (data.task === 'multi-label') return LOSSES.binaryCrossentropy;
    return units === 1 ? LOSSES.binaryCrossentropy : LOSSES.sparseCategoricalCrossentropy;
  }
  const found = LOSSES[name as LossName];
  if (found) return found;
  const known = Object.keys(LOSSES);
  const near = nearestName(name, known);
  throw new InputError({
    code: 'unknown-name',
    fn,
    param: 'loss',
    expected: `be one of ${known.join(', ')}`,
    received: name,
    mend: near && `Did you mean "${near}"?`,
  });
}
