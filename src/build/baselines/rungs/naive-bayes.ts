import type { Dataset } from '../../../data/types';
import { sparseDesign } from '../../learners/design';
import { softmaxRows } from '../../learners/links';
import type { LinearModel } from '../../learners/logistic-regression';
import { naiveBayes } from '../../learners/naive-bayes';
import { fixedCost, type Answer, type Rung } from '../rung';
import { rowsOf, targetsOf } from '../targets';

const STEP = 2e-9;
const SMOOTHING = 1;

/** Classes of texts by how often each of their terms occurs in them. */
export const naiveBayesRung: Rung = {
  name: 'naive Bayes',
  what: 'how often each term occurs in a class',
  weight: 0.5,
  fits: (task, inputs) => inputs === 'text' && task !== 'regression',
  cost: (n, { dense, units, d }) => fixedCost(STEP * (n * dense * 2 + d * units)),
  async train({ train, validation, check, sparse }) {
    const targets = targetsOf(train);
    const features = sparse!(train);
    const models: LinearModel[] = [];
    if (targets.kind === 'class')
      models.push(naiveBayes(features, targets.codes, targets.classes, SMOOTHING));
    if (targets.kind === 'labels')
      for (const column of targets.columns) models.push(naiveBayes(features, column, 2, SMOOTHING));
    const answer = (data: Dataset): Answer => {
      const design = sparseDesign(sparse!(data));
      const columns = models.map(({ weights, biases }) => {
        const scores = new Float64Array(data.n * biases.length);
        design.scores(weights, biases, scores);
        return softmaxRows(scores, biases.length);
      });
      if (targets.kind !== 'labels') return { output: columns[0] };
      return { output: rowsOf(columns.map((both) => both.filter((_, e) => e % 2 === 1))) };
    };
    const count = models.reduce((sum, { weights, biases }) => sum + weights.length + biases.length, 0);
    return {
      answers: [{ validation: answer(validation), train: answer(check) }],
      size: { count, unit: 'parameters', bytes: 8 * count },
      settings: { smoothing: SMOOTHING },
    };
  },
};
