import type { Dataset, Labels } from './types';

/** Numbers that each example has in the labels of a data set: K for multi-label, else one. */
export const labelWidth = ({ task, classes }: Pick<Dataset, 'task' | 'classes'>): number =>
  task === 'multi-label' ? classes.length : 1;

/** Returns the labels of the named rows, in that order, in an array of the same type. */
export function takeLabels(
  data: Pick<Dataset, 'task' | 'classes' | 'labels'>,
  rows: ArrayLike<number>,
): Labels {
  const width = labelWidth(data);
  const Kind = data.labels.constructor as new (n: number) => Labels;
  const taken = new Kind(rows.length * width);
  for (let i = 0; i < rows.length; i++) {
    for (let k = 0; k < width; k++) taken[i * width + k] = data.labels[rows[i] * width + k];
  }
  return taken;
}

/** Returns how many examples have each class or label; empty for regression. */
export function countLabels({
  task,
  classes,
  labels,
}: Pick<Dataset, 'task' | 'classes' | 'labels'>): number[] {
  const counts = new Array<number>(classes.length).fill(0);
  if (task === 'classification') for (const code of labels) counts[code]++;
  if (task === 'multi-label') labels.forEach((has, i) => (counts[i % classes.length] += has));
  return counts;
}
