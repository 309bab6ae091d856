import { rankCauses } from '../confirm/causes';
import type { Check, CheckInput, Suspicion } from './check';
import { detectionRate, falseAlarmRate } from './false-alarm-rate';
import { lacking } from './needs';
import { thresholdOf } from './thresholds';
import type { CheckOutcome, CheckStatus, FindingData, Measure } from './types';
import { wordsFor } from './words';

/** What became of one check, and what it found. */
export interface CheckRun {
  readonly outcome: CheckOutcome;
  readonly findings: readonly FindingData[];
}

/** How sure the checks must be, all together. */
export interface CheckOptions {
  /** Share of healthy runs on which all should keep quiet, as far as their statistics hold. */
  readonly level: number;
  /** Symptoms that share the false alarms it allows. */
  readonly symptoms: number;
}

function findingOf({ id: check, references }: Check, suspicion: Suspicion, threshold: number): FindingData {
  const { causes, ...rest } = suspicion;
  return {
    kind: 'finding',
    check,
    ...rest,
    threshold,
    falseAlarmRate: falseAlarmRate(check),
    detection: detectionRate(check),
    references,
    causes: rankCauses(causes),
    ...wordsFor(rest),
  };
}

/** The highest score of each code. */
function highest(suspicions: readonly Suspicion[]): Readonly<Record<string, number>> {
  const scores: Record<string, number> = {};
  for (const { code, score } of suspicions) {
    if (!Number.isNaN(score)) scores[code] = Math.max(scores[code] ?? -Infinity, score);
  }
  return scores;
}

/** Returns the outcome of one check; whatever it throws becomes the outcome `failed`. */
export function runCheck(check: Check, input: CheckInput, options: CheckOptions): CheckRun {
  const { id, title, question } = check;
  let measure: Measure = {};
  let scores: Readonly<Record<string, number>> = {};
  const ended = (status: CheckStatus, reason = '', findings: readonly FindingData[] = []): CheckRun => ({
    outcome: { check: id, title, question, status, reason, measure, scores },
    findings,
  });
  try {
    const lack = lacking(check.needs, input);
    if (lack) return ended('skipped', `${lack[0].toUpperCase()}${lack.slice(1)}.`);
    measure = check.measure(input);
    const verdict = check.judge(measure);
    if (verdict.status === 'cannot-tell') return ended('cannot-tell', verdict.reason);
    scores = highest(verdict.suspicions);
    const findings = verdict.suspicions.flatMap((suspicion) => {
      const { code, score } = suspicion;
      const threshold = thresholdOf(code, check.symptoms[code], options.level, options.symptoms);
      return score >= threshold ? [findingOf(check, suspicion, threshold)] : [];
    });
    return ended(findings.length > 0 ? 'found' : 'nothing-found', '', findings);
  } catch (error) {
    return ended('failed', error instanceof Error ? `${error.name}: ${error.message}` : String(error));
  }
}
