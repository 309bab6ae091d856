import type { EpochRecord, RunLog, Scores } from '../build/types';
import { priorOf } from '../build/prior';

/**
 * How much better than a guess: 0 for the predictor that knows only how frequent the labels are, 1 for one that is always
 * right, below 0 for one that is worse; with its standard error. NaN where it cannot be told.
 */
export interface Skill {
  readonly value: number;
  readonly error: number;
}

const UNKNOWN: Skill = { value: NaN, error: NaN };

/** Where skill is measured from. */
export interface Guess {
  readonly loss: number;
  readonly accuracy: number;
}

/** The guess that a run's skill is measured from. */
export const guessOf = (log: RunLog): Guess =>
  log.data.train ? priorOf(log.data.train, log.config.loss, log.task) : { loss: NaN, accuracy: NaN };

/** Skill by loss: 1 − loss / that of a guess. */
export function skillByLoss(scores: Scores | null, { loss: guess }: Guess): Skill {
  if (!scores || !(guess > 0)) return UNKNOWN;
  return { value: 1 - scores.loss.value / guess, error: scores.loss.standardError / guess };
}

/** Skill by accuracy: (accuracy − that of a guess) / (1 − that of a guess), with an error that is never zero. */
export function skillByAccuracy(scores: Scores | null, { accuracy: guess }: Guess): Skill {
  const accuracy = scores?.metrics.accuracy;
  if (!accuracy || !(guess < 1)) return UNKNOWN;
  // Agresti–Coull pseudo-counts: an accuracy of exactly 1 has an error too.
  const p = (accuracy.value * accuracy.n + 2) / (accuracy.n + 4);
  const error = Math.sqrt((p * (1 - p)) / (accuracy.n + 4));
  return { value: (accuracy.value - guess) / (1 - guess), error: error / (1 - guess) };
}

/** Whether an optimizer makes steps of the size of its learning rate, whatever the size of the gradient. */
const SCALED_BY_ITSELF = /^(adam|adamax|adamw|rmsprop|nadam|adagrad|adadelta)/i;

/**
 * Whether steps are small though their rate is not: an optimizer that scales the gradient moves a weight by about its rate,
 * as long as there is a gradient.
 */
export const lacksGradient = (log: RunLog, updateRatio: number): boolean =>
  SCALED_BY_ITSELF.test(log.config.optimizer) && updateRatio < 0.2 * log.config.learningRate;

/** The epochs with validation scores, and the place of the one with the lowest validation loss among them. */
export interface JudgedEpochs {
  readonly epochs: readonly EpochRecord[];
  readonly best: number;
}

const judged = new WeakMap<RunLog, JudgedEpochs>();

/** Returns the epochs that validation has judged; several checks ask for them. */
export function bestEpoch(log: RunLog): JudgedEpochs {
  const found = judged.get(log) ?? judgedEpochs(log);
  judged.set(log, found);
  return found;
}

function judgedEpochs(log: RunLog): JudgedEpochs {
  const epochs = log.epochs.filter(({ validation }) => validation !== null);
  let best = 0;
  epochs.forEach(({ validation }, i) => {
    if (validation!.loss.value < epochs[best].validation!.loss.value) best = i;
  });
  return { epochs, best };
}
