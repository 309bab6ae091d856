import type { RunLog } from '../build/types';
import { checkKind } from './check-kind';
import { lineOf, type CurveLine, type Side } from './curve-lines';

/** Several runs that differ in their seeds. */
export interface SeededLogs {
  readonly kind: 'runs';
  readonly name: string;
  readonly logs: readonly RunLog[];
}

/** A run, its log, or the runs of several seeds. */
export type CurveSubject = RunLog | { readonly kind: 'run'; readonly log: RunLog } | SeededLogs;

/** What one set of lines is drawn of: one log, or the logs of several seeds. */
export interface CurveGroup {
  readonly name: string;
  readonly logs: readonly RunLog[];
}

/** Returns the logs behind a subject; throws `invalid-type` for anything else. */
export function groupOf(fn: string, subject: CurveSubject): CurveGroup {
  const given = subject as CurveSubject | undefined;
  if (given?.kind === 'runs') return { name: given.name, logs: given.logs };
  const log = given?.kind === 'run' ? given.log : given;
  checkKind(fn, 'logs', log, 'run-log');
  return { name: log!.name, logs: [log!] };
}

/** A line, and those it is the mean of where there are several. */
export interface GroupLine {
  readonly line: CurveLine;
  readonly raw: readonly CurveLine[];
}

/**
 * Returns a metric of a group over the epochs. Of several seeds it is the mean, with the standard deviation over seeds,
 * where at least half of them have a value.
 */
export function groupLine({ logs }: CurveGroup, metric: string, side: Side): GroupLine {
  const lines = logs.map((log) => lineOf(log, metric, side));
  if (lines.length === 1) return { line: lines[0], raw: [] };
  const byEpoch = new Map<number, number[]>();
  for (const { epochs, values } of lines) {
    epochs.forEach((epoch, i) => {
      const all = byEpoch.get(epoch);
      if (all) all.push(values[i]);
      else byEpoch.set(epoch, [values[i]]);
    });
  }
  const kept = [...byEpoch].filter(([, all]) => 2 * all.length >= logs.length).sort(([a], [b]) => a - b);
  const means = kept.map(([, all]) => all.reduce((sum, value) => sum + value, 0) / all.length);
  const deviations = kept.map(([, all], i) =>
    all.length < 2
      ? 0
      : Math.sqrt(all.reduce((sum, value) => sum + (value - means[i]) ** 2, 0) / (all.length - 1)),
  );
  return { line: { epochs: kept.map(([epoch]) => epoch), values: means, errors: deviations }, raw: lines };
}
