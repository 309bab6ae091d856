import type { RunLog } from '../build/types';
import type { LiveRun, LiveRuns } from '../confirm/live-run';
import { InputError } from '../core/input-error';
import type { DifficultySlices } from '../look/types';
import type { Predictions } from '../metrics/types';
import type { CheckInput } from './check';

/** One run or several: a run, its log, the runs of several seeds, or an array of runs and logs. */
export type DiagnoseRuns = LiveRun | RunLog | LiveRuns | readonly (LiveRun | RunLog)[];

/** Runs, or runs with what was made of their predictions. */
export type DiagnoseSubject =
  | DiagnoseRuns
  | {
      readonly run: DiagnoseRuns;
      readonly predictions?: Predictions;
      readonly slices?: DifficultySlices;
    };

/** A run as the checks see it, and the live one behind it. */
export interface CheckSubject {
  readonly input: CheckInput;
  readonly run: LiveRun | null;
}

function refuse(received: unknown): InputError {
  return new InputError({
    code: 'invalid-type',
    fn: 'diagnose',
    param: 'run',
    expected:
      'be a run, a run log, several of them, the runs of several seeds, or { run, predictions, slices }',
    received,
  });
}

/** The runs behind a subject, one after another. */
function runsOf(given: unknown, subject: unknown): readonly (LiveRun | RunLog)[] {
  const runs = Array.isArray(given)
    ? (given as readonly (LiveRun | RunLog)[])
    : (given as LiveRuns | undefined)?.kind === 'runs'
      ? ((given as LiveRuns).runs ?? (given as LiveRuns).logs)
      : [given as LiveRun | RunLog];
  const known = runs.every((run) => run?.kind === 'run' || run?.kind === 'run-log');
  if (runs.length === 0 || !known) throw refuse(subject);
  return runs;
}

/** Returns each run that is to be looked at; throws `invalid-type` for anything else. */
export function subjectsOf(subject: DiagnoseSubject): readonly CheckSubject[] {
  const given = (typeof subject === 'object' && subject !== null ? subject : {}) as {
    readonly kind?: unknown;
    readonly run?: DiagnoseRuns;
    readonly predictions?: Predictions;
    readonly slices?: DifficultySlices;
  };
  const bare = Array.isArray(subject) || given.kind !== undefined;
  const { predictions = null, slices = null } = given;
  return runsOf(bare ? subject : given.run, subject).map((source) => {
    const run = source.kind === 'run' ? source : null;
    const log = source.kind === 'run' ? source.log : source;
    return { input: { log, predictions, slices }, run };
  });
}
