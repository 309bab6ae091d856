import { retraining } from '../retraining';

const FLAT = ['sigmoid', 'tanh', 'hardSigmoid', 'softsign'];
const PLAIN = ['Dense', 'Conv1D', 'Conv2D', 'Conv3D', 'SeparableConv2D', 'DepthwiseConv2D', 'Activation'];

/** Relu in place of activations that have no slope at their ends; those of the last layer and inside recurrent ones stay. */
export const reluForSigmoid = retraining({
  id: 'relu-for-sigmoid',
  title: 'with relu in place of sigmoid and tanh',
  question: 'Does relu in the hidden layers help?',
  nothingToEdit: 'No hidden layer has an activation that goes flat.',
  edit: (layer, i, all) => {
    const hidden = all.slice(i + 1).some(({ weighted }) => weighted);
    const flat = PLAIN.includes(layer.type) && FLAT.includes(String(layer.config.activation));
    return hidden && flat ? [{ ...layer, config: { ...layer.config, activation: 'relu' } }] : [layer];
  },
  outcomes: {
    other: 0.1,
    under: {
      'gradient-vanishes': 0.93,
      'units-saturated': 0.8,
      'learning-rate-too-low': 0.35,
      'trained-too-short': 0.35,
      'weights-too-large': 0.2,
      'inputs-not-scaled': 0.35,
      'labels-without-signal': 0.03,
      'wiring-broken': 0.05,
    },
  },
});
