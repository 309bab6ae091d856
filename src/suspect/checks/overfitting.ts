import { cannotTell, NOTHING_FOUND, suspect, type Check } from '../check';
import { mean } from '../../stats/mean';
import { jitterOf } from '../course';
import { bestEpoch, guessOf, skillByLoss } from '../skill';

/** Fewer epochs show no course. */
const FEWEST_EPOCHS = 4;

/**
 * Correlation of the loss on the same validation examples at two epochs, assumed for the error of their difference.
 * A log holds no per-example validation losses; 0.8 is below what neighbouring epochs show, so the error is over-stated.
 */
const SAME_EXAMPLES = 0.8;

interface OverfittingMeasure extends Readonly<Record<string, unknown>> {
  readonly epochs: number;
  readonly bestEpoch: number;
  readonly bestLoss: number;
  /** Mean validation loss over the last tenth of the epochs. */
  readonly endLoss: number;
  readonly rise: number;
  /** Standard error of the rise, from the size of the validation set. */
  readonly riseError: number;
  /** Standard deviation of one epoch's validation loss around its course. */
  readonly jitter: number;
  readonly trainAtBest: number;
  readonly trainAtEnd: number;
  readonly accuracyAtBest: number;
  readonly accuracyAtEnd: number;
  readonly validationN: number;
  /** How much better than a guess validation was at its best, at most; NaN where it is not known. */
  readonly bestSkill: number;
}

/** Does the validation loss rise again while the training loss falls? */
export const overfitting: Check<OverfittingMeasure> = {
  id: 'overfitting',
  title: 'Overfitting',
  question: 'Does the validation loss rise from its best by more than luck, while the training loss falls?',
  needs: ['epochs', 'validation', 'validation-summary'],
  references: [{ author: 'Prechelt', title: 'Early stopping – but when?', year: 1998 }],
  symptoms: {
    'validation-rises': { scale: 'z', least: 0 },
    'loss-and-metric-disagree': { scale: 'z', least: 0 },
  },
  measure({ log }) {
    const { epochs, best } = bestEpoch(log);
    const losses = epochs.map(({ validation }) => validation!.loss.value);
    const tail = Math.max(1, Math.floor(epochs.length / 10));
    const ending = epochs.slice(-tail);
    const [a, b] = [
      epochs[best].validation!.loss.standardError,
      mean(ending.map((e) => e.validation!.loss.standardError)),
    ];
    const skill = skillByLoss(epochs[best].validation, guessOf(log));
    const endLoss = mean(losses.slice(-tail));
    const accuracy = (list: typeof epochs): number =>
      mean(list.map((e) => e.validation!.metrics.accuracy?.value ?? NaN));
    return {
      epochs: epochs[epochs.length - 1].epoch,
      bestEpoch: epochs[best].epoch,
      bestLoss: losses[best],
      endLoss,
      rise: endLoss - losses[best],
      riseError: Math.sqrt(Math.max(0, a * a + b * b - 2 * SAME_EXAMPLES * a * b)),
      jitter: jitterOf(losses),
      trainAtBest: epochs[best].train.loss.value,
      trainAtEnd: mean(ending.map((e) => e.train.loss.value)),
      accuracyAtBest: accuracy([epochs[best]]),
      accuracyAtEnd: accuracy(ending),
      validationN: epochs[best].validation!.loss.n,
      bestSkill: skill.value + 2 * skill.error,
    };
  },
  judge(m) {
    if (m.epochs < FEWEST_EPOCHS) {
      return cannotTell(`${m.epochs} epochs show no course; ${FEWEST_EPOCHS} or more would.`);
    }
    if (!Number.isFinite(m.rise) || !Number.isFinite(m.riseError)) {
      return cannotTell('The validation loss is not a number in some epoch.');
    }
    if (m.rise < 0.1 * m.bestLoss || m.trainAtEnd >= m.trainAtBest) return NOTHING_FOUND;
    // The best of E noisy epochs lies about σ·√(2 ln E) below their common level, by luck alone.
    const luck = m.jitter * Math.sqrt(2 * Math.log(m.epochs));
    const score = (m.rise - luck) / m.riseError;
    const gap = m.bestLoss - m.trainAtBest;
    const evidence = {
      bestEpoch: m.bestEpoch,
      epochs: m.epochs,
      bestLoss: m.bestLoss,
      endLoss: m.endLoss,
      rise: m.rise,
      luck: luck + 2 * m.riseError,
      trainAtBest: m.trainAtBest,
      trainAtEnd: m.trainAtEnd,
      accuracyAtBest: m.accuracyAtBest,
      accuracyAtEnd: m.accuracyAtEnd,
      validationN: m.validationN,
    };
    const interval = [m.rise - 2 * m.riseError, m.rise + 2 * m.riseError] as const;
    const where = { epoch: m.bestEpoch, lastEpoch: m.epochs };
    const better = m.accuracyAtEnd >= m.accuracyAtBest;
    return suspect(
      {
        code: 'validation-rises',
        score,
        severity: 'warning',
        where,
        evidence,
        interval,
        causes: {
          'trained-too-long': 0.42,
          'too-few-examples': 0.35,
          'validation-differs': gap > m.trainAtBest ? 0.15 : 0.08,
          'labels-noisy': 0.1,
          // What never carried over was not overfitted.
          'labels-without-signal': m.bestSkill < 0.15 ? 1 : 0.02,
        },
      },
      better && {
        code: 'loss-and-metric-disagree',
        score,
        severity: 'info',
        where,
        evidence,
        causes: { overconfident: 0.8, 'trained-too-long': 0.2 },
      },
    );
  },
};
