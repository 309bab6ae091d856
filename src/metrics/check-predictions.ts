import { InputError } from '../core/input-error';
import type { Task } from '../data/types';
import type { Predictions } from './types';

/**
 * Throws unless `value` is predictions, and of `task` where one is asked for.
 *
 * @param fn the public function that was called, for messages
 * @param value what was given as predictions
 * @param task the task that the function is for, if not both
 * @param param name of the argument; defaults to "predictions"
 * @returns the same predictions
 * @throws InputError `invalid-type`, `unsupported`
 */
export function checkPredictions(
  fn: string,
  value: unknown,
  task?: Task,
  param = 'predictions',
): Predictions {
  const given = value as Predictions | null | undefined;
  if (typeof given !== 'object' || given?.kind !== 'predictions') {
    throw new InputError({
      code: 'invalid-type',
      fn,
      param,
      expected: 'be predictions',
      received: value,
      mend: 'Make them with evaluate(model, dataset) or predictionsFrom(table, …).',
    });
  }
  if (task !== undefined && given.task !== task) {
    throw new InputError({
      code: 'unsupported',
      fn,
      param,
      expected: `be of a ${task} task; these are of a ${given.task} task`,
    });
  }
  return given;
}
