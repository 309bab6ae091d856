import type { MeanMetric } from '../metric-definition';

/**
 * Mean squared distance between the probabilities and the truth, summed over classes (Brier's own form, 0 to 2); for
 * multi-label averaged over the labels (0 to 1).
 */
export const brier: MeanMetric = {
  id: 'brier',
  title: 'Brier score',
  higherIsBetter: false,
  range: [0, 2],
  unit: 'none',
  needs: ['label', 'probabilities'],
  tasks: ['classification', 'multi-label'],
  ofExample: ({ probabilities, classes, label, task }, i) => {
    if (probabilities === null) return NaN;
    const sets = task === 'multi-label';
    const labels = classes.length;
    let sum = 0;
    for (let k = 0; k < labels; k++) {
      const truth = sets ? label[i * labels + k] : Number(k === label[i]);
      sum += (probabilities[i * labels + k] - truth) ** 2;
    }
    return sets ? sum / labels : sum;
  },
};
