import type { MeanMetric } from '../metric-definition';

/** Share of the labels that are wrong, over all examples and labels; 1 − hammingLoss is the accuracy per label. */
export const hammingLoss: MeanMetric = {
  id: 'hammingLoss',
  title: 'Hamming loss',
  higherIsBetter: false,
  range: [0, 1],
  unit: 'share',
  needs: ['label', 'predicted'],
  tasks: ['multi-label'],
  ofExample: ({ label, predicted, classes }, i) => {
    const labels = classes.length;
    let wrong = 0;
    for (let at = i * labels; at < (i + 1) * labels; at++) if (label[at] !== predicted[at]) wrong++;
    return wrong / labels;
  },
};
