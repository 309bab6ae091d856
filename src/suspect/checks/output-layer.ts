import type { CauseWeights } from '../../confirm/causes';
import { NOTHING_FOUND, suspect, type Check, type Suspicion } from '../check';
import { endingOf } from '../model-chain';
import { isPerUnit, lossFamily, type LossFamily } from '../../build/prior';

/** What the values of an activation lie between. */
const RANGES: Readonly<Record<string, readonly [number, number]>> = {
  sigmoid: [0, 1],
  hardSigmoid: [0, 1],
  softmax: [0, 1],
  tanh: [-1, 1],
  softsign: [-1, 1],
  relu: [0, Infinity],
  relu6: [0, 6],
  softplus: [0, Infinity],
};

/** Share of the target's span that may lie outside of what the output can reach. */
const SPARE = 0.02;

interface OutputLayerMeasure extends Readonly<Record<string, unknown>> {
  readonly task: string;
  readonly loss: string;
  readonly family: LossFamily;
  /** Losses that take logits: softmax or sigmoid is in them. */
  readonly takesLogits: boolean;
  readonly perUnit: boolean;
  readonly layer: string;
  readonly units: number;
  /** From the output back; empty for none. */
  readonly activations: readonly string[];
  readonly dropout: string;
  readonly dropoutRate: number;
  readonly lowestTarget: number;
  readonly highestTarget: number;
}

/** What the last activation must be, or null where any may do. */
function wanted(m: OutputLayerMeasure): string | null {
  if (m.takesLogits) return 'linear';
  if (m.family !== 'cross-entropy') return null;
  if (m.task === 'multi-label' || m.perUnit) return 'sigmoid';
  return 'softmax';
}

/** Does the last layer give what the loss expects and the task needs? */
export const outputLayer: Check<OutputLayerMeasure> = {
  id: 'output-layer',
  title: 'Last layer and loss',
  question: 'Do the last activation, the loss and the labels fit together?',
  needs: ['model-layers'],
  references: [
    { author: 'Schoop et al.', title: 'UMLAUT: debugging deep learning programs', year: 2021 },
    {
      author: 'Nikanjam et al.',
      title: 'Automatic fault detection for deep learning programs (NeuraLint)',
      year: 2021,
    },
  ],
  symptoms: {
    'softmax-on-one-unit': { scale: 'fact', least: 1 },
    'softmax-twice': { scale: 'fact', least: 1 },
    'output-does-not-fit-loss': { scale: 'fact', least: 1 },
    'loss-does-not-fit-task': { scale: 'fact', least: 1 },
    'output-cannot-reach-target': { scale: 'fact', least: 1 },
    'dropout-on-output': { scale: 'fact', least: 1 },
  },
  measure({ log }) {
    const ending = endingOf(log.model.layers);
    const { loss } = log.config;
    const [low, high] = log.data.train?.targetRange ?? [NaN, NaN];
    return {
      ...{ task: log.task, loss, family: lossFamily(loss) },
      takesLogits: /^(softmax|sigmoid)crossentropy/i.test(loss.replace(/[^a-z]/gi, '')),
      perUnit: isPerUnit(loss),
      layer: ending?.layer?.name ?? '',
      units: ending?.units ?? NaN,
      activations: ending?.activations ?? [],
      dropout: ending?.dropout?.name ?? '',
      dropoutRate: ending?.dropout?.rate ?? NaN,
      ...{ lowestTarget: low, highestTarget: high },
    };
  },
  judge(m) {
    if (m.layer === '') return NOTHING_FOUND;
    const last = m.activations[0] ?? 'linear';
    const evidence = { loss: m.loss, activation: last, units: m.units };
    const wrong = (code: string, causes: CauseWeights, more = {}): Suspicion => ({
      ...{ code, score: 1, severity: 'error', where: { layer: m.layer } },
      ...{ evidence: { ...evidence, ...more }, causes },
    });
    const want = wanted(m);
    const softmaxes = m.activations.filter((activation) => activation === 'softmax').length;
    const oneUnit = last === 'softmax' && m.units === 1;
    const twice = softmaxes > 1 || (m.takesLogits && softmaxes > 0);
    // Two independent sigmoids for two classes are off too, as is softmax where several labels may hold at once.
    const unfit = want !== null && last !== want && !(m.units === 1 && last === 'sigmoid' && m.perUnit);
    const squared = m.task !== 'regression' && /error$/.test(m.family);
    const [low, high] = RANGES[last] ?? [-Infinity, Infinity];
    const spare = SPARE * (m.highestTarget - m.lowestTarget);
    const beyond =
      m.task === 'regression' && (m.lowestTarget < low - spare || m.highestTarget > high + spare);
    const fit = { 'output-does-not-fit-loss': 1 } as const;
    return suspect(
      oneUnit && wrong('softmax-on-one-unit', fit),
      twice && wrong('softmax-twice', fit),
      unfit && !oneUnit && !twice && wrong('output-does-not-fit-loss', fit, { wanted: want }),
      squared && { ...wrong('loss-does-not-fit-task', { 'loss-does-not-fit-task': 1 }), severity: 'warning' },
      beyond &&
        wrong(
          'output-cannot-reach-target',
          { 'output-cannot-reach-target': 1 },
          { low, high, lowestTarget: m.lowestTarget, highestTarget: m.highestTarget },
        ),
      m.dropout !== '' && {
        ...wrong('dropout-on-output', { 'dropout-misplaced': 1 }, { rate: m.dropoutRate }),
        where: { layer: m.dropout },
      },
    );
  },
};
