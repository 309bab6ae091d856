import { NOTHING_FOUND, suspect, type Check } from '../check';

interface GradientFlowMeasure extends Readonly<Record<string, unknown>> {
  readonly layers: number;
  /** The layer that is trained with the smallest gradient by weight in the first epoch, and the largest there is. */
  readonly layer: string;
  readonly smallest: number;
  readonly largest: number;
  /** Largest norm in any epoch, its layer and epoch. */
  readonly highest: number;
  readonly highestLayer: string;
  readonly highestEpoch: number;
  /** Layers in a row whose activation squashes. */
  readonly squashing: number;
}

/** Does the gradient reach all layers, and no more than that? */
export const gradientFlow: Check<GradientFlowMeasure> = {
  id: 'gradient-flow',
  title: 'Gradient through the layers',
  question: 'Does the gradient reach the first layers, and stay of a size that a step can follow?',
  needs: ['gradients'],
  references: [
    {
      author: 'Bengio, Simard & Frasconi',
      title: 'Learning long-term dependencies with gradient descent is difficult',
      year: 1994,
    },
    {
      author: 'Glorot & Bengio',
      title: 'Understanding the difficulty of training deep feedforward networks',
      year: 2010,
    },
  ],
  symptoms: {
    'vanishing-gradient': { scale: 'size', least: 2.5 },
    'exploding-gradient': { scale: 'size', least: 3 },
  },
  measure({ log }) {
    const trained = log.layers.filter(({ trainable, gradientNorm, parameters, type }) =>
      Boolean(
        trainable && parameters > 0 && gradientNorm.length > 0 && !/Normalization|Embedding/.test(type),
      ),
    );
    // Per weight: a layer of many weights has the larger norm without more reaching it.
    const perWeight = trained.map((one) => one.gradientNorm[0] / Math.sqrt(one.parameters));
    const least = perWeight.reduce((best, norm, i) => (norm < perWeight[best] ? i : best), 0);
    let [highest, highestLayer, highestEpoch] = [-Infinity, '', 0];
    for (const { name, gradientNorm } of trained) {
      gradientNorm.forEach((norm, e) => {
        if (norm > highest)
          [highest, highestLayer, highestEpoch] = [norm, name, log.epochs[e]?.epoch ?? e + 1];
      });
    }
    const squashes = ({ activation = '' }): boolean => /sigmoid|tanh/i.test(activation);
    return {
      layers: trained.length,
      layer: trained[least]?.name ?? '',
      smallest: perWeight[least] ?? NaN,
      largest: Math.max(...perWeight, -Infinity),
      ...{ highest, highestLayer, highestEpoch },
      squashing: log.model.layers.filter(squashes).length,
    };
  },
  judge(m) {
    if (m.layers < 1) return NOTHING_FOUND;
    const deep = m.squashing >= 3;
    return suspect(
      m.layers > 1 && {
        code: 'vanishing-gradient',
        score: Math.min(20, Math.log10(m.largest / m.smallest)),
        severity: 'warning',
        where: { layer: m.layer },
        evidence: { smallest: m.smallest, largest: m.largest, layers: m.layers },
        causes: {
          'gradient-vanishes': deep ? 0.9 : 0.2,
          'units-dead': deep ? 0.02 : 0.4,
          'units-saturated': deep ? 0.04 : 0.2,
          'weights-equal': deep ? 0.02 : 0.1,
        },
      },
      {
        code: 'exploding-gradient',
        score: Math.log10(m.highest),
        severity: 'warning',
        where: { layer: m.highestLayer, epoch: m.highestEpoch, lastEpoch: m.highestEpoch },
        evidence: { highest: m.highest },
        causes: { 'learning-rate-too-high': 0.35, 'inputs-not-scaled': 0.35, 'weights-too-large': 0.3 },
      },
    );
  },
};
