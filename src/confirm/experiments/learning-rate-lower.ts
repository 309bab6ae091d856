import { lowerFactor } from '../rate-factor';
import { retraining } from '../retraining';

/** The learning rate a tenth of what it was, or less where the updates were too large by more. */
export const learningRateLower = retraining({
  id: 'learning-rate-lower',
  title: 'with the learning rate × 0.1',
  wording: ({ log }) => `with the learning rate × ${lowerFactor(log)}`,
  question: 'Does a lower learning rate help?',
  change: ({ log }) => ({ options: { learningRate: log.config.learningRate * lowerFactor(log) } }),
  pointless: ({ log }) =>
    log.config.learningRate > 0 ? null : 'The learning rate is not known, or already zero.',
  outcomes: {
    other: 0.12,
    under: {
      'learning-rate-too-high': 0.92,
      'loss-summed': 0.8,
      'training-unstable': 0.7,
      // Slower learning puts off what goes wrong when it goes on for too long.
      'trained-too-long': 0.6,
      overconfident: 0.6,
      'too-few-examples': 0.45,
      'labels-noisy': 0.4,
      'loss-overflow': 0.5,
      'inputs-not-scaled': 0.4,
      'units-dead': 0.3,
      'units-saturated': 0.3,
      'not-shuffled': 0.4,
      'learning-rate-too-low': 0.02,
      'trained-too-short': 0.03,
      'batch-too-large': 0.03,
      'wiring-broken': 0.03,
      'layers-frozen': 0.03,
      'gradient-vanishes': 0.05,
      'weights-equal': 0.05,
      'model-too-small': 0.05,
      bottleneck: 0.1,
    },
  },
});
