import { cannotTell, suspect, type Check } from '../check';
import { endingOf } from '../model-chain';

interface InitialWeightsMeasure extends Readonly<Record<string, unknown>> {
  readonly given: boolean;
  readonly equalLayer: string;
  readonly layer: string;
  /** Standard deviation of the kernel that is farthest from the usual, and what is usual for its shape. */
  readonly sd: number;
  readonly low: number;
  readonly high: number;
  readonly biasLayer: string;
  readonly bias: number;
}

/** Do the weights start different from each other, and of a usual size? */
export const initialWeights: Check<InitialWeightsMeasure> = {
  id: 'initial-weights',
  title: 'Weights at the start',
  question: 'Do the units of each layer start with different weights of a usual size?',
  needs: ['model-layers'],
  references: [
    {
      author: 'Glorot & Bengio',
      title: 'Understanding the difficulty of training deep feedforward networks',
      year: 2010,
    },
    { author: 'He et al.', title: 'Delving deep into rectifiers', year: 2015 },
  ],
  symptoms: {
    'equal-initial-weights': { scale: 'fact', least: 1 },
    'initial-weights-scale': { scale: 'size', least: 0.6 },
    'initial-bias': { scale: 'size', least: 5 },
  },
  measure({ log }) {
    const last = endingOf(log.model.layers)?.layer?.name;
    const kernels = log.model.layers.flatMap(({ name, initial }) => (initial ? [{ name, ...initial }] : []));
    const far = ({ sd, expected: [low, high] }: (typeof kernels)[number]): number =>
      sd > 0 ? Math.max(Math.log10(low / sd), Math.log10(sd / high)) : 0;
    const worst = kernels.reduce((most, one) => (far(one) > far(most) ? one : most), kernels[0]);
    const biased = kernels
      .filter(({ name }) => name !== last)
      .reduce((most, one) => (Math.abs(one.bias) > Math.abs(most.bias) ? one : most), { name: '', bias: 0 });
    return {
      given: log.config.initialWeights === 'given',
      // A last layer of zeros is undecided, and learns: its inputs differ.
      equalLayer: kernels.find(({ name, equalUnits }) => equalUnits && name !== last)?.name ?? '',
      ...{ layer: worst?.name ?? '', sd: worst?.sd ?? NaN },
      ...{ low: worst?.expected[0] ?? NaN, high: worst?.expected[1] ?? NaN },
      ...{ biasLayer: biased.name, bias: biased.bias },
    };
  },
  judge(m) {
    if (m.given) return cannotTell('The model came with weights of its own.');
    const size = m.sd > 0 ? Math.max(Math.log10(m.low / m.sd), Math.log10(m.sd / m.high)) : 0;
    return suspect(
      m.equalLayer !== '' && {
        code: 'equal-initial-weights',
        score: 1,
        severity: 'warning',
        where: { layer: m.equalLayer },
        evidence: {},
        causes: { 'weights-equal': 1 },
      },
      m.layer !== '' && {
        code: 'initial-weights-scale',
        score: size,
        severity: 'warning',
        where: { layer: m.layer },
        evidence: { sd: m.sd, low: m.low, high: m.high },
        causes: { 'weights-too-large': 1 },
      },
      m.biasLayer !== '' && {
        code: 'initial-bias',
        score: Math.abs(m.bias),
        severity: 'warning',
        where: { layer: m.biasLayer },
        evidence: { bias: m.bias },
        causes: { 'units-dead': 0.7, 'units-saturated': 0.3 },
      },
    );
  },
};
