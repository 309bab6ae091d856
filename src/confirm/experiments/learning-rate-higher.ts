import { higherFactor } from '../rate-factor';
import { byGain, retraining } from '../retraining';

/** The learning rate ten times what it was, or more where the updates were too small by more. */
export const learningRateHigher = retraining({
  id: 'learning-rate-higher',
  title: 'with the learning rate × 10',
  wording: ({ log }) => `with the learning rate × ${higherFactor(log)}`,
  question: 'Does a higher learning rate help?',
  change: ({ log }) => ({ options: { learningRate: log.config.learningRate * higherFactor(log) } }),
  pointless: ({ log }) => (log.config.learningRate > 0 ? null : 'The learning rate is not known, or zero.'),
  read: byGain,
  outcomes: {
    other: 0.15,
    under: {
      'learning-rate-too-low': 0.95,
      // In as many epochs a higher rate gets further, too: only with longer training the two come apart.
      'trained-too-short': 0.45,
      'batch-too-large': 0.7,
      'target-not-centred': 0.7,
      'weights-too-large': 0.4,
      'gradient-vanishes': 0.15,
      'norm-statistics-stale': 0.15,
      'layers-frozen': 0.25,
      'too-rare-in-training': 0.4,
      'learning-rate-too-high': 0.02,
      'inputs-not-scaled': 0.12,
      'wiring-broken': 0.03,
      'labels-without-signal': 0.2,
      'trained-too-long': 0.05,
      'too-few-examples': 0.05,
      'units-dead': 0.05,
    },
  },
});
