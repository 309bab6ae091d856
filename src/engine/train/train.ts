import { permutation, type Random } from '../../core/random';
import type { Loss } from '../losses';
import type { LoadedData, TrainingSession } from '../training-session';
import type { PlainDynamics } from './example-sums';
import { growingLog, type GrowingLog, type GrownParts } from './growing-log';
import { judgeOf } from './judge';
import { outcomeOf } from './outcome';
import { allRows, rowScorer, scoredRows } from './score-rows';
import { trainEpoch, type EpochSpec } from './train-epoch';
import { rateOf, type Schedule } from './schedule';
import type { EpochRecord, LayerFacts, Outcome, Scores, TrainedOutcome, TrainingData } from './types';

/** A training in plain data, but for the session that runs its steps. */
export interface TrainSpec {
  readonly session: TrainingSession;
  readonly train: TrainingData;
  readonly validation: TrainingData | null;
  /** Rows to train on, in their order; all where null. */
  readonly subset: Int32Array | null;
  readonly loss: Loss;
  readonly units: number;
  readonly layers: readonly LayerFacts[];
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  /** How the learning rate goes; level where it lacks. */
  readonly schedule?: Schedule;
  /** A new random order each epoch. */
  readonly shuffle: boolean;
  /** The order of the examples and the sample that is scored come from it. */
  readonly stream: Random;
  /** When the work began, in milliseconds; defaults to now. */
  readonly begun?: number;
  readonly aborted: () => boolean;
  /** Awaited between steps. */
  readonly breathe: () => Promise<void> | undefined;
}

/** What a training leaves. */
export interface Trained extends GrownParts {
  /** Null where a number is no longer finite. */
  readonly outcome: TrainedOutcome | null;
  readonly examples: PlainDynamics;
}

/** A training that is ready to run. */
export interface Training {
  /** Scores before the first step, on the sample of the training data. The first steps need not wait for them. */
  readonly initial: Scores;
  readonly log: GrowingLog;
  /**
   * Runs it to its end, or until it is aborted or a number is no longer finite.
   *
   * @param onSteps told now and then, when the training breathes, how far the running epoch is
   */
  run(onEpoch?: (record: EpochRecord) => void, onSteps?: EpochSpec['onSteps']): Promise<Trained>;
}

/**
 * Gets a training ready: data into the session, first scores. The same seed of `stream`, data and session give the same
 * numbers wherever it runs: `fit` and the workers of a sweep both train by this.
 */
export function startTraining(spec: TrainSpec): Training {
  const { session, train, validation, subset, loss, units, stream, aborted, learningRate, schedule } = spec;
  const n = subset ? subset.length : train.n;
  const loaded = session.load(train);
  const scorerOf = (data: TrainingData, held: LoadedData, rows: Int32Array): (() => Scores) =>
    rowScorer((wanted) => session.predict(held, wanted), data, loss, units, rows);
  const sample = scoredRows(n, validation?.n ?? 0, stream);
  const sampled = subset ? sample.map((place) => subset[place]) : sample;
  const scoreTrain = scorerOf(train, loaded, sampled);
  const judged = validation && session.load(validation);
  const scoreValidation = validation && scorerOf(validation, judged!, allRows(validation));
  const outcomeIn = (data: TrainingData, held: LoadedData, rows: Int32Array): Outcome =>
    outcomeOf(data, rows, session.predict(held, rows), units);
  const log = growingLog(spec.layers, spec.begun);
  const judge = judgeOf(spec);
  const order = stream.fork('order');
  const length = { epochs: spec.epochs, stepsPerEpoch: Math.ceil(n / spec.batchSize) };
  const rateAt = schedule === undefined ? undefined : rateOf(schedule, learningRate, length);
  const release = session.hold?.();
  let scoredAtFirst: Scores | undefined;
  function initial(): Scores {
    if (!scoredAtFirst) {
      scoredAtFirst = scoreTrain();
      release?.();
    }
    return scoredAtFirst;
  }
  if (!release) initial();
  return {
    get initial() {
      return initial();
    },
    log,
    async run(onEpoch, onSteps) {
      for (let epoch = 1; epoch <= spec.epochs && !aborted() && log.nonFinite === null; epoch++) {
        log.beginEpoch();
        const places = spec.shuffle ? permutation(n, order) : allRows({ n });
        const running = await trainEpoch({ ...spec, loaded, log, judge, onSteps, rateAt }, epoch, places);
        if (!session.finite()) log.fail('weight', epoch);
        initial();
        const scores = { train: scoreTrain(), validation: scoreValidation?.() ?? null };
        const rate = rateAt ? rateAt(Math.max(0, log.steps - 1)) : learningRate;
        const record = { epoch, step: log.steps, running, ...scores, learningRate: rate };
        log.endEpoch(record);
        onEpoch?.(record);
        await spec.breathe();
      }
      const stopped = log.nonFinite ? 'non-finite' : aborted() ? 'aborted' : 'completed';
      const outcome = log.nonFinite
        ? null
        : {
            train: outcomeIn(train, loaded, sampled),
            validation: validation && outcomeIn(validation, judged!, allRows(validation)),
          };
      return { ...log.parts(stopped), outcome, examples: judge.dynamics() };
    },
  };
}
