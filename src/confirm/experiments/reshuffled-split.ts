import { reshuffled } from '../pool-split';
import { byValidation, retraining } from '../retraining';

/** Training and validation examples drawn anew from the two together: what is strange about the split goes with it. */
export const reshuffledSplit = retraining({
  id: 'reshuffled-split',
  title: 'on a split drawn anew at random',
  question: 'Does another split help?',
  needsValidation: true,
  change: ({ sets, seed }) => {
    const { train, validation } = sets();
    return reshuffled(train, validation!, seed);
  },
  read: byValidation,
  outcomes: {
    other: 0.08,
    under: {
      'validation-differs': 0.92,
      'validation-easier': 0.9,
      'preprocessing-differs': 0.9,
      'class-not-in-training': 0.9,
      // A random split spreads wrong labels over both sides.
      'validation-labels-wrong': 0.7,
      'class-codes-differ': 0.6,
      'duplicates-across-split': 0.2,
      'labels-without-signal': 0.15,
      'labels-noisy': 0.55,
      'too-rare-in-training': 0.25,
    },
  },
});
