import type { Dataset } from '../data/types';
import type { Loss } from '../engine/losses';
import type { LoadedData, TrainingSession } from '../engine/training-session';
import type { ExampleSums } from './example-sums';
import type { GrowingLog } from './growing-log';
import { confidenceIn } from './judge-row';
import { scorer } from './score';
import type { Scores } from './types';
import { isWatched } from './watched-steps';

/** What the epochs of one training share. */
export interface EpochSpec {
  readonly session: TrainingSession;
  /** The training data in the session's hands. */
  readonly loaded: LoadedData;
  readonly train: Dataset;
  /** Targets N×U, flat. */
  readonly targets: Float32Array;
  readonly units: number;
  readonly loss: Loss;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly log: GrowingLog;
  readonly sums: ExampleSums;
  readonly aborted: () => boolean;
  /** Awaited between steps. */
  readonly breathe: () => Promise<void> | undefined;
}

/**
 * Trains one epoch in the order of `rows` and returns its running scores. Ends after the step that runs when aborted,
 * or whose loss is not a finite number, which the log then says.
 */
export async function trainEpoch(spec: EpochSpec, epoch: number, rows: Int32Array): Promise<Scores> {
  const { session, loaded, train, targets, units, loss, batchSize, log, sums } = spec;
  const running = scorer(train, loss, units);
  const stepsPerEpoch = Math.ceil(train.n / batchSize);
  for (let start = 0; start < train.n && !spec.aborted(); start += batchSize) {
    const batchRows = rows.subarray(start, start + batchSize);
    const watch = isWatched(start / batchSize, stepsPerEpoch) ? log.layers.add : undefined;
    const result = session.step(loaded, batchRows, watch);
    log.step(result.loss, spec.learningRate);
    batchRows.forEach((row, i) => {
      const label = train.labels[row];
      const judged = running.add(label, targets, row, result.outputs, i);
      const confidence = confidenceIn(label, result.outputs, i, units, train.task);
      sums.add(row, epoch, judged.loss, confidence, judged.correct);
    });
    if (!Number.isFinite(result.loss)) {
      log.fail('loss', epoch);
      break;
    }
    await spec.breathe();
  }
  return running.scores();
}
