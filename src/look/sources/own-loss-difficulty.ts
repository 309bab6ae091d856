import type { Predictions } from '../../metrics/types';
import type { OwnLossDifficulty } from '../difficulty-options';
import { REVERSED } from './column-difficulty';
import { OUTPUT_WORDS, outputMeasure, outputUnit, refuseMeasure } from './output-measures';
import type { SourceValues } from './source-values';

/** What the model itself makes of each example: circular. */
export function ownLossDifficulty(
  fn: string,
  predictions: Predictions,
  { source, measure = 'loss' }: OwnLossDifficulty,
): SourceValues {
  const values =
    outputMeasure(predictions, measure) ?? refuseMeasure(fn, 'predictions', predictions, measure);
  const [word, sign] = OUTPUT_WORDS[measure];
  return {
    source,
    title: `${sign < 0 ? REVERSED : ''}own ${word}`,
    unit: outputUnit(predictions, measure),
    values: values.map((value) => sign * value),
    circular: true,
  };
}
