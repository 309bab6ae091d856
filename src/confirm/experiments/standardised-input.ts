import { rescaled, scalesOf } from '../changed-data';
import { retraining } from '../retraining';

/** Inputs with mean 0 and standard deviation 1, by the training examples. */
export const standardisedInput = retraining({
  id: 'standardised-input',
  title: 'on standardised inputs',
  question: 'Do standardised inputs help?',
  change: ({ sets }) => {
    const { train, validation } = sets();
    const scales = scalesOf(train);
    return { train: rescaled(train, scales), validation: validation && rescaled(validation, scales) };
  },
  pointless: ({ layers, sets }) => {
    if (layers().some(({ type }) => type === 'Embedding'))
      return 'The inputs are numbers of words, not amounts.';
    const { means, sds } = scalesOf(sets().train);
    const common = sds.every((sd, i) => sd === 0 || (sd > 0.2 && sd < 4 && Math.abs(means[i]) < 3 * sd));
    return common ? 'The inputs are on one scale near 1 already.' : null;
  },
  outcomes: {
    other: 0.1,
    under: {
      'inputs-not-scaled': 0.95,
      'missing-coded-as-number': 0.6,
      'units-saturated': 0.6,
      'units-dead': 0.25,
      'loss-overflow': 0.3,
      'learning-rate-too-high': 0.25,
      'learning-rate-too-low': 0.15,
      'wiring-broken': 0.03,
      'labels-without-signal': 0.03,
      'input-not-a-number': 0.02,
      'weights-too-large': 0.1,
      'loss-summed': 0.15,
    },
  },
});
