import { InputError } from '../../core/input-error';
import { checkSameLength } from '../../core/options';
import type { Predictions } from '../../metrics/types';
import type { HumanDifficulty } from '../difficulty-options';
import { columnDifficulty, REVERSED } from './column-difficulty';
import type { SourceValues } from './source-values';

/** Difficulty as people found it: given values, or a metadata column. */
export function humanDifficulty(
  fn: string,
  { metadata, n }: Predictions,
  { column, values, higherIsHarder = true }: HumanDifficulty,
): SourceValues {
  if ((column === undefined) === (values === undefined)) {
    throw new InputError({
      code: 'missing',
      fn,
      param: 'values',
      expected: 'be given, or "column", and not both',
    });
  }
  const words = column ?? 'difficulty for people';
  const shared = {
    source: 'human',
    title: higherIsHarder ? words : REVERSED + words,
    unit: '',
    circular: false,
  } as const;
  if (column !== undefined) {
    return { ...shared, values: columnDifficulty(fn, metadata, column, higherIsHarder) };
  }
  const given = values!;
  checkSameLength(fn, { predictions: n, values: given.length });
  const sign = higherIsHarder ? 1 : -1;
  return { ...shared, values: Float64Array.from({ length: n }, (_, i) => sign * (given[i] ?? NaN)) };
}
