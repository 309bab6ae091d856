import type { RunLog } from '../build/types';
import type { DifficultySlices } from '../look/types';
import type { LiveRun } from './live-run';
import type { Cause, ExperimentArm } from './types';
import type { Likelihood, Observation } from './update-causes';

/** What confirming needs to know of a finding. */
export interface Confirmable {
  readonly check: string;
  readonly code: string;
  readonly message: string;
  readonly causes: readonly Cause[];
  readonly severity?: string;
  readonly where?: { readonly layer?: string; readonly column?: string };
}

/** Whether a run shows what looked strange; null where that cannot be told of it. */
export type Rejudge = (log: RunLog) => boolean | null;

/** Where and how an experiment runs. */
export interface ExperimentSetup {
  readonly run: LiveRun;
  readonly finding: Confirmable;
  readonly slices: DifficultySlices | null;
  readonly seed: number;
  readonly signal?: AbortSignal;
  readonly rejudge?: Rejudge;
  /** Told when an arm is done. */
  readonly onArm: (done: number) => void;
}

/** Something an experiment saw, in words. */
export interface ToldObservation extends Observation {
  readonly question: string;
  /** "With the learning rate × 0.1 the loss ends at 0.21 instead of 1.9". */
  readonly told: string;
}

export interface ExperimentResult {
  /** Without the run as it was. */
  readonly arms: readonly ExperimentArm[];
  /** In the order of `outcomes`; fewer where it was aborted. */
  readonly observations: readonly ToldObservation[];
}

/** What an experiment takes: seconds, and as a share of the run's own training. */
export interface Cost {
  readonly seconds: number;
  readonly share: number;
}

/** A change to a run that tells causes apart by what comes of it. */
export interface Experiment {
  readonly id: string;
  /** Worded to follow "training": "with the learning rate × 0.1". */
  readonly title: string;
  /** The title with the numbers of this run, where it has any. */
  wording?(run: LiveRun, finding: Confirmable): string;
  /** Null where it can be run, else the reason why not. */
  suits(run: LiveRun, finding: Confirmable, slices: DifficultySlices | null): string | null;
  cost(run: LiveRun, finding: Confirmable): Cost;
  /**
   * For each question that it answers the probability of "yes" by cause: tables of judgement, not of measurement.
   * What removes a cause helps where that was the cause, and seldom elsewhere.
   */
  readonly outcomes: readonly Likelihood[];
  run(setup: ExperimentSetup): Promise<ExperimentResult>;
}

/** The title of an experiment on this run. */
export function titleOf(experiment: Experiment, run: LiveRun, finding: Confirmable): string {
  return experiment.wording?.(run, finding) ?? experiment.title;
}
