import type { RunLog } from '../build/types';
import { confirmFinding } from '../confirm/confirm-finding';
import { findDuplicates } from '../confirm/duplicates';
import type { LiveRun } from '../confirm/live-run';
import { InputError } from '../core/input-error';
import { nearestName } from '../core/nearest-name';
import { checkOptions, numberIn, anything } from '../core/options';
import { asResult } from '../core/showable';
import { collectWarnings } from '../core/warning';
import type { DifficultySlices } from '../look/types';
import type { Predictions } from '../metrics/types';
import type { Check, CheckInput } from './check';
import { CHECKS } from './checks';
import type { Finding, Report } from './report';
import { runCheck, type CheckRun } from './run-check';
import type { FindingData, Severity } from './types';
import { summarise } from './words';

/** A run, its log, or either with what was made of its predictions. */
export type DiagnoseSubject =
  | LiveRun
  | RunLog
  | {
      readonly run: LiveRun | RunLog;
      readonly predictions?: Predictions;
      readonly slices?: DifficultySlices;
    };

export interface DiagnoseOptions {
  /** Ids of the checks to run; defaults to all. */
  readonly checks?: readonly string[];
  /** Share of healthy runs on which all checks together should keep quiet, in (0, 1); defaults to 0.95. */
  readonly level?: number;
}

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];

function inputOf(subject: DiagnoseSubject): { input: CheckInput; run: LiveRun | null } {
  const given = (typeof subject === 'object' && subject !== null ? subject : {}) as {
    readonly kind?: unknown;
    readonly run?: LiveRun | RunLog;
    readonly predictions?: Predictions;
    readonly slices?: DifficultySlices;
  };
  const source = (given.kind === undefined ? given.run : subject) as LiveRun | RunLog | undefined;
  if (source?.kind !== 'run' && source?.kind !== 'run-log') {
    throw new InputError({
      code: 'invalid-type',
      fn: 'diagnose',
      param: 'run',
      expected: 'be a run, a run log, or { run, predictions, slices }',
      received: subject,
    });
  }
  const run = source.kind === 'run' ? source : null;
  const log = source.kind === 'run' ? source.log : source;
  const copiesKnown = Boolean(run?.train && run.validation);
  const duplicates = copiesKnown ? findDuplicates(run!.train!, run!.validation!) : null;
  const input = { log, predictions: given.predictions ?? null, slices: given.slices ?? null, duplicates };
  return { input, run };
}

function chosenChecks(ids: readonly string[] | undefined): readonly Check[] {
  if (ids === undefined) return CHECKS;
  const known = CHECKS.map(({ id }) => id);
  const valid = Array.isArray(ids) && ids.length > 0;
  const unknown = valid ? ids.find((id) => !known.includes(id)) : ids;
  if (unknown !== undefined) {
    const near = typeof unknown === 'string' ? nearestName(unknown, known) : undefined;
    throw new InputError({
      code: valid ? 'unknown-name' : 'invalid-type',
      fn: 'diagnose',
      param: 'checks',
      expected: `list one or more of ${known.join(', ')}`,
      received: unknown,
      mend: near && `Did you mean "${near}"?`,
    });
  }
  return CHECKS.filter(({ id }) => ids.includes(id));
}

function liveFinding(data: FindingData, run: LiveRun | null, slices: DifficultySlices | null): Finding {
  return asResult(data, {
    confirm: (options = {}) => confirmFinding(run, data, slices, options),
  } as Pick<Finding, 'confirm'>);
}

function reportOf(name: string, runs: readonly CheckRun[], live: (data: FindingData) => Finding): Report {
  const weight = (finding: FindingData): number => finding.causes[0]?.weight ?? 0;
  const rank = (finding: FindingData): number => SEVERITIES.indexOf(finding.severity);
  const findings = runs
    .flatMap((run) => run.findings)
    .sort((a, b) => rank(a) - rank(b) || weight(b) - weight(a))
    .map(live);
  const outcomes = runs.map((run) => run.outcome);
  const count = (status: string): number => outcomes.filter((outcome) => outcome.status === status).length;
  const warnings = collectWarnings();
  for (const { check, status, reason } of outcomes) {
    if (status === 'failed') warnings.add('check-failed', `The check ${check} failed: ${reason}`);
  }
  const summary = summarise(
    name,
    findings.map(({ message }) => message),
    {
      looked: count('nothing-found') + count('found'),
      cannotTell: count('cannot-tell'),
      skipped: count('skipped'),
      failed: count('failed'),
    },
  );
  return asResult({ kind: 'report' as const, name, summary, findings, outcomes, warnings: warnings.list() });
}

/**
 * Returns what looks strange in a run, worst first, with the outcome of every check.
 * A check whose needs lack is `skipped` with the reason; one that throws is `failed`, and the others still run.
 * All checks together share the false alarms that `level` allows (Bonferroni); what they really raise on healthy
 * runs is counted by `bench faults` and stands on each finding. On a log that was read from a file, `confirm()` rejects.
 *
 * @param subject a run, a run log, or `{ run, predictions, slices }`
 * @param options `checks` (ids; defaults to all) and `level` (in (0, 1); defaults to 0.95)
 * @returns a report: `summary` in one sentence, `findings` worst first, `outcomes` in the order of the checks
 * @throws InputError `invalid-type` for anything but a run or log, `unknown-name` for an unknown check,
 *   `unknown-option`, `out-of-range` for `level`
 */
export function diagnose(subject: DiagnoseSubject, options: DiagnoseOptions = {}): Report {
  checkOptions('diagnose', options, { checks: anything, level: numberIn(0, 1, { open: true }) });
  const { checks: ids, level = 0.95 } = options;
  const { input, run } = inputOf(subject);
  const alpha = (1 - level) / CHECKS.length;
  const runs = chosenChecks(ids).map((check) => runCheck(check, input, { alpha }));
  return reportOf(input.log.name, runs, (data) => liveFinding(data, run, input.slices));
}
