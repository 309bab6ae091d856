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

/** One experiment of a confirmation, and what it changed. */
export interface ConfirmationStep {
  readonly experiment: string;
  readonly title: string;
  readonly seconds: number;
  /** Seconds it was said to take. */
  readonly estimate: number;
  readonly observations: readonly { readonly question: string; readonly seen: boolean }[];
  /** Weights after it, heaviest first. */
  readonly causes: readonly Cause[];
  /** What was learnt, with the numbers. */
  readonly message: string;
}

/** What an experiment did and what it says of the causes. */
export interface Confirmation {
  readonly kind: 'confirmation';
  /** Id of the first experiment; `none` where none could be run. */
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
  /** What the experiments were said to take, all together. */
  readonly estimate?: { readonly seconds: number };
  /** Ids of the experiments, in the order in which they ran. */
  readonly experiments?: readonly string[];
  readonly steps?: readonly ConfirmationStep[];
}

/** An experiment that could be run next, and what it takes. */
export interface PlannedExperiment {
  readonly id: string;
  readonly title: string;
  readonly seconds: number;
}

/** Options of the experiments that confirm a finding. */
export interface ConfirmOptions {
  readonly signal?: AbortSignal;
  /** Defaults to the run's own seed. */
  readonly seed?: number;
  /** Go on with experiments until one cause has this weight, in (0, 1]; by default one experiment is run. */
  readonly until?: number;
  /** Seconds that the experiments may take with `until`; defaults to ten times the training, at least 10. */
  readonly budget?: number;
}
