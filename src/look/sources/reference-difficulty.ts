import { checkPredictions } from '../../metrics/check-predictions';
import type { Predictions } from '../../metrics/types';
import type { ReferenceModelDifficulty } from '../difficulty-options';
import { matchById } from './match-by-id';
import type { SourceValues } from './source-values';

/** Loss of another model, matched by id; 0 or 1 for right or wrong where it has no loss. */
export function referenceDifficulty(
  fn: string,
  predictions: Predictions,
  { reference }: ReferenceModelDifficulty,
): SourceValues {
  checkPredictions(fn, reference, predictions.task, 'reference');
  const { loss, correct, task } = reference;
  const lossUnit = task === 'regression' ? 'target²' : 'nats';
  const value = loss ? (row: number): number => loss[row] ?? NaN : (row: number): number => 1 - correct[row];
  return {
    source: 'reference-model',
    title: loss ? 'loss of the reference model' : 'wrong by the reference model',
    unit: loss ? lossUnit : '',
    values: matchById(fn, 'reference', predictions.ids, reference.ids, value),
    circular: reference === predictions,
  };
}
