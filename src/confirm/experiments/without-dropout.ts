import type { LayerForm } from '../../build/edit-model';
import { retraining } from '../retraining';

const DROPPING = ['Dropout', 'SpatialDropout1D', 'GaussianDropout', 'AlphaDropout'];
const OWN = ['dropout', 'recurrentDropout'];

/** Without dropout, between layers and in recurrent ones. */
export const withoutDropout = retraining({
  id: 'without-dropout',
  title: 'without dropout',
  question: 'Does it help to leave dropout out?',
  nothingToEdit: 'The model has no dropout.',
  edit: (layer): readonly LayerForm[] => {
    if (DROPPING.includes(layer.type)) return [];
    const set = OWN.filter((key) => typeof layer.config[key] === 'number' && layer.config[key] > 0);
    if (set.length === 0) return [layer];
    return [{ ...layer, config: { ...layer.config, ...Object.fromEntries(set.map((key) => [key, 0])) } }];
  },
  outcomes: {
    other: 0.1,
    under: {
      'regularised-too-much': 0.85,
      'dropout-misplaced': 0.95,
      'trained-too-short': 0.3,
      'learning-rate-too-low': 0.2,
      'model-too-small': 0.25,
      bottleneck: 0.25,
      'batch-too-large': 0.2,
    },
  },
});
