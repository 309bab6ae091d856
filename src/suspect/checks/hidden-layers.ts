import { suspect, type Check } from '../check';
import { dropsOut, endingOf, isWeightedSum, linearPairs, unitsOf } from '../model-chain';

interface HiddenLayersMeasure extends Readonly<Record<string, unknown>> {
  readonly linear: string;
  readonly next: string;
  readonly pairs: number;
  readonly dropout: string;
  readonly rate: number;
  readonly narrow: string;
  /** Units of the narrowest hidden layer. */
  readonly width: number;
  readonly classes: number;
}

/** Are the hidden layers put together as such layers work? */
export const hiddenLayers: Check<HiddenLayersMeasure> = {
  id: 'hidden-layers',
  title: 'Hidden layers',
  question: 'Is there an activation between layers, no layer too narrow, no dropout that deletes nearly all?',
  needs: ['model-layers'],
  references: [
    {
      author: 'Nikanjam et al.',
      title: 'Automatic fault detection for deep learning programs (NeuraLint)',
      year: 2021,
    },
    {
      author: 'Srivastava et al.',
      title: 'Dropout: a simple way to prevent neural networks from overfitting',
      year: 2014,
    },
  ],
  symptoms: {
    'no-non-linearity': { scale: 'fact', least: 1 },
    bottleneck: { scale: 'fact', least: 1 },
    'dropout-too-high': { scale: 'size', least: 0.72 },
  },
  measure({ log }) {
    const { layers } = log.model;
    const pairs = linearPairs(layers);
    const drops = layers.filter((layer) => dropsOut(layer) && layer.rate !== undefined);
    const worst = drops.reduce((most, one) => (one.rate! > (most?.rate ?? -1) ? one : most), drops[0]);
    const last = endingOf(layers)?.layer;
    const hidden = layers.filter((layer) => isWeightedSum(layer) && layer.name !== last?.name);
    const narrow = hidden.reduce((least, one) => (unitsOf(one) < unitsOf(least) ? one : least), hidden[0]);
    return {
      ...{ linear: pairs[0]?.first.name ?? '', next: pairs[0]?.second.name ?? '', pairs: pairs.length },
      ...{ dropout: worst?.name ?? '', rate: worst?.rate ?? NaN },
      ...{ narrow: narrow?.name ?? '', width: narrow ? unitsOf(narrow) : NaN, classes: log.classes.length },
    };
  },
  judge(m) {
    return suspect(
      m.pairs > 0 && {
        code: 'no-non-linearity',
        score: 1,
        severity: 'warning',
        where: { layer: m.linear },
        evidence: { next: m.next, pairs: m.pairs },
        causes: { 'no-non-linearity': 1 },
      },
      // One number can order two classes, not three.
      m.width < 2 &&
        m.classes > 2 && {
          code: 'bottleneck',
          score: 1,
          severity: 'warning',
          where: { layer: m.narrow },
          evidence: { width: m.width, classes: m.classes },
          causes: { bottleneck: 0.85, 'model-too-small': 0.15 },
        },
      m.dropout !== '' && {
        code: 'dropout-too-high',
        score: m.rate,
        severity: 'warning',
        where: { layer: m.dropout },
        evidence: { rate: m.rate },
        causes: { 'regularised-too-much': 1 },
      },
    );
  },
};
