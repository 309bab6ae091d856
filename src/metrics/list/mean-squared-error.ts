import type { MeanMetric } from '../metric-definition';

/** Mean squared distance between value and prediction, in the squared unit of the target. */
export const meanSquaredError: MeanMetric = {
  id: 'meanSquaredError',
  title: 'mean squared error',
  higherIsBetter: false,
  range: [0, Infinity],
  unit: 'target²',
  needs: ['label', 'predicted'],
  tasks: ['regression'],
  ofExample: (examples, i) => (examples.predicted[i] - examples.label[i]) ** 2,
};
