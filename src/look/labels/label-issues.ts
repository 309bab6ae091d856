import type { Predictions } from '../../metrics/types';
import type { LabelIssues, LabelIssuesOptions } from './types';

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
  const { issuesOfLabels } = require('./issues-of-labels') as typeof import('./issues-of-labels');
  return issuesOfLabels(predictions, options);
}
