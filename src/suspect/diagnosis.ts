import { confirmFinding } from '../confirm/confirm-finding';
import { plannedExperiment } from '../confirm/planned-experiment';
import { InputError } from '../core/input-error';
import { nearestName } from '../core/nearest-name';
import { checkOptions, numberIn, anything } from '../core/options';
import { asResult } from '../core/showable';
import { collectWarnings } from '../core/warning';
import type { Check } from './check';
import { CHECKS } from './checks';
import { commonCause } from './common-cause';
import { convergedSentence } from './converged';
import type { Finding, Report } from './report';
import type { DiagnoseOptions } from './diagnose';
import { subjectsOf, type CheckSubject, type DiagnoseSubject } from './diagnose-subjects';
import { mergeFindings, mergeOutcomes } from './merge-seeds';
import { rejudgeOf } from './rejudge';
import { runCheck, type CheckOptions, type CheckRun } from './run-check';
import { seedSpread } from './seed-spread';
import type { CheckOutcome, Confirmation, FindingData, Severity } from './types';
import { weighTogether } from './weigh-together';
import { summarise } from './words';

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];

/** Symptoms that share the false alarms which a level allows. */
const SHARING = CHECKS.flatMap(({ symptoms }) => Object.values(symptoms)).filter(
  ({ scale }) => scale === 'z',
).length;

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

function liveFinding(finding: FindingData, { run, input }: CheckSubject, sure: CheckOptions): Finding {
  const { log, slices } = input;
  const data = { ...finding, experiment: plannedExperiment(run, finding, slices) };
  const confirmations: Confirmation[] = [];
  const live: Pick<Finding, 'confirm' | 'log' | 'confirmations'> = {
    log,
    confirmations,
    async confirm(options = {}) {
      const confirmation = await confirmFinding(run, data, slices, options, rejudgeOf(data, sure));
      if (confirmation.verdict !== 'aborted') confirmations.push(confirmation);
      return confirmation;
    },
  };
  return asResult(data, live);
}

/** The findings of one run, each weighed with the others. */
function together(checks: readonly CheckRun[]): readonly CheckRun[] {
  const weighed = weighTogether(checks.flatMap(({ findings }) => findings));
  let at = 0;
  return checks.map(({ outcome, findings }) => ({ outcome, findings: findings.map(() => weighed[at++]) }));
}

/** Findings, worst first: by severity, by the share of the runs that have them, by the weight of their cause. */
function byWeight(a: FindingData, b: FindingData): number {
  const rank = ({ severity }: FindingData): number => SEVERITIES.indexOf(severity);
  const weight = ({ causes }: FindingData): number => causes[0]?.weight ?? 0;
  return rank(a) - rank(b) || (b.seeds?.found ?? 0) - (a.seeds?.found ?? 0) || weight(b) - weight(a);
}

function reportOf(
  name: string,
  runs: number,
  findings: readonly Finding[],
  outcomes: readonly CheckOutcome[],
  healthy: string | null,
): Report {
  const count = (status: string): number => outcomes.filter((outcome) => outcome.status === status).length;
  const warnings = collectWarnings();
  for (const { check, status, reason } of outcomes) {
    if (status === 'failed') warnings.add('check-failed', `The check ${check} failed: ${reason}`);
  }
  const common = commonCause(findings);
  const summary = summarise(
    name,
    findings.map(({ message }) => message),
    common,
    {
      looked: count('nothing-found') + count('found'),
      cannotTell: count('cannot-tell'),
      skipped: count('skipped'),
      failed: count('failed'),
    },
  );
  return asResult({
    kind: 'report' as const,
    name,
    ...(runs > 1 && { runs }),
    summary,
    ...(common && { commonCause: common }),
    findings,
    outcomes,
    ...(healthy !== null && { healthy }),
    warnings: warnings.list(),
  });
}

/** What `diagnose` does; it stands apart so that the library is imported without its checks. */
export function diagnosisOf(subject: DiagnoseSubject, options: DiagnoseOptions): Report {
  checkOptions('diagnose', options, { checks: anything, level: numberIn(0, 1, { open: true }) });
  const { checks: ids, level = 0.95 } = options;
  const subjects = subjectsOf(subject);
  const sure = { level, symptoms: SHARING };
  const chosen = chosenChecks(ids);
  const all = subjects.map(({ input }) => ({
    log: input.log,
    checks: together(chosen.map((check) => runCheck(check, input, sure))),
  }));
  const [first] = all;
  const many = all.length > 1;
  const spread = many && !ids ? seedSpread(all.map(({ log }) => log)) : null;
  const merged = many
    ? [
        ...mergeFindings(all),
        ...(spread === null ? [] : spread.findings.map((finding) => ({ finding, run: 0 }))),
      ]
    : first.checks.flatMap(({ findings }) => findings.map((finding) => ({ finding, run: 0 })));
  const findings = [...merged]
    .sort((a, b) => byWeight(a.finding, b.finding))
    .map(({ finding, run }) => liveFinding(finding, subjects[run], sure));
  const outcomes = many
    ? [...mergeOutcomes(all), ...(spread ? [spread.outcome] : [])]
    : first.checks.map(({ outcome }) => outcome);
  const healthy = convergedSentence(first.log);
  return reportOf(first.log.name, all.length, findings, outcomes, healthy);
}
