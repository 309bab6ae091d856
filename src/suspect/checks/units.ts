import { suspect, type Check } from '../check';
import { largestInput, WIDE } from '../largest-input';
import { endingOf } from '../model-chain';

interface UnitsMeasure extends Readonly<Record<string, unknown>> {
  readonly deadLayer: string;
  /** Share of a layer's units that give zero for every example of a batch: at the end, and in the first epoch. */
  readonly dead: number;
  readonly deadAtFirst: number;
  readonly saturatedLayer: string;
  readonly saturated: number;
  readonly largestInput: number;
  /** Largest of the epochs' median update ratios. */
  readonly updateRatio: number;
  readonly bias: number;
}

/** The largest of the finite values, and of one that is known before. A log may hold more of them than a call takes arguments. */
const largestOf = (values: readonly number[], before: number): number =>
  values.reduce((most, value) => (value > most && value < Infinity ? value : most), before);

/** Do the hidden units answer to their inputs? */
export const units: Check<UnitsMeasure> = {
  id: 'units',
  title: 'Dead and saturated units',
  question:
    'Do the hidden units answer to their inputs, neither all zero nor at the ends of their activation?',
  needs: ['activations'],
  references: [
    {
      author: 'Maas, Hannun & Ng',
      title: 'Rectifier nonlinearities improve neural network acoustic models',
      year: 2013,
    },
  ],
  symptoms: { 'dead-units': { scale: 'size', least: 0.8 }, 'saturated-units': { scale: 'size', least: 0.6 } },
  measure({ log }) {
    const last = endingOf(log.model.layers)?.layer?.name;
    const hidden = log.activations.filter(({ name }) => name !== last);
    const end = (values: readonly number[]): number => values[values.length - 1] ?? 0;
    const dead = hidden.reduce(
      (most, one) => (end(one.dead) > end(most?.dead ?? []) ? one : most),
      hidden[0],
    );
    const full = hidden.reduce(
      (most, one) => (end(one.saturated) > end(most?.saturated ?? []) ? one : most),
      hidden[0],
    );
    const bias = log.model.layers.find(({ name }) => name === dead?.name)?.initial?.bias ?? NaN;
    return {
      ...{ deadLayer: dead?.name ?? '', dead: end(dead?.dead ?? []), deadAtFirst: dead?.dead[0] ?? 0 },
      ...{ saturatedLayer: full?.name ?? '', saturated: end(full?.saturated ?? []) },
      largestInput: largestInput(log),
      updateRatio: log.layers.reduce((most, one) => largestOf(one.updateRatio, most), 0),
      bias,
    };
  },
  judge(m) {
    const wide = m.largestInput > WIDE;
    const quick = m.updateRatio > 0.3;
    const born = m.bias < -3 || (m.deadAtFirst > 0.5 && !quick);
    return suspect(
      m.deadLayer !== '' && {
        code: 'dead-units',
        score: m.dead,
        severity: 'warning',
        where: { layer: m.deadLayer },
        evidence: { dead: m.dead, deadAtFirst: m.deadAtFirst, updateRatio: m.updateRatio },
        causes: {
          'units-dead': born ? 0.75 : 0.2,
          'learning-rate-too-high': quick ? 0.6 : 0.15,
          'inputs-not-scaled': wide ? 0.5 : 0.05,
          'weights-equal': 0.03,
        },
      },
      m.saturatedLayer !== '' && {
        code: 'saturated-units',
        score: m.saturated,
        severity: 'warning',
        where: { layer: m.saturatedLayer },
        evidence: { saturated: m.saturated, largestInput: m.largestInput },
        causes: {
          'inputs-not-scaled': wide ? 0.7 : 0.1,
          'units-saturated': 0.3,
          'learning-rate-too-high': quick ? 0.5 : 0.1,
          'weights-too-large': 0.1,
        },
      },
    );
  },
};
