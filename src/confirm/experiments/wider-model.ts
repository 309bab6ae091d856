import type { LayerForm } from '../../build/edit-model';
import { retraining } from '../retraining';

const WIDER = 4;
const LEAST = 16;
const ADDED = 32;
const RECURRENT = ['LSTM', 'GRU', 'SimpleRNN'];
const CONVOLUTIONS = ['Conv1D', 'Conv2D'];

const isHidden = ({ type }: LayerForm): boolean =>
  type === 'Dense' || RECURRENT.includes(type) || CONVOLUTIONS.includes(type);

/** Hidden layers of four times the width, or a layer of relu where there is none. */
export const widerModel = retraining({
  id: 'wider-model',
  title: 'with a wider model',
  question: 'Does a wider model help?',
  nothingToEdit: 'The model has no layer that could be wider.',
  share: () => 2,
  edit: (layer, i, all): readonly LayerForm[] => {
    const last = all.reduce((at, { weighted }, k) => (weighted ? k : at), -1);
    const hidden = all.slice(0, last).some(isHidden);
    if (i === last && !hidden && layer.type === 'Dense') {
      const { batchInputShape } = layer.config;
      const first = { units: ADDED, activation: 'relu', ...(batchInputShape ? { batchInputShape } : {}) };
      return [{ type: 'Dense', config: first, weighted: true }, layer];
    }
    if (i >= last) return [layer];
    const wider = (key: string, factor: number): readonly LayerForm[] => [
      { ...layer, config: { ...layer.config, [key]: Math.max(LEAST, factor * Number(layer.config[key])) } },
    ];
    if (layer.type === 'Dense') return wider('units', WIDER);
    // The work of these grows with the square of their width.
    if (RECURRENT.includes(layer.type)) return wider('units', 2);
    return CONVOLUTIONS.includes(layer.type) ? wider('filters', 2) : [layer];
  },
  outcomes: {
    other: 0.2,
    under: {
      'model-too-small': 0.92,
      bottleneck: 0.93,
      'units-dead': 0.3,
      'trained-too-short': 0.4,
      'learning-rate-too-low': 0.35,
      'batch-too-large': 0.35,
      'regularised-too-much': 0.2,
      'learning-rate-too-high': 0.08,
      'labels-without-signal': 0.25,
      'too-rare-in-training': 0.3,
      'class-not-in-training': 0.02,
      'wiring-broken': 0.05,
    },
  },
});
