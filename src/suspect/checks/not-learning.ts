import { median } from '../../stats/median';
import { cannotTell, NOTHING_FOUND, suspect, type Check } from '../check';
import { largestInput, WIDE } from '../largest-input';
import { courseOf } from '../course';
import type { RunLog } from '../../build/types';
import { bestEpoch, guessOf, lacksGradient, skillByAccuracy, skillByLoss, type Skill } from '../skill';

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
  /** How much better than a guess the model is on its training examples at most, two standard errors being its luck. */
  readonly skillByLoss: number;
  readonly skillByAccuracy: number;
  /** The same on validation, at its best; NaN without it. Its loss then, and accuracy at the end. */
  readonly validationSkill: number;
  readonly validationLoss: number;
  readonly validationAccuracy: number;
  /** Pace of the fall at the end as a share of the mean pace. */
  readonly pace: number;
  /** Median over the layers of ‖Δw‖ / ‖w‖ in a step. */
  readonly updateRatio: number;
  /** Whether there is hardly a gradient to step along. */
  readonly starved: boolean;
  readonly largestInput: number;
  /** Highest share of dead units in a layer at the end. */
  readonly dead: number;
}

/** Validation examples below which their skill says nothing. */
const FEWEST_VALIDATION = 20;

/**
 * Skill by accuracy at most. Of few examples of a rare class accuracy tells little: where the loss is known, it counts only
 * where it is above a guess by more than luck.
 */
function upperOf(byAccuracy: Skill, byLoss: Skill): number {
  const told = byAccuracy.value > 2 * byAccuracy.error || Number.isNaN(byLoss.value);
  return told ? byAccuracy.value + 2 * byAccuracy.error : NaN;
}

/** How much better than a guess the model is on validation at most: by loss at its best epoch, or by accuracy at the end. */
function validationSkill(log: RunLog): number {
  const guess = guessOf(log);
  const { epochs, best } = bestEpoch(log);
  if (epochs.length === 0 || !(epochs[0].validation!.loss.n >= FEWEST_VALIDATION)) return NaN;
  const byLoss = skillByLoss(epochs[best].validation, guess);
  const byAccuracy = skillByAccuracy(epochs[epochs.length - 1].validation, guess);
  const upper = [
    byLoss.value + 2 * byLoss.error,
    log.task === 'multi-label' ? NaN : upperOf(byAccuracy, byLoss),
  ].filter((value) => !Number.isNaN(value));
  return upper.length > 0 ? Math.max(...upper) : NaN;
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
  symptoms: {
    diverged: { scale: 'size', least: 0.3 },
    'no-better-than-guessing': { scale: 'size', least: 0.75 },
  },
  measure({ log }) {
    const guess = guessOf(log);
    const { epochs, best: bestAt } = bestEpoch(log);
    const last = log.epochs[log.epochs.length - 1];
    const [byLoss, byAccuracy] = [skillByLoss(last.train, guess), skillByAccuracy(last.train, guess)];
    const several = log.task === 'multi-label';
    const wrong = last.train.metrics.hammingLoss?.value ?? NaN;
    const accuracy = several ? 1 - wrong : (last.train.metrics.accuracy?.value ?? NaN);
    const upper = several ? (accuracy - guess.accuracy) / (1 - guess.accuracy) : upperOf(byAccuracy, byLoss);
    const ratio = median(
      log.layers.flatMap(({ updateRatio }) =>
        updateRatio.length > 0 ? [updateRatio[updateRatio.length - 1]] : [],
      ),
    );
    return {
      steps: last.step,
      epoch: last.epoch,
      initialLoss: log.initial?.loss.value ?? NaN,
      finalLoss: last.train.loss.value,
      finalLossError: last.train.loss.standardError,
      priorLoss: guess.loss,
      accuracy,
      priorAccuracy: guess.accuracy,
      of: several ? 'labels' : 'examples',
      skillByLoss: byLoss.value + 2 * byLoss.error,
      skillByAccuracy: upper,
      validationSkill: validationSkill(log),
      validationLoss: epochs[bestAt]?.validation?.loss.value ?? NaN,
      validationAccuracy: last.validation?.metrics.accuracy?.value ?? NaN,
      pace: courseOf(log).pace,
      updateRatio: ratio,
      starved: lacksGradient(log, ratio),
      largestInput: largestInput(log),
      dead: Math.max(0, ...log.activations.map(({ dead }) => dead[dead.length - 1] ?? 0)),
    };
  },
  judge(m) {
    if (!Number.isFinite(m.finalLoss)) {
      return cannotTell('The loss is not a number; the check for such values covers it.');
    }
    if (m.priorAccuracy === 1) return cannotTell('All training examples have the same label.');
    if (Number.isNaN(m.skillByLoss) && Number.isNaN(m.skillByAccuracy)) {
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
    };
    const luck = 2 * m.finalLossError;
    const interval = [m.finalLoss - luck, m.finalLoss + luck] as const;
    const wide = m.largestInput > WIDE;
    const quick = m.updateRatio > 0.1 || m.dead > 0.8;
    const slow = m.updateRatio < 1e-4 && !wide && !m.starved;
    const start = Math.max(m.priorLoss, Number.isNaN(m.initialLoss) ? -Infinity : m.initialLoss);
    // Random weights may beat a guess by accuracy alone; what has not moved has learnt nothing.
    const unmoved = Math.abs(m.initialLoss - m.finalLoss) < 0.02 * Math.abs(m.initialLoss);
    const best = Math.max(
      Number.isNaN(m.skillByLoss) ? -Infinity : m.skillByLoss,
      unmoved || Number.isNaN(m.skillByAccuracy) ? -Infinity : m.skillByAccuracy,
    );
    const onValidation = best < 0.6 && m.validationSkill < best;
    // Weights that move while the loss does not have something to learn, and cannot.
    const stuck = unmoved && !(m.updateRatio > 3e-4 && !m.starved);
    const creeping = m.pace > 0.7 && m.updateRatio < 3e-4 && !m.starved && !wide;
    // A little of the training examples is known, and nothing of it carries over.
    const byHeart = best > 0.1 && m.validationSkill < 0.5 * best;
    const early = (m.steps < FEWEST_STEPS && m.pace > 0.3) || (m.epoch < 3 && m.steps < 4 * FEWEST_STEPS);
    return suspect(
      m.finalLoss - luck > start && {
        code: 'diverged',
        score: Math.log10((m.finalLoss - luck) / start),
        severity: 'error',
        where: { epoch: m.epoch },
        evidence,
        interval,
        causes: {
          'learning-rate-too-high': wide ? 0.45 : 0.8,
          'inputs-not-scaled': wide ? 0.5 : 0.05,
          'wiring-broken': 0.1,
        },
      },
      best > -Infinity && {
        code: 'no-better-than-guessing',
        // What is known of the training examples alone, and little of them, is no more than a guess either.
        score: early ? 0 : 1 - (onValidation ? m.validationSkill : best),
        severity: 'error',
        where: { epoch: m.epoch },
        evidence: onValidation
          ? { ...evidence, on: 'validation', finalLoss: m.validationLoss, accuracy: m.validationAccuracy }
          : evidence,
        interval,
        causes: {
          'learning-rate-too-low': slow ? 0.6 : creeping ? 0.5 : stuck ? 0.3 : 0.05,
          'trained-too-short': m.pace > 0.7 && !slow ? 0.3 : 0.02,
          'learning-rate-too-high': quick ? 0.6 : 0.15,
          'inputs-not-scaled': wide ? 0.5 : 0.04,
          'wiring-broken': stuck && !slow ? 0.25 : 0.1,
          'labels-without-signal': byHeart ? 1.2 : stuck || quick || wide || slow || creeping ? 0.08 : 0.45,
          'regularised-too-much': 0.04,
          'gradient-vanishes': 0.02,
          'weights-equal': 0.02,
          'units-dead': 0.02,
          'layers-frozen': 0.02,
          'output-does-not-fit-loss': 0.02,
          'input-constant': 0.02,
          'batch-too-large': 0.02,
          bottleneck: 0.03,
        },
      },
    );
  },
};
