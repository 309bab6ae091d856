import { byGain, retraining } from '../retraining';

/** Times the epochs. */
const LONGER = 3;

/** Three times the epochs. What gets there by them was cut short, or too slow: a higher rate in as many epochs tells which. */
export const longerTraining = retraining({
  id: 'longer-training',
  title: `for ${LONGER} times the epochs`,
  question: 'Does longer training help?',
  share: () => LONGER,
  change: ({ log }) => ({ options: { epochs: LONGER * log.config.epochs } }),
  pointless: ({ log }) => {
    if (log.stopped !== 'completed') return 'The run ended before its last epoch.';
    return Array.isArray(log.config.schedule) ? 'The schedule has a factor for each epoch.' : null;
  },
  read: byGain,
  outcomes: {
    // Most runs gain a little by going on.
    other: 0.3,
    under: {
      'trained-too-short': 0.95,
      'batch-too-large': 0.85,
      'learning-rate-too-low': 0.5,
      'target-not-centred': 0.7,
      'weights-too-large': 0.5,
      'norm-statistics-stale': 0.7,
      'gradient-vanishes': 0.25,
      'too-rare-in-training': 0.6,
      'regularised-too-much': 0.2,
      'model-too-small': 0.2,
      'inputs-not-scaled': 0.3,
      // By heart, the longer the better.
      'labels-without-signal': 0.4,
      'trained-too-long': 0.02,
      'wiring-broken': 0.03,
    },
  },
});
