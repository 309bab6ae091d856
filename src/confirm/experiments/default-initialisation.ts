import type { LayerForm } from '../../build/edit-model';
import { retraining } from '../retraining';

const DEFAULTS: Readonly<Record<string, string>> = {
  kernelInitializer: 'glorotUniform',
  depthwiseInitializer: 'glorotUniform',
  pointwiseInitializer: 'glorotUniform',
  embeddingsInitializer: 'randomUniform',
  biasInitializer: 'zeros',
};

interface Initializer {
  readonly className?: string;
  readonly config?: { readonly scale?: number; readonly minval?: number; readonly maxval?: number };
}

/** Glorot, LeCun and He, orthogonal, and zeros for biases: none of them makes units alike, too large or dead. */
function isUsual(key: string, value: unknown): boolean {
  const { className, config = {} } = (value ?? {}) as Initializer;
  if (key === 'biasInitializer') return className === undefined || className === 'Zeros';
  if (className === 'VarianceScaling') return (config.scale ?? 1) <= 2;
  if (key === 'embeddingsInitializer') return className === 'RandomUniform' && (config.maxval ?? 0.05) <= 1;
  return className === undefined || className === 'Orthogonal';
}

/** Weights drawn by Glorot's rule and biases of zero, where something else was asked for. */
export const defaultInitialisation = retraining({
  id: 'default-initialisation',
  title: 'from default initial weights',
  question: 'Do default initial weights help?',
  nothingToEdit: 'All layers start by a usual rule already.',
  edit: (layer): readonly LayerForm[] => {
    const odd = Object.keys(DEFAULTS).filter(
      (key) => layer.config[key] !== undefined && !isUsual(key, layer.config[key]),
    );
    if (odd.length === 0) return [layer];
    const usual = Object.fromEntries(odd.map((key) => [key, DEFAULTS[key]]));
    return [{ ...layer, redraw: true, config: { ...layer.config, ...usual } }];
  },
  outcomes: {
    other: 0.1,
    under: {
      'weights-equal': 0.95,
      'weights-too-large': 0.95,
      'units-dead': 0.85,
      'units-saturated': 0.6,
      'wiring-broken': 0.3,
      'gradient-vanishes': 0.2,
      'loss-overflow': 0.3,
      'learning-rate-too-low': 0.1,
      'labels-without-signal': 0.03,
      'inputs-not-scaled': 0.1,
      'loss-summed': 0.1,
    },
  },
});
