import type { Loss } from '../losses';
import type { LoadedData, TrainingSession } from '../training-session';
import type { ExampleSums } from './example-sums';
import type { GrowingLog } from './growing-log';
import { confidenceIn } from './judge-row';
import { scorer } from './score';
import type { Scores, TrainingData } from './types';
import { isWatched } from './watched-steps';

/** What the epochs of one training share. */
export interface EpochSpec {
  readonly session: TrainingSession;
  /** The training data in the session's hands. */
  readonly loaded: LoadedData;
  readonly train: TrainingData;
  /** Rows that are trained on; all where null. */
  readonly subset: Int32Array | null;
  readonly units: number;
  readonly loss: Loss;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly log: GrowingLog;
  readonly sums: ExampleSums;
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
  const { session, loaded, train, subset, units, loss, batchSize, log, sums } = spec;
  const running = scorer(train, loss, units);
  const stepsPerEpoch = Math.ceil(order.length / batchSize);
  for (let start = 0; start < order.length && !spec.aborted(); start += batchSize) {
    const places = order.subarray(start, start + batchSize);
    const rows = subset ? places.map((place) => subset[place]) : places;
    const watch = isWatched(start / batchSize, stepsPerEpoch) ? log.layers.add : undefined;
    const result = session.step(loaded, rows, watch);
    log.step(result.loss, spec.learningRate);
    rows.forEach((row, i) => {
      const label = train.labels[row];
      const judged = running.add(label, train.targets, row, result.outputs, i);
      const confidence = confidenceIn(label, result.outputs, i, units, train.task);
      sums.add(places[i], epoch, judged.loss, confidence, judged.correct);
    });
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
  return running.scores();
}
