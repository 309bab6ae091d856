import type { Rejudge } from '../confirm/confirm-finding';
import { CHECKS } from './checks';
import { runCheck, type CheckOptions } from './run-check';
import type { FindingData } from './types';

/**
 * Returns a function that tells of the log of another run whether the same check finds the same there: null where the check
 * cannot be run on a log alone, or does not decide it.
 */
export function rejudgeOf({ check: id, code }: FindingData, options: CheckOptions): Rejudge {
  const check = CHECKS.find((one) => one.id === id);
  return (log) => {
    if (!check) return null;
    const { outcome, findings } = runCheck(check, { log, predictions: null, slices: null }, options);
    const judged = outcome.status === 'found' || outcome.status === 'nothing-found';
    return judged ? findings.some((finding) => finding.code === code) : null;
  };
}
