import type { RunLog } from '../build/types';
import type { Dataset } from '../data/types';

/** The runs of several seeds, live or re-read. */
export interface LiveRuns {
  readonly kind: 'runs';
  readonly name: string;
  readonly logs: readonly RunLog[];
  /** Absent where they were read from JSON. */
  readonly runs?: readonly LiveRun[];
}

/** The parts of a live run that experiments need; a run re-read from a file has only its log. */
export interface LiveRun {
  readonly kind: 'run';
  readonly log: RunLog;
  readonly train?: Dataset;
  readonly validation?: Dataset | null;
  /** The function that builds the model, or the model that was given. */
  readonly build?: unknown;
  /** The trained model. */
  readonly model?: unknown;
  readonly options?: object;
}
