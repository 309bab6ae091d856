import type { Warning } from '../core/warning';
import type { CheckOutcome, Confirmation, FindingData } from './types';

/** Options of an experiment that confirms a finding. */
export interface ConfirmOptions {
  readonly signal?: AbortSignal;
  /** Defaults to the run's own seed. */
  readonly seed?: number;
}

/** A finding of a live run: its data, and the experiment that separates its causes. */
export interface Finding extends FindingData {
  /** Runs the cheapest experiment that separates the top causes. */
  confirm(options?: ConfirmOptions): Promise<Confirmation>;
}

/** What the checks said of one run, worst first. */
export interface Report {
  readonly kind: 'report';
  readonly name: string;
  /** The answer in one sentence. */
  readonly summary: string;
  readonly findings: readonly Finding[];
  /** Every check, in the order of the registry. */
  readonly outcomes: readonly CheckOutcome[];
  readonly warnings: readonly Warning[];
}
