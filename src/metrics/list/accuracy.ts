import type { MeanMetric } from '../metric-definition';

/** Share of examples whose predicted class is the true one; for multi-label of those with every label right (exact match). */
export const accuracy: MeanMetric = {
  id: 'accuracy',
  title: 'accuracy',
  higherIsBetter: true,
  range: [0, 1],
  unit: 'share',
  needs: ['label', 'predicted'],
  tasks: ['classification', 'multi-label'],
  ofExample: (examples, i) => examples.correct[i],
};
