import type { LayerForm } from '../../build/edit-model';
import { retraining } from '../retraining';

const BETWEEN = [
  'BatchNormalization',
  'LayerNormalization',
  'Dropout',
  'GaussianNoise',
  'Flatten',
  'Reshape',
];
const LINEAR = ['Dense', 'Conv1D', 'Conv2D', 'Conv3D', 'SeparableConv2D', 'DepthwiseConv2D'];

/** Whether nothing bends what a layer gives before the next layer with weights takes it. */
function staysLinear(i: number, all: readonly LayerForm[]): boolean {
  const { activation } = all[i].config;
  if (!LINEAR.includes(all[i].type) || (activation !== undefined && activation !== 'linear')) return false;
  for (const next of all.slice(i + 1)) {
    if (BETWEEN.includes(next.type)) continue;
    return LINEAR.includes(next.type);
  }
  return false;
}

/** Relu behind hidden layers that have no activation. */
export const addedNonLinearities = retraining({
  id: 'added-non-linearities',
  title: 'with relu in the hidden layers',
  question: 'Does it help to put non-linearities between the layers?',
  nothingToEdit: 'Each hidden layer has an activation already.',
  edit: (layer, i, all) =>
    staysLinear(i, all) ? [{ ...layer, config: { ...layer.config, activation: 'relu' } }] : [layer],
  outcomes: {
    other: 0.1,
    under: { 'no-non-linearity': 0.92, 'model-too-small': 0.6, bottleneck: 0.1 },
  },
});
