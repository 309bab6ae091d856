import type { MetricDefinition } from '../metric-definition';

/** Share of examples whose predicted class is the true one. */
export const accuracy: MetricDefinition = {
  id: 'accuracy',
  title: 'accuracy',
  higherIsBetter: true,
  range: [0, 1],
  unit: 'share',
  needs: ['label', 'predicted'],
  task: 'classification',
  ofExample: (examples, i) => examples.correct[i],
};
