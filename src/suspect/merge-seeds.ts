import type { RunLog } from '../build/types';
import type { CheckRun } from './run-check';
import type { CheckOutcome, CheckStatus, FindingData } from './types';

/** What the checks made of one run. */
export interface SeedChecks {
  readonly log: RunLog;
  readonly checks: readonly CheckRun[];
}

/** A finding, and the run it was first found in. */
export interface MergedFinding {
  readonly finding: FindingData;
  /** Place of the run. */
  readonly run: number;
}

/** The same finding of several runs has the same key: layers go by their places, for names may carry numbers. */
function keyOf({ check, code, where }: FindingData, { model }: RunLog): string {
  const { layer, column, slice } = where;
  const place = layer === undefined ? -1 : model.layers.findIndex(({ name }) => name === layer);
  return JSON.stringify([check, code, place < 0 ? layer : place, column, slice]);
}

/**
 * Returns each finding once, with the share of the runs that have it. A warning that fewer than half of them have becomes
 * an info: with many runs, one of them looks strange by luck. An error stays one.
 */
export function mergeFindings(all: readonly SeedChecks[]): readonly MergedFinding[] {
  const found = new Map<string, { readonly finding: FindingData; readonly runs: number[] }>();
  all.forEach(({ log, checks }, run) => {
    for (const finding of checks.flatMap(({ findings }) => findings)) {
      const key = keyOf(finding, log);
      const known = found.get(key);
      if (!known) found.set(key, { finding, runs: [run] });
      else if (!known.runs.includes(run)) known.runs.push(run);
    }
  });
  return [...found.values()].map(({ finding, runs }) => {
    const few = 2 * runs.length < all.length && finding.severity === 'warning';
    const share = `with ${runs.length} of ${all.length} seeds`;
    return {
      run: runs[0],
      finding: {
        ...finding,
        severity: few ? ('info' as const) : finding.severity,
        message: `${finding.message.replace(/\.$/, '')} (${share}).`,
        seeds: { found: runs.length, of: all.length, which: runs.map((place) => all[place].log.seed) },
      },
    };
  });
}

/** What says most of a check over several runs comes first. */
const BY_WEIGHT: readonly CheckStatus[] = ['found', 'failed', 'nothing-found', 'cannot-tell', 'skipped'];

/** Returns one outcome for each check: what says most, with how many runs came to it, and the measures of all. */
export function mergeOutcomes(all: readonly SeedChecks[]): readonly CheckOutcome[] {
  return all[0].checks.map(({ outcome }, place) => {
    const outcomes = all.map(({ checks }) => checks[place].outcome);
    const status = BY_WEIGHT.find((one) => outcomes.some((own) => own.status === one))!;
    const same = outcomes.filter((own) => own.status === status);
    const share = same.length < all.length ? `With ${same.length} of ${all.length} seeds.` : '';
    return {
      ...outcome,
      status,
      reason: [same[0].reason, share].filter(Boolean).join(' '),
      measure: { bySeed: outcomes.map(({ measure }) => measure) },
    };
  });
}
