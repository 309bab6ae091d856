import type { MetricDefinition } from '../metric-definition';

/** Share of examples whose predicted class is not the true one: 1 − accuracy. */
export const errorRate: MetricDefinition = {
  id: 'errorRate',
  title: 'error rate',
  higherIsBetter: false,
  range: [0, 1],
  unit: 'share',
  needs: ['label', 'predicted'],
  task: 'classification',
  ofExample: (examples, i) => 1 - examples.correct[i],
};
