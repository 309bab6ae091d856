import { withLabelsShuffled } from '../changed-data';
import { learnsBetter } from '../learns-better';
import { retraining } from '../retraining';

/** Training labels in a random order: labels that are learnt no faster than those do not follow from the inputs. */
export const shuffledLabels = retraining({
  id: 'shuffled-labels',
  title: 'on shuffled labels',
  question: 'Are the labels learnt no better than shuffled ones?',
  change: ({ sets, seed }) => ({ train: withLabelsShuffled(sets().train, seed, 'shuffled labels') }),
  read: (own, arm) => learnsBetter(own, arm),
  outcomes: {
    other: 0.1,
    under: {
      'labels-without-signal': 0.95,
      'input-constant': 0.9,
      'wiring-broken': 0.85,
      'learning-rate-too-low': 0.4,
      'trained-too-short': 0.3,
      'batch-too-large': 0.3,
      'units-dead': 0.85,
      'gradient-vanishes': 0.85,
      'regularised-too-much': 0.6,
      'learning-rate-too-high': 0.5,
      'inputs-not-scaled': 0.3,
      'output-does-not-fit-loss': 0.4,
      'weights-equal': 0.4,
      bottleneck: 0.2,
      'validation-differs': 0.03,
      'validation-labels-wrong': 0.03,
      'preprocessing-differs': 0.03,
      'class-codes-differ': 0.03,
      'trained-too-long': 0.03,
      'too-few-examples': 0.08,
      'labels-noisy': 0.1,
    },
  },
});
