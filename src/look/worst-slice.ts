import { InputError } from '../core/input-error';
import type { DifficultySlice, DifficultySlices } from './types';

/**
 * Returns the slice that is surely bad: the highest lower bound of its interval among slices with errors.
 * A tiny slice that is all wrong loses against a large one that is half wrong. Equal bounds: the easier slice.
 *
 * @param slices from `sliceByDifficulty`
 * @returns the slice, or null when no slice has an error
 * @throws InputError `invalid-type`
 * @example
 * const rows = [1, 2, 3, 4].map((ink) => ({ y: 'a', p: ink > 2 ? 'b' : 'a', ink }));
 * const p = predictionsFrom(rows, { label: 'y', predicted: 'p', metadata: ['ink'] });
 * worstSlice(sliceByDifficulty(p, { by: { source: 'metadata', column: 'ink' }, bins: 2 })).label // => 'hardest half, ink ≥ 3'
 */
export function worstSlice(slices: DifficultySlices): DifficultySlice | null {
  if ((slices as DifficultySlices | undefined)?.kind !== 'difficulty-slices') {
    throw new InputError({
      code: 'invalid-type',
      fn: 'worstSlice',
      param: 'slices',
      expected: 'be what sliceByDifficulty returned',
      received: slices,
    });
  }
  let worst: DifficultySlice | null = null;
  for (const slice of slices.slices) {
    if (!(slice.error > 0) || Number.isNaN(slice.interval[0] ?? NaN)) continue;
    if (worst === null || slice.interval[0] > worst.interval[0]) worst = slice;
  }
  return worst;
}
