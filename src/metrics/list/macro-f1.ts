import { labelCounts } from '../label-counts';
import type { JointMetric } from '../metric-definition';

/**
 * Mean over the labels of each label's F1, so that rare labels count as much as frequent ones. Labels that are neither given nor
 * predicted have no F1 and are left out; NaN where all are. Standard error by the delta method over examples, each label's F1
 * drawn towards ½ by one example, as a label with two examples may have an F1 of 1 by luck. In simulations the 95 % interval
 * covers 93 to 97 % (n from 30 to 1,000); with labels of two or three examples only 78 %, where a bootstrap covers as little.
 */
export const macroF1: JointMetric = {
  id: 'macroF1',
  title: 'macro F1',
  higherIsBetter: true,
  range: [0, 1],
  unit: 'share',
  needs: ['label', 'predicted'],
  tasks: ['multi-label'],
  ofExamples(examples, rows) {
    const { label, predicted, classes } = examples;
    const labels = classes.length;
    const { found, falseAlarms, missed } = labelCounts(examples, rows);
    const sizes = Array.from(found, (count, k) => 2 * count + falseAlarms[k] + missed[k]);
    const each = sizes.map((size, k) => (2 * found[k]) / size);
    const known = sizes.filter((size) => size > 0).length;
    const value = each.reduce((total, f1) => total + (Number.isNaN(f1) ? 0 : f1), 0) / known;
    let squares = 0;
    let n = 0;
    for (let r = 0; r < rows.length; r++) {
      let pull = 0;
      let counts = false;
      for (let k = 0; k < labels; k++) {
        const at = rows[r] * labels + k;
        const either = Number(label[at] === 1) + Number(predicted[at] === 1);
        if (either === 0) continue;
        counts = true;
        const drawn = (2 * found[k] + 1) / (sizes[k] + 2);
        pull += ((either === 2 ? 2 : 0) - drawn * either) / sizes[k];
      }
      if (counts) n++;
      squares += (pull / known) ** 2;
    }
    return { value, standardError: Math.sqrt(squares), n };
  },
};
