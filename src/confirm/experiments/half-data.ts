import { halfOf } from '../pool-split';
import { bestScore } from '../read-arm';
import { retraining } from '../retraining';
import { digits } from '../in-digits';

/** Half of the training examples: where fewer hurt, more would help. */
export const halfData = retraining({
  id: 'half-data',
  title: 'on half of the training examples',
  question: 'Does half of the examples do worse?',
  needsValidation: true,
  share: () => 0.6,
  change: ({ sets, seed }) => ({ train: halfOf(sets().train, seed) }),
  pointless: ({ log }) =>
    (log.data.train?.n ?? 0) < 8 ? 'There are too few training examples to leave half of them out.' : null,
  read: (own, arm) => {
    const [all, half] = [bestScore(own, 'validation'), bestScore(arm, 'validation')];
    if (!all || !half) return { seen: false, told: 'no validation loss is a number', outcome: 'same' };
    const seen =
      half.value - all.value > Math.max(Math.hypot(half.standardError, all.standardError), 0.05 * all.value);
    const told = `the best validation loss is ${digits(half.value)} instead of ${digits(all.value)}`;
    return { seen, told, outcome: seen ? 'worse' : 'same' };
  },
  outcomes: {
    other: 0.35,
    under: {
      'too-few-examples': 0.9,
      'trained-too-long': 0.4,
      'labels-noisy': 0.5,
      'labels-without-signal': 0.05,
      'too-rare-in-training': 0.6,
      'validation-differs': 0.2,
      'validation-labels-wrong': 0.1,
      'class-codes-differ': 0.1,
      'preprocessing-differs': 0.2,
      'model-too-small': 0.15,
      'regularised-too-much': 0.2,
      'wiring-broken': 0.05,
      'learning-rate-too-high': 0.2,
    },
  },
});
