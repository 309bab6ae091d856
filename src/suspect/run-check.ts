import { rankCauses } from '../confirm/causes';
import type { Check, CheckInput, CheckOptions, Suspicion } from './check';
import { falseAlarmRate } from './false-alarm-rate';
import { lacking } from './needs';
import type { CheckOutcome, CheckStatus, FindingData, Measure } from './types';
import { wordsFor } from './words';

/** What became of one check, and what it found. */
export interface CheckRun {
  readonly outcome: CheckOutcome;
  readonly findings: readonly FindingData[];
}

function findingOf(check: string, suspicion: Suspicion): FindingData {
  const { causes, ...rest } = suspicion;
  return {
    kind: 'finding',
    check,
    ...rest,
    falseAlarmRate: falseAlarmRate(check),
    causes: rankCauses(causes),
    ...wordsFor(rest),
  };
}

/** Returns the outcome of one check; whatever it throws becomes the outcome `failed`. */
export function runCheck(check: Check, input: CheckInput, options: CheckOptions): CheckRun {
  const { id, title, question } = check;
  let measure: Measure = {};
  const ended = (status: CheckStatus, reason = '', findings: readonly FindingData[] = []): CheckRun => ({
    outcome: { check: id, title, question, status, reason, measure },
    findings,
  });
  try {
    const lack = lacking(check.needs, input);
    if (lack) return ended('skipped', `${lack[0].toUpperCase()}${lack.slice(1)}.`);
    measure = check.measure(input);
    const verdict = check.judge(measure, options);
    if (verdict.status === 'cannot-tell') return ended('cannot-tell', verdict.reason);
    if (verdict.status === 'nothing-found') return ended('nothing-found');
    return ended(
      'found',
      '',
      verdict.suspicions.map((suspicion) => findingOf(id, suspicion)),
    );
  } catch (error) {
    return ended('failed', error instanceof Error ? `${error.name}: ${error.message}` : String(error));
  }
}
