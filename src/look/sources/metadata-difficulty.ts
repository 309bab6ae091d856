import { check, text } from '../../core/options';
import type { Predictions } from '../../metrics/types';
import type { MetadataDifficulty } from '../difficulty-options';
import { columnDifficulty, metadataColumn, REVERSED } from './column-difficulty';
import type { SourceValues } from './source-values';

/** Difficulty from a metadata column. */
export function metadataDifficulty(
  fn: string,
  { metadata }: Predictions,
  { column, higherIsHarder = true, order }: MetadataDifficulty,
): SourceValues {
  check(fn, 'column', column, text);
  const values = columnDifficulty(fn, metadata, column, higherIsHarder, order);
  return {
    source: 'metadata',
    title: higherIsHarder ? column : REVERSED + column,
    unit: metadataColumn(fn, 'column', metadata, column).type === 'date' ? 'date' : '',
    values,
    circular: false,
    ...(order && { levels: order }),
  };
}
