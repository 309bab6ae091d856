import { check, text } from '../../core/options';
import type { Predictions } from '../../metrics/types';
import type { MetadataDifficulty } from '../difficulty-options';
import { columnDifficulty, REVERSED } from './column-difficulty';
import type { SourceValues } from './source-values';

/** Difficulty from a metadata column. */
export function metadataDifficulty(
  fn: string,
  { metadata }: Predictions,
  { column, higherIsHarder = true }: MetadataDifficulty,
): SourceValues {
  check(fn, 'column', column, text);
  return {
    source: 'metadata',
    title: higherIsHarder ? column : REVERSED + column,
    unit: '',
    values: columnDifficulty(fn, metadata, column, higherIsHarder),
    circular: false,
  };
}
