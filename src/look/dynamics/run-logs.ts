import type { RunLog } from '../../build/types';
import { InputError } from '../../core/input-error';

/** A run, its log, or anything that holds the log as `log`, such as a run of a sweep. */
export type DynamicsSubject = RunLog | { readonly log: RunLog | null };

/**
 * Returns the logs of one or several runs, each with training dynamics and all of one task.
 *
 * @throws InputError `empty`, `invalid-type`; `missing` for a log without dynamics; `length-mismatch` for two tasks
 */
export function runLogs(
  fn: string,
  param: string,
  subjects: DynamicsSubject | readonly DynamicsSubject[],
): readonly RunLog[] {
  const list = (Array.isArray(subjects) ? subjects : [subjects]) as readonly (DynamicsSubject | undefined)[];
  if (list.length === 0)
    throw new InputError({ code: 'empty', fn, param, expected: 'hold at least one run' });
  const logs = list.map((given) => {
    const log = given && 'log' in given ? given.log : (given as RunLog | null | undefined);
    if (log?.kind !== 'run-log') {
      throw new InputError({
        code: 'invalid-type',
        fn,
        param,
        expected: 'be a run or its log',
        received: given,
        mend: given && 'log' in given && given.log === null ? 'Leave out the runs that failed.' : undefined,
      });
    }
    if (!log.examples) {
      throw new InputError({
        code: 'missing',
        fn,
        param,
        expected: 'hold training dynamics of single examples; this one has none',
        mend: 'Train with fit, which records them.',
      });
    }
    return log;
  });
  const [first] = logs;
  const odd = logs
    .slice(1)
    .find(({ task, classes }) => task !== first.task || classes.join('\n') !== first.classes.join('\n'));
  if (odd) {
    throw new InputError({
      code: 'length-mismatch',
      fn,
      param,
      expected: `be of one task and the same classes; "${first.name}" and "${odd.name}" are not`,
    });
  }
  return logs;
}
