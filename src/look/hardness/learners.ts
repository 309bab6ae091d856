import { decisionTree, treeProbabilities } from '../../build/learners/decision-tree';
import { denseDesign } from '../../build/learners/design';
import { gaussianClasses, gaussianProbabilities } from '../../build/learners/gaussian-classes';
import { kNearest } from '../../build/learners/k-nearest';
import { logisticProbabilities, logisticRegressionAtOnce } from '../../build/learners/logistic-regression';

/** Examples with classes to learn from: flat features N×D, codes 0 … K−1. */
export interface HardnessExamples {
  readonly values: Float32Array;
  readonly d: number;
  readonly codes: Int32Array;
  readonly classes: number;
}

/** Returns the probabilities M×K of other examples, given flat features M×D. */
type Learner = (examples: HardnessExamples, others: Float32Array) => Float64Array;

const NEIGHBOURS = 5;
/** The search ends early: simple models need no third digit. */
const LOGISTIC = { c: 1, tolerance: 1e-3, maxIterations: 60 };

/** Shares of the classes among the nearest, with one more vote by the class shares of all. */
const neighbours: Learner = ({ values, d, codes, classes }, others) => {
  const prior = new Float64Array(classes);
  for (const code of codes) prior[code] += 1 / codes.length;
  const { indices } = kNearest(values, d, NEIGHBOURS, others);
  const m = others.length / d;
  const p = new Float64Array(m * classes);
  for (let i = 0; i < m; i++) {
    const found = indices.subarray(i * NEIGHBOURS, (i + 1) * NEIGHBOURS).filter((place) => place >= 0);
    for (let c = 0; c < classes; c++) p[i * classes + c] = prior[c] / (found.length + 1);
    for (const place of found) p[i * classes + codes[place]] += 1 / (found.length + 1);
  }
  return p;
};

const clouds =
  (shared: boolean): Learner =>
  ({ values, d, codes, classes }, others) =>
    gaussianProbabilities(gaussianClasses(values, d, codes, classes, shared), others);

const softmax: Learner = ({ values, d, codes, classes }, others) => {
  const model = logisticRegressionAtOnce(
    denseDesign(values, codes.length, d),
    codes,
    Math.max(2, classes),
    LOGISTIC,
  );
  const p = logisticProbabilities(model, denseDesign(others, others.length / d, d));
  if (model.biases.length > 1) return p;
  return Float64Array.from({ length: 2 * p.length }, (_, e) => (e % 2 === 1 ? p[e >> 1] : 1 - p[e >> 1]));
};

const tree: Learner = ({ values, d, codes, classes }, others) =>
  treeProbabilities(decisionTree(values, d, codes, classes), others, d);

/** Simple models that fail in different ways. */
export const LEARNERS = {
  'nearest neighbours': neighbours,
  'naive Bayes': clouds(false),
  'nearest centroid': clouds(true),
  'softmax regression': softmax,
  'decision tree': tree,
} as const satisfies Readonly<Record<string, Learner>>;

export type HardnessLearner = keyof typeof LEARNERS;

export const HARDNESS_LEARNERS = Object.keys(LEARNERS) as readonly HardnessLearner[];
