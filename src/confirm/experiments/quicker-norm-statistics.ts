import { retraining } from '../retraining';

const MOMENTUM = 0.9;

/** Batch normalisation whose running statistics follow within some tens of steps. */
export const quickerNormStatistics = retraining({
  id: 'quicker-norm-statistics',
  title: `with batch normalisation's momentum at ${MOMENTUM}`,
  question: 'Does it help when the statistics of batch normalisation follow sooner?',
  nothingToEdit: `No batch normalisation has a momentum above ${MOMENTUM}.`,
  edit: (layer) => {
    const { momentum } = layer.config;
    const slow = layer.type === 'BatchNormalization' && typeof momentum === 'number' && momentum > MOMENTUM;
    return slow ? [{ ...layer, config: { ...layer.config, momentum: MOMENTUM } }] : [layer];
  },
  outcomes: {
    other: 0.08,
    under: { 'norm-statistics-stale': 0.93, 'trained-too-short': 0.3, 'learning-rate-too-high': 0.15 },
  },
});
