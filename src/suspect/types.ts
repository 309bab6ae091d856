/** What a check must have before it can measure anything. */
export type Need =
  | 'steps'
  | 'epochs'
  | 'initial-scores'
  | 'validation'
  | 'train-summary'
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

/** One possible explanation; the weights of a finding's causes sum to 1. */
export interface Cause {
  readonly id: string;
  /** Worded as a sentence: "The learning rate is too high for inputs of this scale." */
  readonly title: string;
  readonly weight: number;
  /** What to do about it. */
  readonly fix: string;
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
}

/** One arm of an experiment: a small change to the run, and how it went. */
export interface ExperimentArm {
  readonly id: string;
  readonly title: string;
  readonly outcome: string;
  readonly firstLoss: number;
  readonly finalLoss: number;
  /** At most 200 points. */
  readonly losses: readonly number[];
  readonly steps: number;
}

/** What an experiment did and what it says of the causes. */
export interface Confirmation {
  readonly kind: 'confirmation';
  readonly experiment: string;
  readonly finding: { readonly check: string; readonly code: string; readonly message: string } | null;
  readonly arms: readonly ExperimentArm[];
  /** Weights after the experiment, heaviest first. */
  readonly causes: readonly Cause[];
  readonly before: readonly Cause[];
  /** `confirmed`: one cause holds at least 0.8 of the weight; `cannot-tell` otherwise; `aborted`. */
  readonly verdict: 'confirmed' | 'cannot-tell' | 'aborted';
  /** Id of the confirmed cause. */
  readonly cause: string | null;
  readonly message: string;
  readonly fix: string;
  readonly seed: number;
  readonly seconds: number;
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
  readonly measure: Measure;
}
