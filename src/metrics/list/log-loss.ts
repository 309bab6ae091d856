import type { MetricDefinition } from '../metric-definition';

/** Mean cross-entropy in nats; a model that knows nothing of K balanced classes has ln K. */
export const logLoss: MetricDefinition = {
  id: 'logLoss',
  title: 'log loss',
  higherIsBetter: false,
  range: [0, Infinity],
  unit: 'nats',
  needs: ['label', 'probabilities', 'loss'],
  task: 'classification',
  ofExample: (examples, i) => examples.loss?.[i] ?? NaN,
};
