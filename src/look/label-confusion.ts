import { asResult } from '../core/showable';
import { collectWarnings } from '../core/warning';
import { checkPredictions } from '../metrics/check-predictions';
import { labelCounts } from '../metrics/label-counts';
import type { Predictions } from '../metrics/types';
import { wilsonInterval } from '../stats/wilson-interval';
import type { LabelConfusion, LabelConfusionRow } from './types';

/**
 * Returns for each label of a multi-label task how many examples have it and are predicted to: its own 2×2 table, with recall and
 * precision. Which label is taken for which other is a matter of `mostConfused`. Examples where a model's output was not a number
 * are left out and said in a warning.
 *
 * @param predictions of a multi-label task, from `evaluate` or `predictionsFrom`
 * @returns one row a label, in the order of `classes`
 * @throws InputError `invalid-type`, `unsupported` for another task
 * @example
 * const rows = [{ y: 'rain, wind', p: 'rain' }, { y: 'wind', p: 'wind' }];
 * const p = predictionsFrom(rows, { label: 'y', predicted: 'p', separator: ',' });
 * labelConfusion(p).labels.map((row) => [row.label, row.found, row.missed]) // => [['rain', 1, 0], ['wind', 1, 1]]
 */
export function labelConfusion(predictions: Predictions): LabelConfusion {
  const { name, classes, predicted, n } = checkPredictions('labelConfusion', predictions, 'multi-label');
  const known = (i: number): boolean => classes.every((_, k) => predicted[i * classes.length + k] >= 0);
  const rows = Array.from({ length: n }, (_, i) => i).filter(known);
  const { found, falseAlarms, missed } = labelCounts(predictions, rows);
  const warnings = collectWarnings();
  if (rows.length < n) {
    const message = `${n - rows.length} of ${n} examples have no prediction and are left out.`;
    warnings.add('no-prediction', message, n - rows.length);
  }
  const rowOf = (label: string, k: number): LabelConfusionRow => {
    const [given, said] = [found[k] + missed[k], found[k] + falseAlarms[k]];
    return {
      label,
      found: found[k],
      missed: missed[k],
      falseAlarms: falseAlarms[k],
      neither: rows.length - given - falseAlarms[k],
      recall: found[k] / given,
      recallInterval: wilsonInterval(found[k], given),
      precision: found[k] / said,
      precisionInterval: wilsonInterval(found[k], said),
      f1: (2 * found[k]) / (given + said),
    };
  };
  return asResult({
    kind: 'label-confusion',
    name,
    n: rows.length,
    labels: classes.map(rowOf),
    warnings: warnings.list(),
  });
}
