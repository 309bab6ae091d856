import { InputError } from '../core/input-error';
import type { Task } from '../data/types';
import type { Predictions } from './types';

/**
 * Throws unless `value` is predictions, and of `task`, or one of several, where that is asked for.
 *
 * @param fn the public function that was called, for messages
 * @param value what was given as predictions
 * @param task the task or tasks that the function is for, if not all
 * @param param name of the argument; defaults to "predictions"
 * @param mend what to do about another task
 * @returns the same predictions
 * @throws InputError `invalid-type`, `unsupported`
 */
export function checkPredictions(
  fn: string,
  value: unknown,
  task?: Task | readonly Task[],
  param = 'predictions',
  mend?: string,
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
  const tasks = task === undefined ? [given.task] : [task].flat();
  if (!tasks.includes(given.task)) {
    throw new InputError({
      code: 'unsupported',
      fn,
      param,
      expected: `be of a ${tasks.join(' or ')} task; these are of a ${given.task} task`,
      mend,
    });
  }
  return given;
}
