import { cannotTell, found, NOTHING_FOUND, type Check } from '../check';
import { mean } from '../../stats/mean';
import { normalQuantile } from '../../stats/normal-quantile';

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
}

/** Median absolute second difference, scaled to the standard deviation of independent noise (its variance is 6σ²). */
function jitterOf(values: readonly number[]): number {
  const bends = values
    .slice(2)
    .map((v, i) => Math.abs(v - 2 * values[i + 1] + values[i]))
    .sort((a, b) => a - b);
  return bends.length === 0 ? 0 : (1.4826 * bends[Math.floor(bends.length / 2)]) / Math.sqrt(6);
}

/** Does the validation loss rise again while the training loss falls? */
export const overfitting: Check<OverfittingMeasure> = {
  id: 'overfitting',
  title: 'Overfitting',
  question: 'Does the validation loss rise from its best by more than luck, while the training loss falls?',
  needs: ['epochs', 'validation', 'validation-summary'],
  references: [{ author: 'Prechelt', title: 'Early stopping – but when?', year: 1998 }],
  measure({ log }) {
    const epochs = log.epochs.filter(({ validation }) => validation !== null);
    const losses = epochs.map(({ validation }) => validation!.loss.value);
    let best = 0;
    losses.forEach((loss, i) => {
      if (loss < losses[best]) best = i;
    });
    const tail = Math.max(1, Math.floor(epochs.length / 10));
    const ending = epochs.slice(-tail);
    const [a, b] = [
      epochs[best].validation!.loss.standardError,
      mean(ending.map((e) => e.validation!.loss.standardError)),
    ];
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
    };
  },
  judge(m, { alpha }) {
    if (m.epochs < FEWEST_EPOCHS) {
      return cannotTell(`${m.epochs} epochs show no course; ${FEWEST_EPOCHS} or more would.`);
    }
    if (!Number.isFinite(m.rise) || !Number.isFinite(m.riseError)) {
      return cannotTell('The validation loss is not a number in some epoch.');
    }
    const z = -normalQuantile(alpha);
    // The best of E noisy epochs lies about σ·√(2 ln E) below their common level, by luck alone.
    const luck = z * m.riseError + m.jitter * Math.sqrt(2 * Math.log(m.epochs));
    if (m.rise <= luck || m.rise < 0.1 * m.bestLoss || m.trainAtEnd >= m.trainAtBest) return NOTHING_FOUND;
    const gap = m.bestLoss - m.trainAtBest;
    return found({
      code: 'validation-rises',
      severity: 'warning',
      where: { epoch: m.bestEpoch },
      evidence: {
        bestEpoch: m.bestEpoch,
        epochs: m.epochs,
        bestLoss: m.bestLoss,
        endLoss: m.endLoss,
        rise: m.rise,
        luck,
        trainAtBest: m.trainAtBest,
        trainAtEnd: m.trainAtEnd,
        accuracyAtBest: m.accuracyAtBest,
        accuracyAtEnd: m.accuracyAtEnd,
        validationN: m.validationN,
      },
      interval: [m.rise - z * m.riseError, m.rise + z * m.riseError],
      causes: {
        'trained-too-long': 0.4,
        'too-few-examples': 0.35,
        'validation-differs': gap > m.trainAtBest ? 0.25 : 0.1,
        'labels-noisy': 0.1,
      },
    });
  },
};
