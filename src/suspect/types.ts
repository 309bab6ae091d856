import type { Cause, PlannedExperiment } from '../confirm/types';

export type { Cause, Confirmation, ExperimentArm } from '../confirm/types';

/** What a check must have before it can measure anything. */
export type Need =
  | 'steps'
  | 'epochs'
  | 'initial-scores'
  | 'validation'
  | 'train-summary'
  | 'validation-summary'
  | 'columns'
  | 'split'
  | 'model-layers'
  | 'layers'
  | 'gradients'
  | 'activations'
  | 'outcome'
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
  /** Last epoch of those that are meant; the last of all where it lacks. */
  readonly lastEpoch?: number;
  readonly step?: number;
  readonly layer?: string;
  readonly column?: string;
  readonly class?: string;
  readonly slice?: string;
  readonly exampleIds?: readonly string[];
}

/** How often a check speaks up on healthy runs, as counted by the fault benchmark. */
export interface FalseAlarmRate {
  readonly rate: number;
  readonly interval: readonly [number, number];
  readonly healthyRuns: number;
}

/** How often a check names the planted faults that it is there for, as counted by the fault benchmark. */
export interface DetectionRate {
  readonly rate: number;
  readonly interval: readonly [number, number];
  readonly faults: number;
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
  /** How strange it is, and from which score on it is told. */
  readonly score: number;
  readonly threshold: number;
  readonly falseAlarmRate: FalseAlarmRate;
  readonly detection: DetectionRate;
  readonly references: readonly Reference[];
  readonly causes: readonly Cause[];
  readonly message: string;
  readonly why: string;
  /** What `confirm()` would do first, and about how long that takes; null where it could do nothing. */
  readonly experiment?: PlannedExperiment | null;
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
  /** Scores by code, also of what was not told. */
  readonly scores: Readonly<Record<string, number>>;
}
