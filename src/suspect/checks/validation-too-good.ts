import { suspect, type Check } from '../check';

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
  /** Share of the training examples that the model got wrong most of the time; NaN where it is not known. */
  readonly mostlyWrong: number;
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
  symptoms: {
    'validation-beats-train': { scale: 'z', least: 4 },
    'validation-beats-people': { scale: 'z', least: 0 },
  },
  measure({ log }) {
    const last = log.epochs[log.epochs.length - 1];
    const [train, validation] = [last.train, last.validation!];
    const [a, b] = [train.metrics.accuracy, validation.metrics.accuracy];
    // Agresti–Coull pseudo-counts: an accuracy of exactly 1 has an error too.
    const spread = (share: number, n: number): number => {
      const p = (share * n + 2) / (n + 4);
      return (p * (1 - p)) / (n + 4);
    };
    const human = log.goals.humanLevel?.metric === 'accuracy' ? log.goals.humanLevel.value : NaN;
    const { examples } = log;
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
      mostlyWrong:
        examples && log.task === 'classification'
          ? Array.from(examples.correctSum).filter((right, i) => right < 0.3 * examples.seen[i]).length /
            examples.n
          : NaN,
    };
  },
  judge(m) {
    const where = { epoch: m.epoch };
    const scores = {
      trainLoss: m.trainLoss,
      validationLoss: m.validationLoss,
      trainAccuracy: m.trainAccuracy,
      validationAccuracy: m.validationAccuracy,
      validationN: m.validationN,
    };
    // Wrong labels among the training examples alone hold the training score down, and some are never learnt.
    const noisy = m.mostlyWrong > 0.1;
    return suspect(
      !(m.accuracyZ <= 0) && {
        code: 'validation-beats-train',
        // A few easy examples have a low loss, and a low spread of it, by luck: accuracy must agree.
        score: Number.isNaN(m.accuracyZ) ? m.lossZ : Math.min(m.lossZ, 1.5 * m.accuracyZ),
        severity: 'warning',
        where,
        evidence: { ...scores, lossZ: m.lossZ, accuracyZ: m.accuracyZ, mostlyWrong: m.mostlyWrong },
        causes: {
          'labels-noisy': noisy ? 0.6 : 0.1,
          'augmentation-too-strong': noisy ? 0.15 : 0.1,
          'validation-easier': noisy ? 0.15 : 0.5,
          'duplicates-across-split': 0.1,
          'label-in-features': 0.1,
        },
      },
      {
        code: 'validation-beats-people',
        score: m.humanZ,
        severity: 'warning',
        where,
        evidence: { ...scores, humanLevel: m.humanLevel, humanZ: m.humanZ },
        causes: { 'label-in-features': 0.5, 'duplicates-across-split': 0.4, 'validation-easier': 0.1 },
      },
    );
  },
};
