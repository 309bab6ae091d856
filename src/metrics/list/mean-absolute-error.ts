import type { MeanMetric } from '../metric-definition';

/** Mean distance between value and prediction, in the unit of the target. */
export const meanAbsoluteError: MeanMetric = {
  id: 'meanAbsoluteError',
  title: 'mean absolute error',
  higherIsBetter: false,
  range: [0, Infinity],
  unit: 'target',
  needs: ['label', 'predicted'],
  tasks: ['regression'],
  ofExample: (examples, i) => Math.abs(examples.predicted[i] - examples.label[i]),
};
