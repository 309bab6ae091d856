import type { LossName } from '../losses';
import type { Blueprint } from '../plan/blueprint';
import type { OptimizerSettings } from '../plan/optimizers';
import type { Schedule } from '../train/schedule';
import type { Trained } from '../train/train';
import type { LayerFacts, Scores, TrainingData } from '../train/types';

/**
 * One training as plain data: it runs wherever there are kernels, without the model, the code that built it, or
 * TensorFlow.js. Its numbers depend on nothing else.
 */
export interface SweepJob {
  readonly id: string;
  /** With programs for the sizes that `stepSizes` names. */
  readonly blueprint: Blueprint;
  /** Numbers of the weights (row-major) in the order of the blueprint's `params`. */
  readonly initialWeights: readonly Float32Array[];
  /** In memory that threads share (`shareData`), or they are copied for each job. */
  readonly train: TrainingData;
  readonly validation: TrainingData | null;
  /** Rows of `train` to train on; all where null. */
  readonly subset: Int32Array | null;
  readonly loss: LossName;
  /** Numbers of an example's output. */
  readonly units: number;
  readonly layers: readonly LayerFacts[];
  readonly epochs: number;
  readonly batchSize: number;
  /** What the optimizer's settings say too. */
  readonly learningRate: number;
  /** How the learning rate goes; level where it lacks. */
  readonly schedule?: Schedule;
  /** Weights of the examples of `train` in the loss of a step. */
  readonly exampleWeights?: Float32Array;
  /** Settings of the optimizer that differ from the blueprint's. */
  readonly settings?: OptimizerSettings;
  readonly shuffle: boolean;
  /** Order, sample and dropout come from it as in `fit`. */
  readonly seed: number;
}

/** A job that was run, to its end or until it was aborted. */
export interface SweepTrained {
  readonly id: string;
  readonly outcome: 'trained';
  readonly initial: Scores;
  readonly trained: Trained;
  /** In the order of the blueprint's `params`. */
  readonly weights: readonly Float32Array[];
  /** Outputs N×U for the validation data, by the final weights. */
  readonly outputs: Float32Array | null;
}

/** A job that could not be run: by an error, or because its worker ended (out of memory, a crash). */
export interface SweepFailed {
  readonly id: string;
  readonly outcome: 'failed';
  readonly crashed: boolean;
  readonly message: string;
}

export type SweepResult = SweepTrained | SweepFailed;
