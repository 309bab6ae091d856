import type { MeanMetric } from '../metric-definition';

/**
 * Mean cross-entropy in nats; a model that knows nothing of K balanced classes has ln K. For multi-label the mean over examples
 * and labels of the binary cross-entropy; a model that knows nothing has ln 2.
 */
export const logLoss: MeanMetric = {
  id: 'logLoss',
  title: 'log loss',
  higherIsBetter: false,
  range: [0, Infinity],
  unit: 'nats',
  needs: ['label', 'probabilities', 'loss'],
  tasks: ['classification', 'multi-label'],
  ofExample: (examples, i) => examples.loss?.[i] ?? NaN,
};
