import type { ScoredExamples } from './metric-definition';

/** How often each label was found, given falsely, and missed; one entry a label. */
export interface LabelCounts {
  readonly found: Int32Array;
  readonly falseAlarms: Int32Array;
  readonly missed: Int32Array;
}

/** Returns the counts of each label over the named rows. A label without a prediction (its output is not a number) is missed. */
export function labelCounts(
  { label, predicted, classes }: Pick<ScoredExamples, 'label' | 'predicted' | 'classes'>,
  rows: ArrayLike<number>,
): LabelCounts {
  const labels = classes.length;
  const [found, falseAlarms, missed] = Array.from({ length: 3 }, () => new Int32Array(labels));
  for (let r = 0; r < rows.length; r++) {
    for (let k = 0; k < labels; k++) {
      const at = rows[r] * labels + k;
      if (label[at] === 1) (predicted[at] === 1 ? found : missed)[k]++;
      else if (predicted[at] === 1) falseAlarms[k]++;
    }
  }
  return { found, falseAlarms, missed };
}
