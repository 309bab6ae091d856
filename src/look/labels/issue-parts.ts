import type { LabelIssues } from './types';

/** What each kind of task finds of its labels. */
export interface IssueParts extends Pick<
  LabelIssues,
  'n' | 'issues' | 'precision' | 'noise' | 'perClass' | 'pairs' | 'joint' | 'confidentJoint' | 'thresholds'
> {
  /** What the rule came to: the least chance that is flagged, or the spread of the residuals. */
  readonly rule: Readonly<Record<string, unknown>>;
}
