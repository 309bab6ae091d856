import { InputError } from '../../core/input-error';
import type { Predictions } from '../../metrics/types';
import type { OwnLossDifficulty } from '../difficulty-options';
import type { SourceValues } from './source-values';

/** The model's own loss as difficulty: circular. */
export function ownLossDifficulty(
  fn: string,
  { loss, n, task }: Predictions,
  { source }: OwnLossDifficulty,
): SourceValues {
  if (loss === null) {
    throw new InputError({
      code: 'missing',
      fn,
      param: 'predictions',
      expected: 'know the loss of each example; these have predicted classes only',
      mend: 'Give probabilities to predictionsFrom, or use another source of difficulty.',
    });
  }
  return {
    source,
    title: 'own loss',
    unit: task === 'regression' ? 'target²' : 'nats',
    values: Float64Array.from({ length: n }, (_, i) => loss[i] ?? NaN),
    circular: true,
  };
}
