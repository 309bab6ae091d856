import type { DiagnoseSubject } from './diagnose-subjects';
import type { Report } from './report';

export interface DiagnoseOptions {
  /** Ids of the checks to run; defaults to all. */
  readonly checks?: readonly string[];
  /** Share of healthy runs on which all checks together should keep quiet, in (0, 1); defaults to 0.95. */
  readonly level?: number;
}

/**
 * Returns what looks strange in a run, worst first, with the outcome of every check.
 * A check whose needs lack is `skipped` with the reason; one that throws is `failed`, and the others still run.
 * All checks together share the false alarms that `level` allows (Bonferroni); what they really raise on healthy
 * runs is counted by `bench faults` and stands on each finding. On a log that was read from a file, `confirm()` rejects.
 *
 * Of several runs (`fit` with `seeds`, or an array) each is looked at by itself, and the report is one: a finding says with
 * how many of the seeds it came, the rest of it is that of the first of them, whose data and seed `confirm()` works with too.
 * A warning with fewer than half of the seeds is told as an info, for among many runs one looks strange by luck.
 *
 * @param subject a run, a run log, several of them, or `{ run, predictions, slices }`
 * @param options `checks` (ids; defaults to all) and `level` (in (0, 1); defaults to 0.95)
 * @returns a report: `summary` in one sentence, `findings` worst first, `outcomes` in the order of the checks
 * @throws InputError `invalid-type` for anything but a run or log, `unknown-name` for an unknown check,
 *   `unknown-option`, `out-of-range` for `level`
 */
export function diagnose(subject: DiagnoseSubject, options: DiagnoseOptions = {}): Report {
  const { diagnosisOf } = require('./diagnosis') as typeof import('./diagnosis');
  return diagnosisOf(subject, options);
}
