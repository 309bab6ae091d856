'use strict';
// UMLAUT (CHI 2021), heuristics as in its repository. Ranges are of all training inputs, its own of the last batch.
// Left out: inputs that are no floating-point numbers, which no log here has.
const facts = require('./facts.cjs');

const hidden = (log) => log.model.layers.slice(0, -1);
const LOSSES = ['validation-rises', 'memorised', 'overtrained'];

const RULES = {
  'missing softmax': {
    codes: ['output-does-not-fit-loss', 'loss-does-not-fit-task', 'softmax-on-one-unit'],
    fires: (log) => facts.lastLayer(log).activation !== 'softmax',
  },
  'missing activations': {
    codes: ['no-non-linearity'],
    fires: (log) =>
      hidden(log).some(
        ({ type, activation }) => /^(Dense|Conv)/.test(type) && (activation ?? 'linear') === 'linear',
      ),
  },
  'activation before softmax': {
    codes: ['softmax-twice', 'output-does-not-fit-loss'],
    fires: (log) =>
      facts.lastLayer(log).type === 'Activation' && (hidden(log).at(-1)?.activation ?? 'linear') !== 'linear',
  },
  'dropout above a half': {
    codes: ['dropout-too-high', 'underfits', 'validation-beats-train'],
    fires: (log) => hidden(log).some(({ rate }) => rate > 0.5),
  },
  'image is not square': {
    codes: [],
    fires: ({ data: { train } }) =>
      train?.featureShape.length === 3 && train.featureShape[0] !== train.featureShape[1],
  },
  'input exceeds limits': {
    codes: ['input-scale', 'sentinel-input', 'starts-too-high', 'saturated-units'],
    fires: ({ data: { train } }) => Boolean(train) && (train.features.min < -1 || train.features.max > 1),
  },
  'NaN in loss': {
    codes: ['non-finite-input', 'missing-input', 'non-finite-value'],
    fires: (log) =>
      facts.notFinite(log) &&
      (log.nonFinite?.what === 'input' || log.data.train?.columns?.missing.some((n) => n > 0)),
  },
  'rate out of range': {
    codes: [
      ...['updates-too-large', 'diverged', 'loss-oscillates', 'updates-too-small', 'learns-too-slowly'],
      ...['still-improving', 'no-better-than-guessing'],
    ],
    fires: ({ config }) => config.learningRate > 0.01 || config.learningRate < 1e-7,
  },
  overfitting: {
    codes: LOSSES,
    fires: (log) => {
      const [train, validation] = [facts.trainLoss(log), facts.validationLoss(log)];
      return validation.some((loss, i) => i > 0 && loss > validation[i - 1] && train[i] <= train[i - 1]);
    },
  },
  'validation too good': {
    codes: [
      ...['validation-in-train', 'validation-beats-train', 'column-gives-label-away', 'class-shares-differ'],
      'train-and-inference-differ',
    ],
    fires: (log) => {
      const [train, validation] = [facts.trainAccuracy(log), facts.validationAccuracy(log)];
      return validation.some((value, i) => i >= 2 && (value > 0.95 || value - train[i] > 0.05));
    },
  },
};

module.exports = { name: 'UMLAUT', rules: RULES, judges: () => true };
