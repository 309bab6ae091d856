import type { MetricDefinition } from '../metric-definition';

/** Mean squared distance between the probabilities and the truth, summed over classes (Brier's own form, 0 to 2). */
export const brier: MetricDefinition = {
  id: 'brier',
  title: 'Brier score',
  higherIsBetter: false,
  range: [0, 2],
  unit: 'none',
  needs: ['label', 'probabilities'],
  task: 'classification',
  ofExample: ({ probabilities, classes, label }, i) => {
    if (probabilities === null) return NaN;
    let sum = 0;
    for (let k = 0; k < classes.length; k++) {
      sum += (probabilities[i * classes.length + k] - (k === label[i] ? 1 : 0)) ** 2;
    }
    return sum;
  },
};
