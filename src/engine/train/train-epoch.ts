import type { LoadedData, TrainingSession } from '../training-session';
import type { GrowingLog } from './growing-log';
import type { Judge } from './judge';
import type { Scores } from './types';
import { isWatched } from './watched-steps';

/** What the epochs of one training share. */
export interface EpochSpec {
  readonly session: TrainingSession;
  /** The training data in the session's hands. */
  readonly loaded: LoadedData;
  /** Rows that are trained on; all where null. */
  readonly subset: Int32Array | null;
  readonly batchSize: number;
  /** How many epochs there will be. */
  readonly epochs: number;
  readonly learningRate: number;
  /** Learning rate of a step of the training, from 0; level where it lacks. */
  readonly rateAt?: (step: number) => number;
  readonly log: GrowingLog;
  readonly judge: Judge;
  /** Whether layers and examples are looked at; defaults to true. The bench switches it off to see what that costs. */
  readonly recording?: boolean;
  readonly aborted: () => boolean;
  /** Awaited between steps. */
  readonly breathe: () => Promise<void> | undefined;
  /** Told now and then, when the training breathes, how many steps of the epoch are done. */
  readonly onSteps?: (done: number, stepsPerEpoch: number) => void;
}

/**
 * Trains one epoch in the given order, of rows or of places in the subset, and returns its running scores. Ends after the step that runs when aborted,
 * or whose loss is not a finite number, which the log then says.
 */
export async function trainEpoch(spec: EpochSpec, epoch: number, order: Int32Array): Promise<Scores> {
  const { session, loaded, subset, batchSize, log, judge, recording = true } = spec;
  const stepsPerEpoch = Math.ceil(order.length / batchSize);
  for (let start = 0; start < order.length && !spec.aborted(); start += batchSize) {
    const places = order.subarray(start, start + batchSize);
    const rows = subset ? places.map((place) => subset[place]) : places;
    const rate = spec.rateAt ? spec.rateAt(log.steps) : spec.learningRate;
    if (spec.rateAt) session.setRate(rate);
    const watched = recording && isWatched(start / batchSize, stepsPerEpoch, spec.epochs);
    const result = session.step(loaded, rows, watched ? log.layers.add : undefined);
    log.step(result.loss, rate);
    if (recording) judge.step(epoch, places, rows, result);
    if (!Number.isFinite(result.loss)) {
      log.fail('loss', epoch);
      break;
    }
    const pause = spec.breathe();
    if (pause) {
      spec.onSteps?.(start / batchSize + 1, stepsPerEpoch);
      await pause;
    }
  }
  return judge.scores();
}
