import { byGain, retraining } from '../retraining';

const SMALL = 32;

/** Batches of 32, or so many that the training takes no more than about three times as long. */
const sizeOf = (batchSize: number): number => Math.max(SMALL, Math.ceil(batchSize / 32));

/** Smaller batches in as many epochs: more steps on the same examples. */
export const smallerBatches = retraining({
  id: 'smaller-batches',
  title: `with batches of ${SMALL}`,
  wording: ({ log }) => `with batches of ${sizeOf(log.config.batchSize)}`,
  question: 'Do smaller batches help?',
  share: ({ log }) => 1 + log.config.batchSize / sizeOf(log.config.batchSize) / 16,
  change: ({ log }) => ({ options: { batchSize: sizeOf(log.config.batchSize) } }),
  pointless: ({ log }) =>
    log.config.batchSize > 2 * SMALL ? null : `The batches have ${log.config.batchSize} examples already.`,
  read: byGain,
  outcomes: {
    other: 0.2,
    under: {
      'batch-too-large': 0.95,
      'trained-too-short': 0.7,
      'learning-rate-too-low': 0.5,
      'target-not-centred': 0.5,
      'weights-too-large': 0.4,
      'norm-statistics-stale': 0.6,
      'too-rare-in-training': 0.4,
      'learning-rate-too-high': 0.05,
      'labels-without-signal': 0.15,
      'trained-too-long': 0.03,
      'wiring-broken': 0.03,
    },
  },
});
