import type { Baseline, Baselines } from '../../src/build/baselines/types';
import type { Confirmation } from '../../src/confirm/types';
import type { FindingData } from '../../src/suspect/types';
import type { LabelIssues } from '../../src/look/labels/types';
import type { SizeCurve, SizePoint } from '../../src/look/size-curve/types';
import type { Confusion, DifficultySlice, DifficultySlices, LabelConfusion } from '../../src/look/types';

const slice = (
  label: string,
  errors: number,
  interval: [number, number],
  gainIfFixed: number,
): DifficultySlice => ({
  label,
  from: 0,
  to: 1,
  n: 10,
  errors,
  error: errors / 10,
  interval,
  shareOfExamples: 0.5,
  shareOfErrors: errors / 4,
  shareOfErrorsInterval: [0, 1],
  gainIfFixed,
  gainInterval: [gainIfFixed / 2, gainIfFixed * 2],
  indices: [],
});

/** Two slices of ten: no errors in the easy one, four in the hard one. */
export const slicesOf = (): DifficultySlices => ({
  kind: 'difficulty-slices',
  name: 'pets',
  difficulty: { source: 'metadata', title: 'blur', unit: 'px', circular: false },
  metric: 'error-rate',
  n: 20,
  overall: { error: 0.2, errors: 4, interval: [0.1, 0.4] },
  level: 0.95,
  slices: [slice('easy', 0, [0, 0.1], 0), slice('hard', 4, [0.2, 0.6], 0.1)],
  trend: { z: 2.2, pValue: 0.03, n: 20, direction: 'harder-is-worse' },
  inversion: null,
  warnings: [],
});

/** Ten labels of two classes, one flagged, one conflict. */
export const labelIssuesOf = (dog = '<b>dog</b>'): LabelIssues => ({
  kind: 'label-issues',
  name: 'pets',
  task: 'classification',
  n: 10,
  classes: ['cat', dog],
  flagged: { count: 1, share: 0.1, interval: [0.02, 0.4] },
  precision: { value: 0.8, interval: [0.5, 0.9], level: 0.95, why: 'by how far such estimates were off' },
  conflicts: [{ indices: [3, 4], ids: [dog, '4'], labels: [dog, 'cat'] }],
  issues: [{ index: 3, id: dog, given: dog, suggested: 'cat', confidence: 0.1, score: 0.1, chance: 0.8 }],
  noise: {
    kind: 'cannot-tell',
    why: `${dog}: too few`,
    disputed: 0.1,
    disputedWhereSure: 0,
    interval: [0, 0.6],
  },
  perClass: [
    { label: 'cat', n: 6, flagged: 0, rate: 0, interval: [0, 0.4], confident: 6 },
    { label: dog, n: 4, flagged: 1, rate: 0.25, interval: [0.1, 0.7], confident: 4 },
  ],
  pairs: [{ given: dog, suggested: 'cat', flagged: 1, estimated: 1, rate: 0.25, interval: [0.1, 0.7] }],
  joint: [
    [6, 0],
    [1, 3],
  ],
  confidentJoint: [
    [5, 0],
    [1, 2],
  ],
  thresholds: [0.8, 0.7],
  options: { filterBy: 'auto', rankBy: 'self_confidence' },
  warnings: [{ code: 'w', message: dog, count: 1 }],
});

/** Two labels of ten examples, the first with a hostile name and one more mistake. */
export const labelConfusionOf = (rain = '<b>rain</b>'): LabelConfusion => ({
  kind: 'label-confusion',
  name: 'skies',
  n: 10,
  labels: [
    {
      label: 'wind',
      ...{ found: 4, missed: 1, falseAlarms: 0, neither: 5, f1: 8 / 9 },
      ...{ recall: 0.8, recallInterval: [0.38, 0.96], precision: 1, precisionInterval: [0.51, 1] },
    },
    {
      label: rain,
      ...{ found: 0, missed: 0, falseAlarms: 2, neither: 8, f1: 0 },
      ...{ recall: NaN, recallInterval: [0, 1], precision: 0, precisionInterval: [0, 0.66] },
    },
  ],
  warnings: [],
});

/** Ten cats, three of them taken for dogs, and five dogs; the dog's name is hostile. */
export const confusionOf = (dog = '<b>dog</b>'): Confusion => ({
  kind: 'confusion',
  name: 'pets',
  n: 15,
  classes: ['cat', dog],
  counts: [
    [7, 3],
    [0, 5],
  ],
  warnings: [],
});

export const confirmationOf = (): Confirmation => ({
  kind: 'confirmation',
  experiment: 'overfit-one-batch',
  finding: null,
  arms: [
    {
      id: 'a',
      title: 'as it was',
      outcome: 'stuck',
      firstLoss: 2,
      finalLoss: 2,
      losses: [2, 2, 2],
      steps: 100,
    },
    {
      id: 'b',
      title: 'rate / 10',
      outcome: 'learns',
      firstLoss: 2,
      finalLoss: 0.01,
      losses: [2, 0.1, 0.01],
      steps: 100,
    },
  ],
  causes: [{ id: 'rate', title: 'The learning rate is too high.', weight: 0.9, fix: 'Divide it by ten.' }],
  before: [{ id: 'rate', title: 'The learning rate is too high.', weight: 0.4, fix: 'Divide it by ten.' }],
  verdict: 'confirmed',
  cause: 'rate',
  message: 'The learning rate was too high.',
  fix: 'Divide it by ten.',
  seed: 1,
  seconds: 2,
});

/** A warning with two causes, of a check that spoke up on 1 of 251 healthy runs and found 202 of 210 faults. */
export const findingOf = (parts: Partial<FindingData> = {}): FindingData => ({
  kind: 'finding',
  check: 'c',
  code: 'c',
  severity: 'warning',
  where: {},
  evidence: {},
  score: 6.5,
  threshold: 4,
  falseAlarmRate: { rate: 1 / 251, interval: [0.0007, 0.0222], healthyRuns: 251 },
  detection: { rate: 202 / 210, interval: [0.9266, 0.9806], faults: 210 },
  references: [{ author: 'LeCun et al.', title: 'Efficient BackProp', year: 1998 }],
  causes: [
    { id: 'a', title: 'The rate is too high.', weight: 0.75, fix: 'Lower it.' },
    { id: 'b', title: 'The inputs are too large.', weight: 0.25, fix: 'Scale them.' },
  ],
  message: 'Loss explodes.',
  why: 'Because.',
  ...parts,
});

/** A size with two seeds 0.01 either side of the error, and one that was scored in training. */
export const pointOf = (size: number, error: number, half: number): SizePoint => ({
  size,
  n: 2,
  failed: 0,
  test: { mean: error, interval: [error - half, error + half], values: [error - 0.01, error + 0.01] },
  train: { mean: error / 10, interval: [NaN, NaN], values: [error / 10, NaN] },
  epochs: 3,
  steps: 9,
  itemErrors: [0, 1],
});

/** A learning curve over sizes. */
export const sizeCurveOf = (points: readonly SizePoint[], title = 'error rate'): SizeCurve =>
  ({
    kind: 'size-curve',
    ...{ name: title, task: 'classification', metric: 'errorRate', title, unit: 'share' },
    ...{ n: 100, testN: 50, seeds: [0, 1], level: 0.95, points, items: [0, 1], stopped: 'completed' },
    config: { equal: 'steps' },
    goals: { humanLevel: null, baseline: null },
    warnings: [],
  }) as unknown as SizeCurve;
const baseline = (parts: Partial<Baseline> & Pick<Baseline, 'model' | 'score' | 'interval'>): Baseline => ({
  kind: 'baseline',
  what: 'a model',
  trivial: false,
  metric: 'accuracy',
  metricTitle: 'accuracy',
  metricUnit: 'share',
  higherIsBetter: true,
  n: 200,
  trainScore: 0.99,
  loss: 0.2,
  spread: null,
  trainedOn: 600,
  trainN: 600,
  seconds: 0.5,
  size: { count: 30, unit: 'parameters', bytes: 240 },
  settings: { C: 1 },
  behindBest: null,
  predictions: undefined as never,
  ...parts,
});

/** The floor, a linear model that is not clearly worse than the best, and a network, which is; people are ahead. */
export const ladderOf = (name = 'pets'): Baselines => ({
  kind: 'baselines',
  name,
  task: 'classification',
  metric: 'accuracy',
  metricTitle: 'accuracy',
  metricUnit: 'share',
  higherIsBetter: true,
  n: 200,
  trainN: 600,
  level: 0.95,
  rows: [
    baseline({
      ...{ model: 'majority class', trivial: true, score: 0.49, interval: [0.42, 0.56], trainScore: 0.5 },
      behindBest: { difference: 0.475, interval: [0.4, 0.55], pValue: 1e-9, clearlyWorse: true },
    }),
    baseline({
      ...{ model: 'logistic regression', score: 0.95, interval: [0.91, 0.973], trainedOn: 300 },
      behindBest: { difference: 0.015, interval: [-0.005, 0.035], pValue: null, clearlyWorse: false },
    }),
    baseline({
      ...{ model: 'small MLP', score: 0.965, interval: [0.93, 0.985] },
      spread: { mean: 0.965, sd: 0.004, interval: [0.96, 0.97], n: 5 },
    }),
  ],
  skipped: [{ model: 'small CNN', reason: `of ${name}` }],
  pending: [],
  best: 'small MLP',
  simplestGood: 'logistic regression',
  human: {
    goal: { metric: 'accuracy', value: 0.99, source: 'two <people>' },
    difference: 0.04,
    interval: [0.017, 0.08],
  },
  betterByLoss: null,
  message: `"logistic regression" is the simplest good model of ${name}.`,
  seeds: [0, 1, 2, 3, 4],
  budget: 10,
  seconds: 3.2,
  stopped: 'completed',
  warnings: [],
  goal: () => ({ metric: 'accuracy', value: 0.95, source: 'logistic regression' }),
  predictions: () => undefined as never,
});
