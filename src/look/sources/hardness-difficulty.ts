import { InputError } from '../../core/input-error';
import { permutation, random } from '../../core/random';
import { collectWarnings } from '../../core/warning';
import { featureSize } from '../../data/feature-size';
import { takeExamples } from '../../data/take-examples';
import type { Dataset } from '../../data/types';
import type { Predictions } from '../../metrics/types';
import type { InstanceHardnessDifficulty } from '../difficulty-options';
import { stratifiedFolds } from '../hardness/folds';
import { HARDNESS_LEARNERS, LEARNERS } from '../hardness/learners';
import { checkDataset, matchedFeatures } from '../hardness/matched-features';
import { matchById } from './match-by-id';
import type { SourceValues } from './source-values';

/** Numbers that the learners read at most in a fold, counted as examples × features × (neighbours' pairs or classes). */
const MOST_WORK = 1e10;
const FEWEST = 500;

/** Examples that the learners may learn from in each fold. */
function affordable({ n, classes, features }: Dataset): number {
  const d = featureSize(features.shape);
  const each = d * (n + 150 * classes.length);
  return Math.max(FEWEST, Math.floor(MOST_WORK / each));
}

/**
 * Instance hardness: 1 less the mean probability that simple models give the true class when they have not seen the example,
 * over a cross-validation.
 */
export function hardnessDifficulty(
  fn: string,
  predictions: Predictions,
  options: InstanceHardnessDifficulty,
): SourceValues {
  const { source, dataset: given, learners = HARDNESS_LEARNERS, folds = 5, seed = 0 } = options;
  checkDataset(fn, 'dataset', given, predictions);
  if (given.task !== 'classification' || given.classes.length < 2 || given.n < folds) {
    const one = given.task === 'classification';
    throw new InputError({
      code: one ? 'empty' : 'unsupported',
      fn,
      param: 'dataset',
      expected: one
        ? `hold two classes and at least an example for each of ${folds} folds`
        : `be of one class an example; "${given.name}" is of a ${given.task} task`,
      mend: one ? undefined : 'Use the source "neighbours".',
    });
  }
  const [data] = matchedFeatures(fn, 'dataset', given);
  const { labels, classes, features, n } = data;
  const d = featureSize(features.shape);
  const fold = stratifiedFolds(labels, folds, seed);
  const most = affordable(data);
  const stream = random(seed).fork('hardness');
  const values = new Float64Array(n);
  let fewest = n;
  for (let f = 0; f < folds; f++) {
    const inside: number[] = [];
    const outside: number[] = [];
    for (let i = 0; i < n; i++) (fold[i] === f ? inside : outside).push(i);
    const chosen = outside.length <= most ? outside : Array.from(permutation(outside.length, stream).slice(0, most).sort(), (p) => outside[p]); // prettier-ignore
    fewest = Math.min(fewest, chosen.length);
    const learnt = takeExamples(data, chosen);
    const examples = { values: learnt.features.values, d, codes: Int32Array.from(learnt.labels), classes: classes.length }; // prettier-ignore
    const others = takeExamples(data, inside).features.values;
    for (const name of learners) {
      const p = LEARNERS[name](examples, others);
      inside.forEach(
        (row, place) => (values[row] += p[place * classes.length + labels[row]] / learners.length),
      );
    }
  }
  const warnings = collectWarnings();
  if (fewest === most && most < n - Math.ceil(n / folds)) {
    const message = `The simple models learnt from a random ${most} examples a fold (seed ${seed}): all ${n} would take too long.`;
    warnings.add('sampled', message);
  }
  return {
    source,
    title:
      learners.length === 1 ? `hardness for ${learners[0]}` : `hardness for ${learners.length} simple models`,
    unit: '',
    values: matchById(fn, 'dataset', predictions.ids, data.ids, (row) => 1 - values[row]),
    circular: false,
    warnings: warnings.list(),
  };
}
