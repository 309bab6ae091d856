import { InputError } from '../../core/input-error';
import { asResult } from '../../core/showable';
import { collectWarnings, type Warnings } from '../../core/warning';
import type { Task } from '../../data/types';
import { checkPredictions } from '../../metrics/check-predictions';
import type { Predictions } from '../../metrics/types';
import { wilsonInterval } from '../../stats/wilson-interval';
import { classIssues } from './class-issues';
import { findConflicts } from './conflicts';
import type { IssueParts } from './issue-parts';
import { FN, planLabels, type PlannedLabels } from './label-issues-options';
import { labelSetIssues } from './label-set-issues';
import type { LabelConflict, LabelIssues, LabelIssuesOptions } from './types';
import { valueIssues } from './value-issues';

const JUDGES: Readonly<
  Record<Task, (predictions: Predictions, planned: PlannedLabels, warnings: Warnings) => IssueParts>
> = { classification: classIssues, 'multi-label': labelSetIssues, regression: valueIssues };

/** The label of a row in words. */
function labelWords({ task, classes, label }: Predictions): (row: number) => string {
  if (task === 'regression') return (row) => String(label[row]);
  if (task === 'classification') return (row) => classes[label[row]];
  return (row) => classes.filter((_, j) => label[row * classes.length + j] === 1).join(', ') || 'no label';
}

function conflictsOf(
  predictions: Predictions,
  { data, duplicatesBy }: LabelIssuesOptions,
  limit: number,
): readonly LabelConflict[] {
  if (!data && !duplicatesBy) return [];
  const { task, label } = predictions;
  const labelAt = labelWords(predictions);
  const differ =
    task === 'regression'
      ? (a: number, b: number): boolean => Math.abs(label[a] - label[b]) > limit
      : (a: number, b: number): boolean => labelAt(a) !== labelAt(b);
  return findConflicts(predictions, { data, duplicatesBy, differ, labelAt });
}

/**
 * Returns the labels that are probably wrong, most suspicious first, how many of them are expected to be, and which classes
 * are mixed up (confident learning). Look at them before training on: wrong labels cap what any model can reach, and wrong
 * test labels make a good model look bad.
 *
 * The probabilities must be out of sample: each example judged by a model that has not seen it, as `crossValidate` gives. A
 * model that was trained on a wrong label believes it.
 *
 * The rules have cleanlab's names and find the same examples. The default weighs for each disputed label how likely it is wrong:
 * by the noise rates of the classes, by how sure the model is, and by whether labels are disputed as often where it is surest
 * (wrong as if at random) or hardly there; it flags what is likelier wrong than about half of the F1 that can be expected. What no
 * model's probabilities can tell is whether people or the model err on hard examples; the interval of the expected precision is
 * wide there.
 *
 * For multi-label each label is judged by itself. For regression values are flagged whose residual lies more than `deviations`
 * robust standard deviations from the middle one.
 *
 * @param predictions N examples with probabilities N×K, or values; of several seeds their mean probabilities count
 * @param options rule, score, limits, inputs to find conflicting duplicates
 * @returns flagged examples by score, then by row; counts and shares with intervals
 * @throws InputError `missing` without probabilities, `empty`, `out-of-range`, `unsupported` for options that do not go
 * together, `length-mismatch`, `unknown-name`, `not-found` for data of other examples
 * @example
 * const rows = [0.9, 0.8, 0.9, 0.7, 0.1, 0.2, 0.1, 0.9].map((p, i) => ({ y: i < 4 ? 'a' : 'b', p_a: p, p_b: 1 - p }));
 * const found = labelIssues(predictionsFrom(rows, { label: 'y', probabilities: ['p_a', 'p_b'], classes: ['a', 'b'] }));
 * found.issues.map(({ index, given, suggested }) => [index, given, suggested]) // => [[7, 'b', 'a']]
 * @see Curtis Northcutt, Lu Jiang & Isaac Chuang, "Confident learning: estimating uncertainty in dataset labels", 2021
 */
export function labelIssues(predictions: Predictions, options: LabelIssuesOptions = {}): LabelIssues {
  const { name, task, classes } = checkPredictions(FN, predictions);
  const planned = planLabels(options, task, classes.length);
  if (predictions.n === 0) {
    throw new InputError({
      code: 'empty',
      fn: FN,
      param: 'predictions',
      expected: 'hold at least one example',
    });
  }
  if (task === 'classification' && classes.length < 2) {
    throw new InputError({
      code: 'unsupported',
      fn: FN,
      param: 'predictions',
      expected: 'know at least two classes, so that a label can be wrong',
    });
  }
  const warnings = collectWarnings();
  if (predictions.outOfSample === false) {
    warnings.add(
      'in-sample',
      'The model was trained on these examples and their labels, so that it tends to believe the wrong ones too. Judge them out of sample: labelIssues(await crossValidate(build, dataset)).',
    );
  }
  const { issues, rule, n, ...found } = JUDGES[task](predictions, planned, warnings);
  const spread = typeof rule.standardDeviation === 'number' ? rule.standardDeviation : 0;
  const conflicts = conflictsOf(predictions, options, planned.deviations * spread);
  const { level } = planned;
  return asResult({
    kind: 'label-issues' as const,
    ...{ name, task, n, classes },
    flagged: {
      count: issues.length,
      share: issues.length / n,
      interval: wilsonInterval(issues.length, n, level),
    },
    conflicts,
    issues,
    ...found,
    options: { ...resolved(planned, task), ...rule },
    warnings: warnings.list(),
  });
}

/** The options that the task has, as plain data. */
function resolved(planned: PlannedLabels, task: Task): Record<string, unknown> {
  const { confidentJoint, deviations, thresholds, numToRemovePerClass, ...shared } = planned;
  if (task === 'regression') return { rankBy: planned.rankBy, level: planned.level, deviations };
  return {
    ...shared,
    numToRemovePerClass: numToRemovePerClass && Array.from(numToRemovePerClass),
    thresholds: thresholds && Array.from(thresholds),
    confidentJoint: confidentJoint && confidentJoint.map((joint) => Array.from(joint)),
  };
}
