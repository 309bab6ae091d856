import type { Dataset } from '../data/types';
import type { LayerReached, TrainedSteps } from '../build/train-steps';
import { floorOnBatch, guessOnBatch, type BatchFloor } from './best-constant';
import { judgeLosses, type BatchOutcome } from './judge-losses';
import type { ExperimentArm } from './types';

/** What the training of one batch needs; the same for every arm of an experiment but for its change. */
export interface BatchSetup {
  /** Function that builds the model anew, as given to `fit`. */
  readonly build: unknown;
  readonly data: Dataset;
  /** Rows of `data` that make up the batch, the same in every step. */
  readonly batch: readonly number[];
  readonly steps: number;
  readonly learningRate: number;
  readonly optimizer?: unknown;
  readonly loss?: unknown;
  readonly seed: number;
  /** Asked when the steps are done: whether to do as many again. */
  readonly more?: (losses: readonly number[]) => boolean;
  readonly signal?: AbortSignal;
}

/** What is needed of the training loop in `build/`. */
type TrainSteps = (spec: object) => Promise<Pick<TrainedSteps, 'losses'> & Partial<TrainedSteps>>;

/** An arm with the outcome as one of five. */
export interface BatchArm extends ExperimentArm {
  readonly outcome: BatchOutcome;
}

/** An arm and what it was judged by. */
export interface JudgedArm {
  readonly arm: BatchArm;
  /** All of them. */
  readonly losses: readonly number[];
  readonly guess: number;
  readonly floor: BatchFloor;
  readonly penalty: number;
  readonly layers: readonly LayerReached[];
  readonly turnedOff: readonly string[];
}

/** At most `most` of the values, evenly spaced, with the first and the last. */
function thin(values: readonly number[], most: number): readonly number[] {
  if (values.length <= most) return values;
  return Array.from({ length: most }, (_, i) => values[Math.round((i * (values.length - 1)) / (most - 1))]);
}

/** Trains a fresh model on one batch and returns how that went; an aborted arm has the steps that were done. */
export async function judgeBatchArm(
  arm: { readonly id: string; readonly title: string },
  setup: BatchSetup,
): Promise<JudgedArm> {
  const { trainSteps } = require('../build/train-steps') as { readonly trainSteps: TrainSteps };
  const defined = Object.entries(setup).filter(([, value]) => value !== undefined);
  const result = await trainSteps(Object.fromEntries(defined));
  const { losses, penalty = 0, layers = [], turnedOff = [] } = result;
  const [guess, floor] = [guessOnBatch(setup), floorOnBatch(setup)];
  return {
    arm: {
      ...arm,
      outcome: losses.length === 0 ? 'plateaus' : judgeLosses(losses, guess, floor.loss),
      firstLoss: losses[0] ?? NaN,
      finalLoss: losses[losses.length - 1] ?? NaN,
      losses: thin(losses, 200),
      steps: losses.length,
    },
    ...{ losses, guess, floor, penalty, layers, turnedOff },
  };
}

/** The same, and returns the arm alone. */
export async function runBatchArm(
  arm: { readonly id: string; readonly title: string },
  setup: BatchSetup,
): Promise<BatchArm> {
  return (await judgeBatchArm(arm, setup)).arm;
}
