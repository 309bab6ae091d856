import type { MeanMetric } from '../metric-definition';

/** Share of examples whose predicted class is not the true one, for multi-label of those with any label wrong: 1 − accuracy. */
export const errorRate: MeanMetric = {
  id: 'errorRate',
  title: 'error rate',
  higherIsBetter: false,
  range: [0, 1],
  unit: 'share',
  needs: ['label', 'predicted'],
  tasks: ['classification', 'multi-label'],
  ofExample: (examples, i) => 1 - examples.correct[i],
};
