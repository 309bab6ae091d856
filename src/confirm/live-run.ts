import type { RunLog } from '../build/types';
import type { Dataset } from '../data/types';

/** The parts of a live run that experiments need; a run re-read from a file has only its log. */
export interface LiveRun {
  readonly kind: 'run';
  readonly log: RunLog;
  readonly train?: Dataset;
  readonly validation?: Dataset | null;
  /** The function that builds the model, or the model that was given. */
  readonly build?: unknown;
  readonly options?: object;
}
