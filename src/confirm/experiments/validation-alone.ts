import { rowsOf } from '../pool-split';
import { endScore, inNumbers } from '../read-arm';
import { priorLossOf } from '../prior-loss';
import { retraining } from '../retraining';

/** Rows of a half of the validation examples. */
const half = (n: number, odd: boolean): readonly number[] =>
  Array.from({ length: n }, (_, row) => row).filter((row) => (row % 2 === 1) === odd);

/** Trained on half of the validation examples and judged on the other: whether their labels follow from their inputs at all. */
export const validationAlone = retraining({
  id: 'validation-alone',
  title: 'on half of the validation examples',
  question: 'Can the labels of validation be learnt from validation?',
  needsValidation: true,
  share: ({ log }) => 0.3 + 0.5 * ((log.data.validation?.n ?? 0) / Math.max(1, log.data.train?.n ?? 1)),
  pointless: ({ sets }) =>
    (sets().validation?.n ?? 0) < 60 ? 'There are too few validation examples for two halves.' : null,
  change: ({ sets, log }) => {
    const data = sets().validation!;
    // As many steps as there were, as far as the smaller set allows for.
    const epochs =
      Math.min(4, Math.max(1, Math.round((log.data.train?.n ?? data.n) / data.n))) * log.config.epochs;
    return {
      train: rowsOf(data, half(data.n, false)),
      validation: rowsOf(data, half(data.n, true)),
      options: { epochs },
    };
  },
  read: (own, arm) => {
    const best = arm.epochs.flatMap(({ validation }) => validation?.loss ?? []);
    const lowest = best.reduce((low, one) => (one.value < low.value ? one : low));
    const prior = priorLossOf(arm, 'validation');
    const seen = lowest.value < 0.95 * prior - 2 * lowest.standardError;
    const [before, after] = [
      endScore(own, 'validation')!,
      { ...endScore(arm, 'validation')!, value: lowest.value },
    ];
    return { seen, told: inNumbers({ before, after }), outcome: seen ? 'better' : 'same' };
  },
  outcomes: {
    other: 0.8,
    under: {
      'validation-labels-wrong': 0.05,
      'labels-without-signal': 0.6,
      'validation-differs': 0.85,
      'preprocessing-differs': 0.9,
      'class-codes-differ': 0.9,
      'too-few-examples': 0.6,
    },
  },
});
