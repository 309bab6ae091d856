import { cannotTell, suspect, type Check } from '../check';

interface TestLevelMeasure extends Readonly<Record<string, unknown>> {
  readonly n: number;
  readonly loss: number;
  readonly lossError: number;
  readonly validationLoss: number;
  readonly validationError: number;
}

/** Is the model as good on other examples as on validation? */
export const testLevel: Check<TestLevelMeasure> = {
  id: 'test-level',
  title: 'Test against validation',
  question: 'Is the loss on the predictions that were given what validation promised?',
  needs: ['epochs', 'validation', 'predictions'],
  references: [
    { author: 'Recht et al.', title: 'Do ImageNet classifiers generalize to ImageNet?', year: 2019 },
  ],
  symptoms: { 'test-far-from-validation': { scale: 'z', least: 0 } },
  measure({ log, predictions }) {
    const { loss } = log.epochs[log.epochs.length - 1].validation!;
    const values = Array.from(predictions!.loss ?? []).filter((value) => Number.isFinite(value));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    return {
      n: values.length,
      loss: mean,
      lossError: Math.sqrt(squares / Math.max(1, values.length - 1) / values.length),
      validationLoss: loss.value,
      validationError: loss.standardError,
    };
  },
  judge(m) {
    if (m.n < 20) return cannotTell('Fewer than 20 predictions have a loss.');
    if (Number.isNaN(m.validationError)) return cannotTell('The spread of the validation loss is not known.');
    return suspect({
      code: 'test-far-from-validation',
      score: (m.loss - m.validationLoss) / Math.hypot(m.lossError, m.validationError),
      severity: 'warning',
      where: {},
      evidence: { loss: m.loss, validationLoss: m.validationLoss, n: m.n },
      causes: { 'validation-differs': 0.6, 'duplicates-across-split': 0.2, 'preprocessing-differs': 0.2 },
    });
  },
};
