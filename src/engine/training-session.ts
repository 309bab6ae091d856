import type { Random } from '../core/random';
import type { ExampleStore } from './train/example-places';

/** The number that dropout and noise of a plan draw from. */
export const dropoutSeed = (stream: Random): number => Math.floor(stream.next() * 2 ** 32);

/** What a step does beside the optimizer's own. */
export interface StepSettings {
  readonly clipNorm?: number;
  readonly clipValue?: number;
  /** Decoupled decay of the weights, for Adam; 0 where it lacks. */
  readonly weightDecay?: number;
}

/** Examples for a session: inputs N×D and targets N×U, flat. */
export interface SessionData {
  readonly n: number;
  readonly inputs: Float32Array;
  readonly targets: Float32Array;
  /** Weights of the examples in the loss of a step; all 1 where it lacks. */
  readonly weights?: Float32Array;
}

/** Examples in a session's hands. */
export interface LoadedData {
  readonly n: number;
}

/** What one optimizer step left: the mean loss (with penalties), and the model's outputs B×U before the update. */
export interface StepResult {
  readonly loss: number;
  /** Valid until the session is used again. */
  readonly outputs: Float32Array;
  /** Loss of each example, where the steps tell it; valid as long. */
  readonly losses?: Float32Array;
}

/** Norms of one layer around one step. */
export interface LayerNorms {
  readonly layer: string;
  readonly update: number;
  readonly weight: number;
  readonly gradient: number;
}

/** What the output of one layer looks like over the examples of one step. */
export interface ActivationStats {
  readonly layer: string;
  readonly mean: number;
  /** Standard deviation. */
  readonly spread: number;
  /** Shares of the numbers that are zero, and that lie where the activation hardly answers any more. */
  readonly zeros: number;
  readonly saturated: number;
  /** Share of the units that are zero for every example. */
  readonly dead: number;
}

/** What is seen at a watched step. Autograd sees no activations. */
export interface StepWatch {
  readonly norms: readonly LayerNorms[];
  readonly activations: readonly ActivationStats[];
  /** Norm of each example's gradient by the weights of the last layer, where that is dense and the plan runs; else null. */
  readonly exampleGradients: Float32Array | null;
}

/** Sums up how examples with one label each fare, where their outputs are. */
export interface StepJudge {
  /** Judges the examples of the step that was done last, by their places; `early`: whether their errors are noted. */
  step(places: Int32Array, epoch: number, early: boolean): void;
  /** Mean of the losses since this was asked for last, their squares about it, and how many were right. */
  takeRunning(): {
    readonly n: number;
    readonly mean: number;
    readonly squares: number;
    readonly right: number;
  };
  /** Numbers and counts of all examples; valid until the session is used again. */
  store(): ExampleStore;
}

/**
 * One training in progress. Behind this seam stand the compiled step (`plan`) and TensorFlow.js' autograd, which serves where
 * a model holds what a plan cannot express.
 */
export interface TrainingSession {
  /** What runs the steps, for the log. */
  readonly id: 'plan' | 'autograd';
  /** Takes examples in; once for each data set. */
  load(data: SessionData): LoadedData;
  /** One update on the named rows. `watch` is told what the layers look like. */
  step(data: LoadedData, rows: ArrayLike<number>, watch?: (seen: StepWatch) => void): StepResult;
  /** Judges examples, whose labels are given, of a model whose outputs are shares of several classes; not on autograd. */
  judge?(labels: Int32Array): StepJudge;
  /** Sets the learning rate from the next step on. */
  setRate(rate: number): void;
  /** Outputs of the named rows, rows×U, in inference mode. */
  predict(data: LoadedData, rows: ArrayLike<number>): Float32Array;
  /** Lets `predict` go on with the weights of now while steps move them, until the function that it returns is called. */
  hold?(): () => void;
  /** Whether every weight is a finite number. */
  finite(): boolean;
  /** Brings the weights of the model up to date with the training. */
  sync(): void;
  /** Frees what the training needed; the model keeps its weights. */
  dispose(): void;
}
