import type { Baseline, Baselines } from '../build/baselines/types';
import type { Dataset } from '../data/types';
import type { Predictions } from '../metrics/types';
import type { DynamicsSubject } from './dynamics/run-logs';
import type { HardnessLearner } from './hardness/learners';
import type { OutputMeasure } from './sources/output-measures';
import type { TrainingMeasure } from './sources/training-difficulty';

/** Words for a difficulty, where its own are not good enough. */
export interface DifficultyWords {
  /** Defaults to the column's name or the source in words. */
  readonly title?: string;
  /** Defaults to none. */
  readonly unit?: string;
}

/** A metadata column, such as stroke width, a date, or length of a text: independent of any model. */
export interface MetadataDifficulty extends DifficultyWords {
  readonly source: 'metadata';
  readonly column: string;
  /** Defaults to true; of dates that later is harder. */
  readonly higherIsHarder?: boolean;
  /** Levels of a column of text from the easiest to the hardest, such as ['easy', 'medium', 'hard']; other values are unknown. */
  readonly order?: readonly string[];
}

/** How much several answers differ. */
export type AgreementMeasure = 'minority' | 'entropy' | 'disagreement' | 'spread';

/** What people found: exactly one of column, values, time, answer, annotators, votes. */
export interface HumanDifficulty extends DifficultyWords {
  readonly source: 'human';
  /** A metadata column of ratings. */
  readonly column?: string;
  /** Ratings in the order of the predictions; NaN where nobody said. */
  readonly values?: ArrayLike<number>;
  /** A metadata column of the time that it took a person. */
  readonly time?: string;
  /** A metadata column of what one person answered: 1 where that is not the label, of values the squared distance. */
  readonly answer?: string;
  /** Metadata columns of what each of several people answered. */
  readonly annotators?: readonly string[];
  /** N×K, row by row: how many people chose each class, in the order of the classes. */
  readonly votes?: ArrayLike<number>;
  /**
   * Of several answers: "minority", the share outside the majority, "entropy" in nats, "disagreement", the share that is not
   * the label; of values their "spread", the standard deviation. Defaults to "minority", or "spread" for regression.
   */
  readonly measure?: AgreementMeasure;
  /** Of `column`, `values` and `time`; defaults to true. */
  readonly higherIsHarder?: boolean;
}

/** What other models make of the same examples, matched by id: one, several, or the ladder of `baselines`. */
export interface ReferenceModelDifficulty extends DifficultyWords {
  readonly source: 'reference-model';
  /** Of several the mean is taken. A ladder gives its models but for the trivial ones. */
  readonly reference: Predictions | readonly Predictions[] | Baseline | Baselines;
  /**
   * "correctness" is the share of the models that are wrong; "margin" and "confidence" count with −1. Defaults to "loss", or
   * "correctness" where no loss is known.
   */
  readonly measure?: OutputMeasure | 'correctness';
}

/** How hard each example was to learn in a training, matched by id. */
export interface TrainingDynamicsDifficulty extends DifficultyWords {
  readonly source: 'training-dynamics';
  /** A run log, a run, or several (seeds): their mean. */
  readonly log: DynamicsSubject | readonly DynamicsSubject[];
  /** See `trainingDynamics`; confidence, correctness and aum count with −1. Defaults to "loss", the mean over the presentations. */
  readonly measure?: TrainingMeasure;
  /** True when the log is that of the very model whose errors are sliced, which is circular; defaults to false. */
  readonly ofThisModel?: boolean;
}

/** What the model itself makes of them: circular, for want of anything better. */
export interface OwnLossDifficulty extends DifficultyWords {
  readonly source: 'own-loss';
  /**
   * "margin" is the probability of the truth less the largest other one, "confidence" the largest one; both count with −1.
   * Defaults to "loss".
   */
  readonly measure?: OutputMeasure;
}

/** How many of the most similar examples have another label (k-disagreeing neighbours): from the data alone. */
export interface NeighboursDifficulty extends DifficultyWords {
  readonly source: 'neighbours';
  /** The examples with their features, matched by id; raw columns are prepared and dense features standardised. */
  readonly dataset: Dataset;
  /** Where neighbours are looked for, such as the training data; defaults to `dataset`. An example is not its own neighbour. */
  readonly among?: Dataset;
  /** Defaults to 5. */
  readonly k?: number;
  /** Draws a sample of `among` where all of it would take too long; defaults to 0. */
  readonly seed?: number;
}

/** How little simple models give the truth when they have not seen the example (instance hardness): from the data alone. */
export interface InstanceHardnessDifficulty extends DifficultyWords {
  readonly source: 'instance-hardness';
  /** The examples with their features and classes, matched by id. */
  readonly dataset: Dataset;
  /** Defaults to all. */
  readonly learners?: readonly HardnessLearner[];
  /** Parts of the cross-validation, 2 to 20; defaults to 5. */
  readonly folds?: number;
  /** Deals out the folds, and draws a sample where all of the data would take too long; defaults to 0. */
  readonly seed?: number;
}

/** Where difficulty comes from. */
export type DifficultyOptions =
  | MetadataDifficulty
  | HumanDifficulty
  | ReferenceModelDifficulty
  | TrainingDynamicsDifficulty
  | NeighboursDifficulty
  | InstanceHardnessDifficulty
  | OwnLossDifficulty;
