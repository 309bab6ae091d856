import { labelCounts } from '../label-counts';
import type { JointMetric } from '../metric-definition';

const sum = (values: Int32Array): number => values.reduce((total, value) => total + value, 0);

/**
 * F1 of all labels together: 2·found / (2·found + false alarms + missed), so that frequent labels count most. NaN where no label
 * is given or predicted. Standard error by the delta method over examples.
 */
export const microF1: JointMetric = {
  id: 'microF1',
  title: 'micro F1',
  higherIsBetter: true,
  range: [0, 1],
  unit: 'share',
  needs: ['label', 'predicted'],
  tasks: ['multi-label'],
  ofExamples(examples, rows) {
    const { label, predicted, classes } = examples;
    const labels = classes.length;
    const { found, falseAlarms, missed } = labelCounts(examples, rows);
    const size = 2 * sum(found) + sum(falseAlarms) + sum(missed);
    const value = (2 * sum(found)) / size;
    let squares = 0;
    let n = 0;
    for (let r = 0; r < rows.length; r++) {
      let both = 0;
      let either = 0;
      for (let k = 0; k < labels; k++) {
        const at = rows[r] * labels + k;
        const own = Number(label[at] === 1) + Number(predicted[at] === 1);
        if (own === 2) both++;
        either += own;
      }
      if (either > 0) n++;
      squares += (2 * both - value * either) ** 2;
    }
    return { value, standardError: Math.sqrt(squares) / size, n };
  },
};
