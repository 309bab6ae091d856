import type { RunLog } from '../../build/types';
import { InputError } from '../../core/input-error';

/** A run, its log, the runs of several seeds, or anything that holds the log as `log`, such as a run of a sweep. */
export type DynamicsSubject =
  RunLog | { readonly log: RunLog | null } | { readonly kind: 'runs'; readonly logs: readonly RunLog[] };

/** Epochs that a run did; the log of a long one has records of some of them. */
export const epochsDone = ({ epochs }: RunLog): number => epochs.at(-1)?.epoch ?? 0;

type One = RunLog | { readonly log: RunLog | null } | undefined;

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
  const given = (Array.isArray(subjects) ? subjects : [subjects]) as readonly (DynamicsSubject | undefined)[];
  const list = given.flatMap((one): readonly One[] => (one && 'logs' in one ? one.logs : [one]));
  if (list.length === 0)
    throw new InputError({ code: 'empty', fn, param, expected: 'hold at least one run' });
  const logs = list.map((one) => {
    const log = one && 'log' in one ? one.log : (one as RunLog | undefined);
    if (log?.kind !== 'run-log') {
      throw new InputError({
        code: 'invalid-type',
        fn,
        param,
        expected: 'be a run or its log',
        received: one,
        mend: one && 'log' in one && one.log === null ? 'Leave out the runs that failed.' : undefined,
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
