'use strict';
// Amazon SageMaker Debugger, built-in rules with their documented defaults, each on every tensor that it is meant for.
// Its own save interval is 500 steps: runs as short as these would leave it one point, and no rule that compares two could
// fire. Here it sees every epoch, and every step where it asks for steps, which favours it.
// Left out: TensorVariance (no defaults), SimilarAcrossRuns and StalledTraining (need what no log has), Confusion (its formula
// divides by the trace, so that with two classes or more it fires always), NLPSequenceRatio (token counts are not logged), the
// XGBoost rules; of PoorWeightInitialization the percentiles of gradients.
const facts = require('./facts.cjs');

const OVERFITTED = [
  ...['validation-rises', 'memorised', 'overtrained', 'guesses-on-validation', 'validation-far-below'],
  ...['distribution-differs', 'scale-differs'],
];

/** Whether a series went `patience` points in a row without falling by more than `delta` below its lowest so far. */
function stalled(values, patience, delta = 0) {
  let [lowest, since] = [Infinity, 0];
  for (const value of values) {
    since = value < lowest - delta ? 0 : since + 1;
    if (value < lowest) lowest = value;
    if (since >= patience) return true;
  }
  return false;
}

const close = (a, b) => Math.abs(a - b) <= 1e-8 + 1e-5 * Math.abs(b);

/** Spread of the kernels before training, over all layers that have one. */
const kernels = (log) => log.model.layers.flatMap(({ initial }) => (initial ? [initial.sd ** 2] : []));

const RULES = {
  VanishingGradient: {
    codes: ['vanishing-gradient', 'dead-units', 'unchanged-weights', 'updates-too-small'],
    fires: (log) => facts.gradientSizes(log).some(({ sizes }) => facts.some(sizes, (size) => size < 1e-7)),
  },
  ExplodingTensor: {
    codes: ['non-finite-value', 'non-finite-input', 'diverged'],
    fires: facts.notFinite,
  },
  DeadRelu: {
    codes: ['dead-units', 'vanishing-gradient'],
    // A unit is dead below 1 % activity; the log counts those with none at all in a step.
    fires: (log) =>
      facts.withActivation(log, 'relu').some(({ dead }) => facts.some(dead, (share) => share > 0.5)),
  },
  SaturatedActivation: {
    codes: ['saturated-units', 'vanishing-gradient', 'input-scale'],
    // Its bounds lie further out than those of the log, so that it would fire later than here.
    fires: (log) =>
      facts
        .withActivation(log, 'tanh', 'sigmoid')
        .some(({ saturated }) => facts.some(saturated, (share) => share > 0.5)),
  },
  PoorWeightInitialization: {
    codes: ['initial-weights-scale', 'equal-initial-weights', 'starts-too-high', 'no-better-than-guessing'],
    fires: (log) => {
      const variances = kernels(log);
      const ratio = Math.max(...variances) / Math.min(...variances);
      return (
        ratio > 10 ||
        (variances.length > 0 && Number.isNaN(ratio)) ||
        stalled(log.steps.loss.slice(0, Math.ceil(10 / log.steps.stride)), 5)
      );
    },
  },
  WeightUpdateRatio: {
    codes: [
      ...['updates-too-large', 'updates-too-small', 'unchanged-weights', 'frozen-layers'],
      ...['learns-too-slowly', 'equal-initial-weights'],
    ],
    fires: (log) =>
      log.layers.some(({ updateRatio }) => facts.some(updateRatio, (ratio) => ratio > 10 || ratio < 1e-8)),
  },
  UnchangedTensor: {
    // On the loss: three steps in a row.
    codes: ['unchanged-weights', 'frozen-layers', 'no-better-than-guessing', 'constant-output'],
    fires: ({ steps: { loss } }) =>
      loss.some((value, i) => i >= 2 && close(value, loss[i - 1]) && close(loss[i - 1], loss[i - 2])),
  },
  AllZero: {
    // On inputs, kernels before training, and outputs of hidden layers.
    codes: ['constant-input', 'dead-units', 'equal-initial-weights', 'constant-output'],
    fires: (log) => {
      const { features } = log.data.train ?? {};
      return (
        (features && features.min === 0 && features.max === 0) ||
        kernels(log).some((variance) => variance === 0) ||
        facts
          .outputs(log)
          .slice(0, -1)
          .some(({ zeros }) => facts.some(zeros, (share) => share >= 1))
      );
    },
  },
  LossNotDecreasing: {
    codes: [
      ...['no-better-than-guessing', 'diverged', 'loss-spikes', 'loss-oscillates', 'learns-too-slowly'],
      ...['order-of-labels', 'unchanged-weights', 'frozen-layers'],
    ],
    // Between epochs that are at least ten steps apart; the losses of single steps would set it off far more often.
    fires: (log) => {
      const apart = Math.max(1, Math.ceil(10 / log.config.stepsPerEpoch));
      const loss = facts.trainLoss(log).filter((_, i) => i % apart === 0);
      return loss.some((value, i) => i > 0 && loss[i - 1] - value < 0.001 * Math.abs(loss[i - 1]));
    },
  },
  Overfit: {
    codes: OVERFITTED,
    fires: (log) => {
      const [train, validation] = [facts.trainLoss(log), facts.validationLoss(log)];
      return validation.some((value, i) => (value - train[i]) / train[i] > 0.1);
    },
  },
  Overtraining: {
    codes: ['validation-rises', 'memorised', 'overtrained'],
    fires: (log) =>
      stalled(facts.trainLoss(log), 5, 0.01) &&
      facts.validationLoss(log).length > 0 &&
      stalled(facts.validationLoss(log), 10, 0.01),
  },
  ClassImbalance: {
    codes: ['imbalance', 'class-missing-in-training', 'class-never-predicted', 'class-shares-differ'],
    fires: (log) => {
      const { n, classCounts } = log.data.train ?? { classCounts: [] };
      if (log.task !== 'classification' || !(n >= 500)) return false;
      const confusion = log.outcome?.train?.confusion ?? [];
      const missed = confusion.map((row, k) => 1 - row[k] / row.reduce((sum, count) => sum + count, 0));
      return Math.max(...classCounts) > 10 * Math.min(...classCounts) || missed.some((share) => share > 0.7);
    },
  },
  CheckInputImages: {
    codes: ['input-scale', 'scale-differs'],
    fires: ({ data: { train } }) =>
      train?.featureShape.length === 3 && train.n >= 500 && Math.abs(train.features.mean) > 0.2,
  },
};

module.exports = { name: 'SageMaker Debugger', rules: RULES, judges: () => true };
