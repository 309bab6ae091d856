/** One possible explanation; the weights of a finding's causes sum to 1. */
export interface Cause {
  readonly id: string;
  /** Worded as a sentence: "The learning rate is too high for inputs of this scale." */
  readonly title: string;
  readonly weight: number;
  /** What to do about it. */
  readonly fix: string;
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

/** Options of an experiment that confirms a finding. */
export interface ConfirmOptions {
  readonly signal?: AbortSignal;
  /** Defaults to the run's own seed. */
  readonly seed?: number;
}
