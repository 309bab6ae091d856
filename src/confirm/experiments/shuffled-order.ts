import { retraining } from '../retraining';

/** The training examples in a new random order in each epoch. */
export const shuffledOrder = retraining({
  id: 'shuffled-order',
  title: 'with the examples shuffled',
  question: 'Does it help to shuffle the examples?',
  pointless: ({ log }) => (log.config.shuffle === false ? null : 'The examples are shuffled already.'),
  change: () => ({ options: { shuffle: true } }),
  outcomes: {
    other: 0.06,
    under: { 'not-shuffled': 0.95, 'training-unstable': 0.3, 'learning-rate-too-high': 0.15 },
  },
});
