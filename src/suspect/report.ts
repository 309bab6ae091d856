import type { RunLog } from '../build/types';
import type { Warning } from '../core/warning';
import type { Confirmation, ConfirmOptions } from '../confirm/types';
import type { CommonCause } from './common-cause';
import type { CheckOutcome, FindingData } from './types';

export type { ConfirmOptions } from '../confirm/types';

/** A finding of a live run: its data, and the experiment that separates its causes. */
export interface Finding extends FindingData {
  /** Runs the experiment that tells most of its causes for what it takes; with `until` others follow. */
  confirm(options?: ConfirmOptions): Promise<Confirmation>;
  /** The log of the run that it was found in. Like `confirmations`, it does not survive JSON. */
  readonly log?: RunLog;
  /** What `confirm()` has learnt so far, in the order in which it was asked. */
  readonly confirmations?: readonly Confirmation[];
}

/** What the checks said of one run, worst first. */
export interface Report {
  readonly kind: 'report';
  readonly name: string;
  /** Runs that were looked at; absent for one. */
  readonly runs?: number;
  /** The answer in one sentence. */
  readonly summary: string;
  /** The cause that at least half of several findings point to. */
  readonly commonCause?: CommonCause;
  readonly findings: readonly Finding[];
  /** Every check, in the order of the registry. */
  readonly outcomes: readonly CheckOutcome[];
  /** That training had converged, where it had: a healthy end, in a sentence. */
  readonly healthy?: string;
  readonly warnings: readonly Warning[];
}
