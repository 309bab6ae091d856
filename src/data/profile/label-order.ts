import type { Dataset } from '../types';

/**
 * Returns by how many standard errors more often than in a random order an example has the label of the one before it; for
 * values, how far their correlation with the one before is from zero. NaN for several labels an example.
 */
export function labelOrder({ task, n, labels, classes }: Dataset): number {
  if (task === 'multi-label' || n < 3) return NaN;
  if (task === 'classification') {
    const counts = new Float64Array(classes.length);
    for (const code of labels) counts[code]++;
    const expected = counts.reduce((sum, count) => sum + (count / n) * ((count - 1) / (n - 1)), 0);
    if (expected >= 1) return NaN;
    let equal = 0;
    for (let i = 1; i < n; i++) equal += Number(labels[i] === labels[i - 1]);
    return (equal / (n - 1) - expected) / Math.sqrt((expected * (1 - expected)) / (n - 1));
  }
  let mean = 0;
  for (const value of labels) mean += value / n;
  let [along, total] = [0, 0];
  for (let i = 0; i < n; i++) {
    total += (labels[i] - mean) ** 2;
    if (i > 0) along += (labels[i] - mean) * (labels[i - 1] - mean);
  }
  return total > 0 ? (along / total) * Math.sqrt(n) : NaN;
}
