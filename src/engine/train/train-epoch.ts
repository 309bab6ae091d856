import type { Loss } from '../losses';
import type { LoadedData, TrainingSession } from '../training-session';
import type { ExampleSums } from './example-sums';
import type { GrowingLog } from './growing-log';
import { scorer, type Scorer } from './score';
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
  /** How many epochs there will be. */
  readonly epochs: number;
  readonly learningRate: number;
  /** Learning rate of a step of the training, from 0; level where it lacks. */
  readonly rateAt?: (step: number) => number;
  readonly log: GrowingLog;
  readonly sums: ExampleSums;
  /** Whether layers and examples are looked at; defaults to true. The bench switches it off to see what that costs. */
  readonly recording?: boolean;
  readonly aborted: () => boolean;
  /** Awaited between steps. */
  readonly breathe: () => Promise<void> | undefined;
  /** Told now and then, when the training breathes, how many steps of the epoch are done. */
  readonly onSteps?: (done: number, stepsPerEpoch: number) => void;
}

/** The examples of a step, and what the model said of them. */
interface Judged {
  readonly epoch: number;
  readonly places: Int32Array;
  readonly rows: Int32Array;
  readonly outputs: Float32Array;
  readonly losses?: Float32Array;
}

/** Notes how the examples of a step fared. */
function judge(
  { train, sums }: EpochSpec,
  running: Scorer,
  { epoch, places, rows, outputs, losses }: Judged,
): void {
  const { labels, targets } = train;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    const label = labels[row];
    const judged = running.add(label, targets, row, outputs, i, losses?.[i]);
    sums.add(places[i], epoch, judged, label, outputs, i, targets, row);
  }
}

/**
 * Trains one epoch in the given order, of rows or of places in the subset, and returns its running scores. Ends after the step that runs when aborted,
 * or whose loss is not a finite number, which the log then says.
 */
export async function trainEpoch(spec: EpochSpec, epoch: number, order: Int32Array): Promise<Scores> {
  const { session, loaded, train, subset, units, loss, batchSize, log, recording = true } = spec;
  const running = scorer(train, loss, units);
  const stepsPerEpoch = Math.ceil(order.length / batchSize);
  for (let start = 0; start < order.length && !spec.aborted(); start += batchSize) {
    const places = order.subarray(start, start + batchSize);
    const rows = subset ? places.map((place) => subset[place]) : places;
    const rate = spec.rateAt ? spec.rateAt(log.steps) : spec.learningRate;
    if (spec.rateAt) session.setRate(rate);
    const watched = recording && isWatched(start / batchSize, stepsPerEpoch, spec.epochs);
    const result = session.step(loaded, rows, watched ? log.layers.add : undefined);
    log.step(result.loss, rate);
    if (recording) judge(spec, running, { epoch, places, rows, ...result });
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
