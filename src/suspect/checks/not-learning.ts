import { cannotTell, found, NOTHING_FOUND, type Check } from '../check';
import { normalQuantile } from '../../stats/normal-quantile';
import type { Scores } from '../../build/types';
import type { Task } from '../../data/types';
import { priorOf } from '../prior';

/** A run of fewer optimizer steps may not have had the time to learn anything. */
const FEWEST_STEPS = 50;

interface NotLearningMeasure extends Readonly<Record<string, unknown>> {
  readonly steps: number;
  readonly epoch: number;
  readonly initialLoss: number;
  readonly finalLoss: number;
  readonly finalLossError: number;
  readonly priorLoss: number;
  /** Share of the examples, or of their labels where they have several, that is right; and that of the prior predictor. */
  readonly accuracy: number;
  readonly priorAccuracy: number;
  /** What the accuracies are shares of. */
  readonly of: 'examples' | 'labels';
  /** Standard errors by which loss and accuracy on the training examples beat the prior predictor. */
  readonly lossZ: number;
  readonly accuracyZ: number;
  readonly validationAccuracy: number;
  readonly validationN: number;
  readonly validationZ: number;
  readonly validationLossZ: number;
  /** Standard errors by which accuracy, and loss, on training are better than on validation. */
  readonly gapZ: number;
  readonly lossGapZ: number;
  /** Standard errors by which the loss fell over the second half of the run. */
  readonly stillFallingZ: number;
  readonly largestInput: number;
}

/** Share right with its standard error on a guess like the prior, or as measured where examples have several labels. */
interface Right {
  readonly value: number;
  readonly n: number;
  readonly variance: number;
}

function rightOf(scores: Scores | null, task: Task, priorAccuracy: number): Right | undefined {
  if (task === 'multi-label') {
    const wrong = scores?.metrics.hammingLoss;
    return wrong && { value: 1 - wrong.value, n: wrong.n, variance: wrong.standardError ** 2 };
  }
  const accuracy = scores?.metrics.accuracy;
  const variance = (priorAccuracy * (1 - priorAccuracy)) / (accuracy?.n ?? NaN);
  return accuracy && { value: accuracy.value, n: accuracy.n, variance };
}

/** Is the model better than one that never looks at the input? */
export const notLearning: Check<NotLearningMeasure> = {
  id: 'not-learning',
  title: 'Not learning',
  question: 'Does the trained model beat a guess that knows only how frequent the labels are?',
  needs: ['epochs', 'train-summary'],
  references: [
    { author: 'Karpathy', title: 'A recipe for training neural networks', year: 2019 },
    { author: 'Schoop et al.', title: 'UMLAUT: debugging deep learning programs', year: 2021 },
  ],
  measure({ log }) {
    const data = log.data.train!;
    const prior = priorOf(data, log.config.loss, log.task);
    const last = log.epochs[log.epochs.length - 1];
    const middle = log.epochs[Math.floor((log.epochs.length - 1) / 2)];
    const { loss } = last.train;
    const accuracy = rightOf(last.train, log.task, prior.accuracy);
    const validation = rightOf(last.validation, log.task, prior.accuracy);
    const unseen = last.validation?.loss;
    const better = ({ value, variance }: Right): number => (value - prior.accuracy) / Math.sqrt(variance);
    return {
      steps: last.step,
      epoch: last.epoch,
      initialLoss: log.initial?.loss.value ?? NaN,
      finalLoss: loss.value,
      finalLossError: loss.standardError,
      priorLoss: prior.loss,
      accuracy: accuracy?.value ?? NaN,
      priorAccuracy: prior.accuracy,
      of: log.task === 'multi-label' ? 'labels' : 'examples',
      lossZ: (prior.loss - loss.value) / loss.standardError,
      accuracyZ: accuracy ? better(accuracy) : NaN,
      validationAccuracy: validation?.value ?? NaN,
      validationN: validation?.n ?? 0,
      validationZ: validation ? better(validation) : NaN,
      gapZ:
        accuracy && validation
          ? (accuracy.value - validation.value) / Math.sqrt(accuracy.variance + validation.variance)
          : NaN,
      validationLossZ: unseen ? (prior.loss - unseen.value) / unseen.standardError : NaN,
      lossGapZ: unseen
        ? (unseen.value - loss.value) / Math.hypot(unseen.standardError, loss.standardError)
        : NaN,
      stillFallingZ: (middle.train.loss.value - loss.value) / loss.standardError,
      largestInput: Math.max(Math.abs(data.features.min), Math.abs(data.features.max)),
    };
  },
  judge(m, { alpha }) {
    const z = -normalQuantile(alpha);
    if (!Number.isFinite(m.finalLoss)) {
      return cannotTell('The loss is not a number; the check for such values covers it.');
    }
    if (m.priorAccuracy === 1) return cannotTell('All training examples have the same label.');
    if (Number.isNaN(m.lossZ) && Number.isNaN(m.accuracyZ)) {
      if (m.finalLossError === 0) return NOTHING_FOUND;
      return cannotTell('What a guess would reach is not known for this loss, and there is no accuracy.');
    }
    const evidence = {
      finalLoss: m.finalLoss,
      priorLoss: m.priorLoss,
      initialLoss: m.initialLoss,
      accuracy: m.accuracy,
      priorAccuracy: m.priorAccuracy,
      of: m.of,
      steps: m.steps,
      lossZ: m.lossZ,
    };
    const interval = [m.finalLoss - z * m.finalLossError, m.finalLoss + z * m.finalLossError] as const;
    const wide = m.largestInput > 10;
    const start = Math.max(m.priorLoss, Number.isNaN(m.initialLoss) ? -Infinity : m.initialLoss);
    if (m.lossZ < -z && m.finalLoss > 1.2 * start) {
      return found({
        code: 'diverged',
        severity: 'error',
        where: { epoch: m.epoch },
        evidence,
        interval,
        causes: {
          'learning-rate-too-high': wide ? 0.5 : 0.75,
          'inputs-not-scaled': wide ? 0.4 : 0.1,
          'wiring-broken': 0.15,
        },
      });
    }
    // Random weights may beat a guess by accuracy alone; what has not moved has learnt nothing.
    const unmoved = Math.abs(m.initialLoss - m.finalLoss) < 0.02 * Math.abs(m.initialLoss);
    const beatsByLoss = m.lossZ > z;
    const beatsByAccuracy = m.accuracyZ > z && !unmoved;
    if (!beatsByLoss && !beatsByAccuracy) {
      if (m.steps < FEWEST_STEPS) {
        return cannotTell(
          `After ${m.steps} steps the model does not beat a guess yet; ${FEWEST_STEPS} steps or more would tell.`,
        );
      }
      if (m.stillFallingZ > z && m.steps < 10 * FEWEST_STEPS) {
        return cannotTell('The loss does not beat a guess yet but still falls; a longer run would tell.');
      }
      return found({
        code: 'no-better-than-guessing',
        severity: 'error',
        where: { epoch: m.epoch },
        evidence,
        interval,
        causes: {
          'learning-rate-too-low': unmoved ? 0.4 : 0.15,
          'learning-rate-too-high': unmoved ? 0.1 : 0.35,
          'inputs-not-scaled': wide ? 0.3 : 0.1,
          'wiring-broken': unmoved ? 0.3 : 0.15,
          'labels-without-signal': 0.15,
        },
      });
    }
    const guessesOnValidation = m.validationZ <= z && !(m.validationLossZ > z);
    if (m.validationN >= 20 && guessesOnValidation && (m.gapZ > z || m.lossGapZ > z)) {
      return found({
        code: 'guesses-on-validation',
        severity: 'error',
        where: { epoch: m.epoch },
        evidence: {
          ...evidence,
          validationAccuracy: m.validationAccuracy,
          validationN: m.validationN,
          validationZ: m.validationZ,
        },
        causes: { 'labels-without-signal': 0.5, 'validation-differs': 0.3, 'too-few-examples': 0.2 },
      });
    }
    return NOTHING_FOUND;
  },
};
