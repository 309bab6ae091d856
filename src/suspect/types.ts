import type { Cause } from '../confirm/types';

export type { Cause, Confirmation, ExperimentArm } from '../confirm/types';

/** What a check must have before it can measure anything. */
export type Need =
  | 'steps'
  | 'epochs'
  | 'initial-scores'
  | 'validation'
  | 'train-summary'
  | 'validation-summary'
  | 'classification'
  | 'predictions'
  | 'difficulty-slices';

export type Severity = 'info' | 'warning' | 'error';

/** A published work that a check rests on. */
export interface Reference {
  readonly author: string;
  readonly title: string;
  readonly year: number;
}

/** Where in a run, a model or the data something looks strange. */
export interface Locator {
  readonly epoch?: number;
  readonly step?: number;
  readonly layer?: string;
  readonly column?: string;
  readonly slice?: string;
  readonly exampleIds?: readonly string[];
}

/** How often a check speaks up on healthy runs, as counted by the fault benchmark. */
export interface FalseAlarmRate {
  readonly rate: number;
  readonly interval: readonly [number, number];
  readonly healthyRuns: number;
}

/** Numbers that a check measured; nothing is judged here. */
export type Measure = Readonly<Record<string, unknown>>;

/** One thing that looks strange, as data. Words are made last. */
export interface FindingData {
  readonly kind: 'finding';
  readonly check: string;
  readonly code: string;
  readonly severity: Severity;
  readonly where: Locator;
  readonly evidence: Readonly<Record<string, number | string>>;
  readonly interval?: readonly [number, number];
  readonly falseAlarmRate: FalseAlarmRate;
  readonly causes: readonly Cause[];
  readonly message: string;
  readonly why: string;
  /** Of several runs: how many have it. The rest is as in the first of them. */
  readonly seeds?: SeedShare;
}

/** How many of several runs have a finding, and the seeds of those; null where a seed is not known. */
export interface SeedShare {
  readonly found: number;
  readonly of: number;
  readonly which: readonly (number | null)[];
}

export type CheckStatus = 'found' | 'nothing-found' | 'cannot-tell' | 'skipped' | 'failed';

/** What became of one check. */
export interface CheckOutcome {
  readonly check: string;
  readonly title: string;
  readonly question: string;
  readonly status: CheckStatus;
  /** Why it was skipped, failed or cannot tell; empty otherwise. */
  readonly reason: string;
  /** Of several runs `{ bySeed }`, one measure each. */
  readonly measure: Measure;
}
