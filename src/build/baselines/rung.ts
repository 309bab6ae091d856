import type { SparseFeatures } from '../../data/prepare/sparse-features';
import type { Dataset, Task } from '../../data/types';
import type { BaselineName, ModelSize } from './types';

/** What the inputs are, by their shape: columns, a series (steps × channels), an image (rows × columns × channels), text. */
export type InputKind = 'columns' | 'series' | 'image' | 'text';

/** Sizes that the cost of a training goes by. */
export interface Sizes {
  /** Features, and output units (K classes or labels, 1 for values). */
  readonly d: number;
  readonly units: number;
  /** Validation examples. */
  readonly validation: number;
  /** Numbers of an example that are not 0. */
  readonly dense: number;
  readonly shape: readonly number[];
  readonly seeds: number;
}

/** What a model says of some examples. */
export type Answer =
  /** Probabilities N×K (or N×1, of class 1) or values N. */
  | { readonly output: ArrayLike<number> }
  /** Classes N, or marks N×K, without probabilities. */
  | { readonly predicted: ArrayLike<number> };

/** One trained model: what it says of the validation examples, and of some that it was trained on, or its score there. */
export interface Answers {
  readonly validation: Answer;
  readonly train: Answer | number;
}

/** What comes of training a rung. */
export interface Learned {
  /** One for each seed; one where nothing is random. */
  readonly answers: readonly Answers[];
  readonly size: ModelSize;
  readonly settings: Readonly<Record<string, string | number>>;
  /** What was degraded. */
  readonly warning?: string;
}

/** What a rung is given to train on. */
export interface RungJob {
  /** Examples to learn from, those to judge by, and some of the first, with dense features. */
  readonly train: Dataset;
  readonly validation: Dataset;
  readonly check: Dataset;
  /** Features without their zeros, for text; null where most are not 0. */
  readonly sparse: ((data: Dataset) => SparseFeatures) | null;
  readonly sizes: Sizes;
  readonly seeds: readonly number[];
  /** Seconds that it may take by its own estimate. */
  readonly seconds: number;
  readonly signal: AbortSignal;
  /** Gives others their turn; true once the ladder is to end. */
  readonly pause: () => Promise<boolean>;
}

/** Seconds by an estimate that counts operations; linear in the examples or steeper. */
export interface Cost {
  readonly least: number;
  readonly usual: number;
}

/** The cost of what takes as long as it takes. */
export const fixedCost = (seconds: number): Cost => ({ least: seconds, usual: seconds });

/** A model of the ladder. */
export interface Rung {
  readonly name: BaselineName;
  readonly what: string;
  /** It knows nothing of the inputs: the floor. */
  readonly trivial?: boolean;
  /** Share of the time that it may take, beside those of the others. */
  readonly weight: number;
  readonly fits: (task: Task, inputs: InputKind) => boolean;
  /** Seconds that it takes for n training examples, with as few rounds as will do and with as many as it likes. */
  readonly cost: (n: number, sizes: Sizes) => Cost;
  readonly train: (job: RungJob) => Promise<Learned>;
}
