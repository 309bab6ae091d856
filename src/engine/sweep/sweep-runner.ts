import type { EpochRecord } from '../train/types';
import type { SweepJob, SweepResult } from './sweep-job';

export interface SweepRunOptions {
  /** Jobs at the same time; defaults to the number of cores. */
  readonly workers?: number;
  /** Ends the jobs that run after their step; those that wait are not begun. */
  readonly signal?: AbortSignal;
  /** Told now and then how many epochs all jobs together have done. */
  readonly onEpochs?: (epochs: number) => void;
  /** Told now and then which epochs of a job have ended since. The last ones may come with its result alone. */
  readonly onRecords?: (id: string, records: readonly EpochRecord[]) => void;
}

/**
 * Runs many trainings. Jobs and results are plain data, so that a queue of machines can take the place of the threads of
 * this one.
 */
export interface SweepRunner {
  /**
   * Returns the results of the jobs in their order, without those that were not begun when the signal came. A job is asked
   * for when there is a place for it. A job that fails does not stop the others.
   */
  run(
    jobs: AsyncIterable<SweepJob> | Iterable<SweepJob>,
    options?: SweepRunOptions,
  ): Promise<readonly SweepResult[]>;
}
