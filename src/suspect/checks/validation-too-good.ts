import { found, NOTHING_FOUND, type Check, type Suspicion } from '../check';
import { binomialCdf } from '../../stats/binomial';
import { normalQuantile } from '../../stats/normal-quantile';

/** Fewer copies are put down to chance. */
const FEWEST_COPIES = 3;

interface TooGoodMeasure extends Readonly<Record<string, unknown>> {
  readonly epoch: number;
  readonly trainLoss: number;
  readonly validationLoss: number;
  readonly trainAccuracy: number;
  readonly validationAccuracy: number;
  readonly validationN: number;
  /** Standard errors by which validation beats training. */
  readonly lossZ: number;
  readonly accuracyZ: number;
  readonly humanLevel: number;
  /** Standard errors by which validation accuracy beats the human level. */
  readonly humanZ: number;
  readonly sameData: boolean;
  readonly copies: number;
  readonly copiesOf: number;
  readonly copyRateWithinTrain: number;
}

/** Is the validation score better than is reasonable? */
export const validationTooGood: Check<TooGoodMeasure> = {
  id: 'validation-too-good',
  title: 'Validation better than reasonable',
  question: 'Is the model better on examples it never saw than on those it learnt from, or than people are?',
  needs: ['epochs', 'validation', 'train-summary', 'validation-summary'],
  references: [
    {
      author: 'Kapoor & Narayanan',
      title: 'Leakage and the reproducibility crisis in ML-based science',
      year: 2023,
    },
  ],
  measure({ log, duplicates }) {
    const last = log.epochs[log.epochs.length - 1];
    const [train, validation] = [last.train, last.validation!];
    const [a, b] = [train.metrics.accuracy, validation.metrics.accuracy];
    // Agresti–Coull pseudo-counts: an accuracy of exactly 1 has an error too.
    const spread = (share: number, n: number): number => {
      const p = (share * n + 2) / (n + 4);
      return (p * (1 - p)) / (n + 4);
    };
    const human = log.goals.humanLevel?.metric === 'accuracy' ? log.goals.humanLevel.value : NaN;
    return {
      epoch: last.epoch,
      trainLoss: train.loss.value,
      validationLoss: validation.loss.value,
      trainAccuracy: a?.value ?? NaN,
      validationAccuracy: b?.value ?? NaN,
      validationN: validation.loss.n,
      lossZ:
        (train.loss.value - validation.loss.value) /
        Math.hypot(train.loss.standardError, validation.loss.standardError),
      accuracyZ: a && b ? (b.value - a.value) / Math.sqrt(spread(a.value, a.n) + spread(b.value, b.n)) : NaN,
      humanLevel: human,
      humanZ: b ? (b.value - human) / Math.sqrt(spread(b.value, b.n)) : NaN,
      sameData:
        log.data.train !== null &&
        log.data.validation !== null &&
        log.data.train.fingerprint === log.data.validation.fingerprint,
      copies: duplicates?.indices.length ?? NaN,
      copiesOf: duplicates?.n ?? 0,
      copyRateWithinTrain: duplicates?.rateWithinTrain ?? NaN,
    };
  },
  judge(m, { alpha }) {
    const z = -normalQuantile(alpha);
    const suspicions: Suspicion[] = [];
    const where = { epoch: m.epoch };
    const scores = {
      trainLoss: m.trainLoss,
      validationLoss: m.validationLoss,
      trainAccuracy: m.trainAccuracy,
      validationAccuracy: m.validationAccuracy,
      validationN: m.validationN,
    };
    const expectedRate = Math.max(m.copyRateWithinTrain, 1 / (m.copiesOf + 1));
    const copied =
      m.copies >= FEWEST_COPIES &&
      1 - binomialCdf(m.copies - 1, m.copiesOf, Math.min(1, expectedRate)) < alpha;
    if (m.sameData || copied) {
      return found({
        code: 'validation-in-train',
        severity: 'error',
        where,
        evidence: {
          ...scores,
          copies: m.sameData && Number.isNaN(m.copies) ? m.validationN : m.copies,
          copiesOf: m.copiesOf || m.validationN,
        },
        causes: { 'duplicates-across-split': 1 },
      });
    }
    if (m.lossZ > z && !(m.accuracyZ <= 0)) {
      suspicions.push({
        code: 'validation-beats-train',
        severity: 'warning',
        where,
        evidence: { ...scores, lossZ: m.lossZ, accuracyZ: m.accuracyZ },
        causes: { 'validation-easier': 0.6, 'duplicates-across-split': 0.2, 'label-in-features': 0.2 },
      });
    }
    if (m.humanZ > z) {
      suspicions.push({
        code: 'validation-beats-people',
        severity: 'warning',
        where,
        evidence: { ...scores, humanLevel: m.humanLevel, humanZ: m.humanZ },
        causes: { 'label-in-features': 0.5, 'duplicates-across-split': 0.4, 'validation-easier': 0.1 },
      });
    }
    return suspicions.length > 0 ? found(...suspicions) : NOTHING_FOUND;
  },
};
