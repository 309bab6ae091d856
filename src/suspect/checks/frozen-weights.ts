import { suspect, type Check } from '../check';

interface FrozenMeasure extends Readonly<Record<string, unknown>> {
  /** Whether the weights were drawn for this run, so that no frozen layer can know anything. */
  readonly drawn: boolean;
  readonly frozen: readonly string[];
  readonly still: string;
  readonly epochs: number;
}

/** Are weights that were drawn at random kept from learning? */
export const frozenWeights: Check<FrozenMeasure> = {
  id: 'frozen-weights',
  title: 'Weights that do not change',
  question: 'Do all layers with weights learn?',
  needs: ['model-layers'],
  references: [
    {
      author: 'Jiang et al.',
      title: 'Training with confidence: catching silent errors (TrainCheck)',
      year: 2025,
    },
  ],
  symptoms: {
    'frozen-layers': { scale: 'fact', least: 1 },
    'unchanged-weights': { scale: 'fact', least: 1 },
  },
  measure({ log }) {
    const weighty = log.layers.filter(
      ({ parameters, type }) => parameters > 0 && !/Normalization/.test(type),
    );
    const still = weighty.find(
      ({ trainable, updateRatio }) =>
        trainable && updateRatio.length > 0 && updateRatio.every((ratio) => ratio === 0),
    );
    return {
      drawn: log.config.initialWeights === 'built',
      frozen: log.model.layers
        .filter(
          ({ parameters, type, trainable }) =>
            parameters > 0 && trainable === false && !/Normalization/.test(type),
        )
        .map(({ name }) => name),
      still: still?.name ?? '',
      epochs: log.epochs.length,
    };
  },
  judge(m) {
    return suspect(
      m.drawn &&
        m.frozen.length > 0 && {
          code: 'frozen-layers',
          score: 1,
          severity: 'warning',
          where: { layer: m.frozen[0] },
          evidence: { layers: m.frozen.length },
          causes: { 'layers-frozen': 1 },
        },
      m.still !== '' && {
        code: 'unchanged-weights',
        score: 1,
        severity: 'warning',
        where: { layer: m.still },
        evidence: { epochs: m.epochs },
        causes: {
          'wiring-broken': 0.4,
          'units-dead': 0.3,
          'weights-equal': 0.2,
          'learning-rate-too-low': 0.1,
        },
      },
    );
  },
};
