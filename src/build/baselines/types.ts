import type { ProgressListener } from '../../core/progress';
import type { Warning } from '../../core/warning';
import type { Task } from '../../data/types';
import type { Metric, Predictions } from '../../metrics/types';
import type { Goals } from '../goals';
import type { PrepareChoice } from '../prepare-sets';
import type { Spread } from '../sweep-types';
import type { Goal } from '../types';

/** The models of the ladder, from the simplest on. Which of them fit depends on the task and the inputs. */
export type BaselineName =
  | 'majority class'
  | 'majority of each label'
  | 'mean'
  | 'median'
  | 'class prior'
  | 'label prior'
  | 'naive Bayes'
  | 'nearest neighbour'
  | 'logistic regression'
  | 'ridge regression'
  | 'boosted trees'
  | 'small MLP'
  | 'small CNN'
  | '1-D convolution';

export interface BaselinesOptions {
  /** The models to train; defaults to all that fit the task and the inputs. */
  readonly models?: readonly BaselineName[];
  /**
   * What the ladder may take on an ordinary core, by an estimate that counts operations; defaults to 10. Models that would
   * take longer are trained for fewer rounds or on a sample of the examples, or skipped: the same everywhere, however fast
   * the machine.
   */
  readonly seconds?: number;
  /** Seeds of the networks, or how many, from 0 on; defaults to 5. The first one draws samples. */
  readonly seeds?: number | readonly number[];
  /** How to make features, or what was fitted before; defaults to what `prepare` chooses. */
  readonly prepare?: PrepareChoice;
  /** `humanLevel` is what the last sentence compares with. */
  readonly goals?: Pick<Goals, 'humanLevel'>;
  /** Ends the ladder; models that are done are kept. */
  readonly signal?: AbortSignal;
  readonly onProgress?: ProgressListener;
  /** Show the ladder while it grows, in a notebook; defaults to true. */
  readonly live?: boolean;
}

/** How large a trained model is. */
export interface ModelSize {
  readonly count: number;
  readonly unit: 'parameters' | 'nodes' | 'examples kept';
  readonly bytes: number;
}

/** The best model minus this one, over the same validation examples. */
export interface BehindBest {
  /** In the unit of the metric, above 0 where the best one is better. */
  readonly difference: number;
  /** 95 %, paired over examples, with the spread over seeds where there is one. */
  readonly interval: readonly [number, number];
  /** McNemar's exact test; null for values, and where a model has several seeds. */
  readonly pValue: number | null;
  /** The whole interval is above 0. */
  readonly clearlyWorse: boolean;
}

/** One trained model of the ladder. */
export interface Baseline {
  readonly kind: 'baseline';
  readonly model: BaselineName;
  /** What it is, in a few words. */
  readonly what: string;
  /** It knows nothing of the inputs: the floor. */
  readonly trivial: boolean;
  readonly metric: string;
  readonly metricTitle: string;
  readonly metricUnit: Metric['unit'];
  readonly higherIsBetter: boolean;
  /** On the validation examples; the mean over the seeds. */
  readonly score: number;
  /** 95 %, over the examples and, where there are any, the seeds. */
  readonly interval: readonly [number, number];
  /** Validation examples. */
  readonly n: number;
  /** The same metric on at most 2,000 of the examples that it was trained on. */
  readonly trainScore: number;
  /** Mean log loss on the validation examples in nats (classes), or mean squared error; NaN where it gives no probabilities. */
  readonly loss: number;
  /** How the score spreads over the seeds; null where nothing is random. */
  readonly spread: Spread | null;
  /** Training examples that it saw, of how many. */
  readonly trainedOn: number;
  readonly trainN: number;
  readonly seconds: number;
  readonly size: ModelSize;
  /** What it was told. */
  readonly settings: Readonly<Record<string, string | number>>;
  /** Null for the best model itself. */
  readonly behindBest: BehindBest | null;
  /** What it says of the validation examples, of the seed in the middle where there are several. Not part of the JSON. */
  readonly predictions: Predictions;
}

/** How far the simplest good model is from what people do. */
export interface HumanGap {
  readonly goal: Goal;
  /** In the unit of the metric, above 0 where people are better; the human level is taken as exact. */
  readonly difference: number;
  readonly interval: readonly [number, number];
}

/** A model whose probabilities are clearly better than the class shares, though its classes are not. */
export interface BetterByLoss {
  readonly model: BaselineName;
  /** Mean log loss of the model and of the class or label shares, in nats. */
  readonly loss: number;
  readonly priorLoss: number;
  /** Of the paired difference, 95 %, above 0. */
  readonly interval: readonly [number, number];
}

/** A ladder of models from the simplest to the most complex. */
export interface Baselines {
  readonly kind: 'baselines';
  readonly name: string;
  readonly task: Task;
  /** The metric that `score` is. */
  readonly metric: string;
  readonly metricTitle: string;
  readonly metricUnit: Metric['unit'];
  readonly higherIsBetter: boolean;
  /** Validation examples. */
  readonly n: number;
  readonly trainN: number;
  readonly level: number;
  /** From the simplest on. */
  readonly rows: readonly Baseline[];
  /** Models that are not there, and why. */
  readonly skipped: readonly { readonly model: BaselineName; readonly reason: string }[];
  /** Models that were not reached; empty but for a ladder that was stopped or still grows. */
  readonly pending: readonly BaselineName[];
  /** The model of the best score, and the simplest one that is not clearly worse; null without any. */
  readonly best: BaselineName | null;
  readonly simplestGood: BaselineName | null;
  readonly human: HumanGap | null;
  /** Where no model gets clearly more right than always the same answer: the one of best log loss, if clearly better. */
  readonly betterByLoss: BetterByLoss | null;
  /** What it comes to, in words. */
  readonly message: string;
  readonly seeds: readonly number[];
  /** What it was allowed to take, and what it took. */
  readonly budget: number;
  readonly seconds: number;
  readonly stopped: 'completed' | 'aborted';
  readonly warnings: readonly Warning[];
  /**
   * Returns the score of a model as a goal for `fit`; defaults to the simplest good one. Not part of the JSON.
   *
   * @throws InputError `not-found` for a model that is not there
   */
  goal(model?: BaselineName): Goal;
  /**
   * Returns what a model says of the validation examples; defaults to the simplest good one. Not part of the JSON.
   *
   * @throws InputError `not-found` for a model that is not there
   */
  predictions(model?: BaselineName): Predictions;
}
