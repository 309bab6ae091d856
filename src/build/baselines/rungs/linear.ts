import type { Dataset } from '../../../data/types';
import { denseDesign, sparseDesign, type Design } from '../../learners/design';
import {
  logisticProbabilities,
  logisticRegression,
  type LinearModel,
} from '../../learners/logistic-regression';
import { ridgeRegression, ridgeValues } from '../../learners/ridge-regression';
import { fixedCost, type Answer, type Rung, type RungJob } from '../rung';
import { rowsOf, targetsOf } from '../targets';

/** Seconds of one multiplication and addition. */
const STEP = 0.8e-9;
const USUAL_ITERATIONS = 150;
const C = 1;

/** The features as a linear model reads them: without their zeros where most are. */
export const designOf = ({ sparse, sizes }: RungJob, data: Dataset): Design =>
  sparse ? sparseDesign(sparse(data)) : denseDesign(data.features.values, data.n, sizes.d);

/** Classes or labels by a weighted sum of the features. */
export const logistic: Rung = {
  name: 'logistic regression',
  what: 'a weighted sum of the features',
  weight: 2,
  fits: (task) => task !== 'regression',
  cost: (n, { dense, units }) => fixedCost(2 * STEP * USUAL_ITERATIONS * n * dense * units),
  async train(job) {
    const { train, validation, check, pause } = job;
    const targets = targetsOf(train);
    const design = designOf(job, train);
    const models: LinearModel[] = [];
    if (targets.kind === 'class') {
      models.push(
        await logisticRegression(design, targets.codes, Math.max(2, targets.classes), { c: C, pause }),
      );
    } else if (targets.kind === 'labels') {
      for (const column of targets.columns) {
        models.push(await logisticRegression(design, column, 2, { c: C, pause }));
      }
    }
    const answer = (data: Dataset): Answer => {
      const own = designOf(job, data);
      const columns = models.map((model) => logisticProbabilities(model, own));
      return { output: targets.kind === 'labels' ? rowsOf(columns) : columns[0] };
    };
    const count = models.reduce((sum, { weights, biases }) => sum + weights.length + biases.length, 0);
    return {
      answers: [{ validation: answer(validation), train: answer(check) }],
      size: { count, unit: 'parameters', bytes: 8 * count },
      settings: {
        penalty: 'L2',
        C,
        iterations: models.reduce((most, { iterations }) => Math.max(most, iterations), 0),
      },
      ...(models.some(({ converged }) => !converged) && {
        warning: 'Logistic regression has not converged; its score may be better with more iterations.',
      }),
    };
  },
};

/** Values by a weighted sum of the features. */
export const ridge: Rung = {
  name: 'ridge regression',
  what: 'a weighted sum of the features',
  weight: 2,
  fits: (task) => task === 'regression',
  cost: (n, { d }) => {
    const size = Math.min(n, d);
    return fixedCost(STEP * ((n * d * size) / 2 + 13 * (n * d + size ** 3 / 2)));
  },
  async train({ train, validation, check, sizes: { d } }) {
    const model = ridgeRegression(train.features.values, train.n, d, train.labels);
    const answer = (data: Dataset): Answer => ({ output: ridgeValues(model, data.features.values, data.n) });
    const count = model.weights.length + 1;
    return {
      answers: [{ validation: answer(validation), train: answer(check) }],
      size: { count, unit: 'parameters', bytes: 8 * count },
      settings: {
        penalty: 'L2',
        alpha: Number(model.alpha.toPrecision(3)),
        'alpha by': 'generalised cross-validation',
      },
    };
  },
};
