import { mapFeatures } from '../changed-data';
import { learnsBetter } from '../learns-better';
import { retraining } from '../retraining';

/** Inputs of nothing but zeros: a model that ends the same with them does not look at its inputs. */
export const zeroInput = retraining({
  id: 'zero-input',
  title: 'on inputs of zeros',
  question: 'Does it end the same without any input?',
  change: ({ sets }) => {
    const { train, validation } = sets();
    return {
      train: mapFeatures(train, () => 0),
      validation: validation && mapFeatures(validation, () => 0),
    };
  },
  read: (own, arm) => learnsBetter(own, arm),
  outcomes: {
    other: 0.15,
    under: {
      'input-constant': 0.97,
      'wiring-broken': 0.85,
      'units-dead': 0.85,
      'gradient-vanishes': 0.85,
      'learning-rate-too-low': 0.4,
      'trained-too-short': 0.3,
      'batch-too-large': 0.3,
      'regularised-too-much': 0.7,
      'learning-rate-too-high': 0.5,
      'labels-without-signal': 0.5,
      'weights-equal': 0.5,
      'inputs-not-scaled': 0.4,
      bottleneck: 0.4,
      'model-too-small': 0.25,
      'output-does-not-fit-loss': 0.4,
      'layers-frozen': 0.3,
      'label-in-features': 0.01,
      'trained-too-long': 0.02,
      'too-few-examples': 0.03,
    },
  },
});
