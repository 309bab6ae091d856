import type { LayerForm } from '../../build/edit-model';
import type { RunLog } from '../../build/types';
import { retraining } from '../retraining';

const decays = ({ config }: RunLog): boolean => (config.weightDecay ?? 0) > 0;

const edit = (layer: LayerForm): readonly LayerForm[] => {
  const set = Object.keys(layer.config).filter((key) => /Regularizer$/.test(key) && layer.config[key]);
  if (set.length === 0) return [layer];
  return [{ ...layer, config: { ...layer.config, ...Object.fromEntries(set.map((key) => [key, null])) } }];
};

/** Without penalties on weights and activations, and without weight decay. */
export const withoutPenalties = retraining({
  id: 'without-penalties',
  title: 'without penalties on the weights',
  question: 'Does it help to leave penalties out?',
  edits: true,
  pointless: ({ log, layers }) =>
    layers().every((layer) => edit(layer)[0] === layer) &&
    !log.model.layers.some(({ penalty = 0 }) => penalty > 0) &&
    !decays(log)
      ? 'The model has no penalties on its weights.'
      : null,
  change: ({ log }) => ({ edit, ...(decays(log) && { options: { weightDecay: 0 } }) }),
  outcomes: {
    other: 0.1,
    under: {
      'regularised-too-much': 0.9,
      'trained-too-short': 0.25,
      'learning-rate-too-low': 0.2,
      'gradient-vanishes': 0.15,
      'labels-without-signal': 0.05,
    },
  },
});
