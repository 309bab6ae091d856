import type { MetricDefinition } from '../metric-definition';

/** Mean squared distance between value and prediction, in the squared unit of the target. */
export const meanSquaredError: MetricDefinition = {
  id: 'meanSquaredError',
  title: 'mean squared error',
  higherIsBetter: false,
  range: [0, Infinity],
  unit: 'target²',
  needs: ['label', 'predicted'],
  task: 'regression',
  ofExample: (examples, i) => (examples.predicted[i] - examples.label[i]) ** 2,
};
