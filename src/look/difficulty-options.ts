import type { Predictions } from '../metrics/types';
import type { DynamicsSubject } from './dynamics/run-logs';
import type { TrainingMeasure } from './sources/training-difficulty';

/** Words for a difficulty, where its own are not good enough. */
export interface DifficultyWords {
  /** Defaults to the column's name or the source in words. */
  readonly title?: string;
  /** Defaults to none. */
  readonly unit?: string;
}

/** A metadata column, such as stroke width or length of a text: independent of any model. */
export interface MetadataDifficulty extends DifficultyWords {
  readonly source: 'metadata';
  readonly column: string;
  /** Defaults to true. */
  readonly higherIsHarder?: boolean;
}

/** What people found: a metadata column, or one value per example in the order of the predictions. */
export interface HumanDifficulty extends DifficultyWords {
  readonly source: 'human';
  readonly column?: string;
  /** NaN where nobody said. */
  readonly values?: ArrayLike<number>;
  /** Defaults to true. */
  readonly higherIsHarder?: boolean;
}

/** The loss of another model on the same examples, matched by id; where its loss is unknown, whether it was wrong. */
export interface ReferenceModelDifficulty extends DifficultyWords {
  readonly source: 'reference-model';
  readonly reference: Predictions;
}

/** How hard each example was to learn in a training, matched by id. */
export interface TrainingDynamicsDifficulty extends DifficultyWords {
  readonly source: 'training-dynamics';
  /** A run log, a run, or several (seeds): their mean. */
  readonly log: DynamicsSubject | readonly DynamicsSubject[];
  /** See `trainingDynamics`; confidence and aum count with −1. Defaults to "loss", the mean over the presentations. */
  readonly measure?: TrainingMeasure;
  /** True when the log is that of the very model whose errors are sliced, which is circular; defaults to false. */
  readonly ofThisModel?: boolean;
}

/** The model's own loss: circular, for want of anything better. */
export interface OwnLossDifficulty extends DifficultyWords {
  readonly source: 'own-loss';
}

/** Where difficulty comes from. */
export type DifficultyOptions =
  | MetadataDifficulty
  | HumanDifficulty
  | ReferenceModelDifficulty
  | TrainingDynamicsDifficulty
  | OwnLossDifficulty;
