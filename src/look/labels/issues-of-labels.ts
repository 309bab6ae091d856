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

/** See `labelIssues`. */
export function issuesOfLabels(predictions: Predictions, options: LabelIssuesOptions = {}): LabelIssues {
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
