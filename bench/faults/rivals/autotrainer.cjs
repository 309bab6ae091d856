'use strict';
// AUTOTRAINER (ICSE 2021), with the thresholds of its repository; classification only, as it goes by the accuracy.
// Symptoms of gradients are told only where the accuracy is below Θ or flat, and after 30 % of the epochs.
// Left out: overfitting and large weights, which it computes and does not report.
const facts = require('./facts.cjs');

const THETA = 0.6;
const FLAT = 0.01;

/** Epochs after the first 30 %. */
const late = (values) => values.slice(Math.floor(0.3 * values.length));

const changes = (values) => values.slice(1).map((value, i) => Math.abs(value - values[i]));

/** Accuracy below Θ, or the same in all epochs. */
function poor(log) {
  const train = facts.trainAccuracy(log);
  return Math.max(...train) < THETA || Math.max(0, ...changes(train)) < FLAT;
}

const trained = (log) => log.layers.filter(({ trainable }) => trainable);

/** Norms of the first and the last layer's gradient, after 30 % of the epochs. */
function gradients(log) {
  const layers = trained(log);
  if (layers.length < 2) return [];
  const [first, last] = [layers[0].gradientNorm, layers.at(-1).gradientNorm].map(late);
  return first.map((norm, i) => ({ first: norm, ratio: norm / last[i] }));
}

/** How often the accuracy swings by 0.03 between a high and the next low. */
function swings(values) {
  const turns = values.filter(
    (value, i) => i === 0 || i === values.length - 1 || (value - values[i - 1]) * (values[i + 1] - value) < 0,
  );
  return turns.slice(1).filter((value, i) => turns[i] - value >= 0.03).length;
}

const RULES = {
  explode: {
    codes: ['non-finite-value', 'diverged', 'exploding-gradient', 'starts-too-high', 'input-scale'],
    fires: (log) =>
      facts.notFinite(log) ||
      [...facts.trainLoss(log), ...facts.validationLoss(log)].some((loss) => loss >= 1e3) ||
      (poor(log) && gradients(log).some(({ ratio }) => ratio > 70)),
  },
  vanish: {
    codes: ['vanishing-gradient', 'dead-units', 'unchanged-weights', 'no-better-than-guessing'],
    fires: (log) => poor(log) && gradients(log).some(({ first, ratio }) => ratio < 1e-3 && first < 1e-4),
  },
  'dying ReLU': {
    codes: ['dead-units', 'vanishing-gradient', 'unchanged-weights'],
    // It counts zeros among the gradients; dead units are where they come from.
    fires: (log) =>
      poor(log) &&
      facts.withActivation(log, 'relu').some(({ dead }) => facts.some(late(dead), (share) => share >= 0.7)),
  },
  oscillating: {
    codes: ['loss-oscillates', 'loss-spikes', 'updates-too-large', 'order-of-labels'],
    fires: (log) => swings(facts.trainAccuracy(log)) >= Math.max(1, 0.2 * log.config.epochs),
  },
  'not converging': {
    codes: [
      ...['no-better-than-guessing', 'learns-too-slowly', 'still-improving', 'updates-too-small'],
      ...['unchanged-weights', 'frozen-layers', 'underfits'],
    ],
    fires: (log) => {
      const [train, validation] = [facts.trainAccuracy(log), facts.validationAccuracy(log)];
      const moved = [...changes(train), ...changes(validation)];
      return Math.max(0, ...moved) < FLAT && Math.max(...train, ...validation) < THETA;
    },
  },
  'improper loss or output': {
    codes: [
      ...['output-does-not-fit-loss', 'loss-does-not-fit-task', 'softmax-on-one-unit', 'softmax-twice'],
      'dropout-on-output',
    ],
    fires: (log) => {
      const [units, activation] = [facts.lastLayer(log).outputShape.at(-1), facts.lastActivation(log)];
      const categorical = /categorical/i.test(log.config.loss);
      const binary = /binary/i.test(log.config.loss);
      const loss = units > 2 ? categorical : categorical || binary;
      const output = categorical ? activation === 'softmax' : !binary || activation === 'sigmoid';
      return !loss || !output || log.outcome?.train?.range[1] > 1.1;
    },
  },
  'abnormal data': {
    codes: ['input-scale', 'starts-too-high', 'sentinel-input', 'saturated-units'],
    fires: (log) =>
      facts
        .outputs(log)
        .slice(0, -1)
        .some(({ mean }) => facts.some(mean, (value) => Math.abs(value) >= 10)),
  },
};

module.exports = { name: 'AUTOTRAINER', rules: RULES, judges: ({ task }) => task === 'classification' };
