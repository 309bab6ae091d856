'use strict';
// DeepDiagnosis (ICSE 2022): eight symptoms an epoch, and its decision tree from a symptom to a fix, whose answer counts as
// named too. It looks at the first batch of an epoch, the log at several.
const facts = require('./facts.cjs');

const FLAT_EPOCHS = 5;

/** Whether the last so many values are one and the same. */
const same = (values, n) =>
  values.length >= n && values.slice(-n).every((value) => value === values[values.length - n]);

/** Where the tree ends: initialisation, inputs, rate, or the rest. */
function fixCodes(log) {
  const variances = log.model.layers.flatMap(({ initial }) => (initial ? [initial.sd ** 2] : []));
  if (variances.some((variance) => variance < 1e-5 || variance > 10)) {
    return ['equal-initial-weights', 'initial-weights-scale', 'starts-too-high'];
  }
  const { features } = log.data.train ?? {};
  if (features && (features.min < -1 || features.max > 1)) return ['input-scale', 'sentinel-input'];
  const ratios = log.layers.flatMap(({ gradientNorm, weightNorm }) =>
    gradientNorm.map((norm, i) => (log.config.learningRate * norm) / weightNorm[i]),
  );
  if (ratios.some((ratio) => ratio > 0.1)) return ['updates-too-large', 'diverged'];
  if (ratios.some((ratio) => ratio < 1e-5))
    return ['updates-too-small', 'learns-too-slowly', 'still-improving'];
  return [];
}

const RULES = {
  'numerical error': {
    codes: ['non-finite-value', 'non-finite-input', 'diverged', 'dead-units', 'constant-input'],
    fires: (log) =>
      facts.notFinite(log) ||
      facts.outputs(log).some(({ mean }) => facts.some(mean, (value) => facts.bad(value) || value === 0)),
  },
  'dead node': {
    codes: ['dead-units', 'vanishing-gradient'],
    fires: (log) => facts.withActivation(log, 'relu').some(({ zeros }) => zeros.at(-1) >= 0.7),
  },
  'saturated activation': {
    codes: ['saturated-units', 'input-scale', 'vanishing-gradient'],
    // Every five epochs it asks for |z| ≥ 5; the bounds of the log are nearer, so that it would fire later than here.
    fires: (log) =>
      facts
        .withActivation(log, 'tanh', 'sigmoid')
        .some(({ saturated }) => facts.some(saturated, (share, i) => i % 5 === 4 && share > 0.5)),
  },
  'vanishing gradient': {
    codes: ['vanishing-gradient', 'dead-units', 'unchanged-weights'],
    fires: (log) =>
      facts
        .gradientSizes(log)
        .some(({ type, sizes }) => type === 'Dense' && facts.some(sizes, (size) => size < 1e-7)),
  },
  'unchanged tensor': {
    codes: ['unchanged-weights', 'frozen-layers', 'updates-too-small', 'constant-output'],
    fires: (log) =>
      log.layers.some(({ weightNorm }) => same(weightNorm, FLAT_EPOCHS)) ||
      facts.outputs(log).some(({ mean }) => same(mean, FLAT_EPOCHS)),
  },
  'invalid loss or accuracy': {
    codes: ['non-finite-value', 'diverged', 'no-better-than-guessing', 'output-does-not-fit-loss'],
    fires: (log) =>
      facts.notFinite(log) ||
      [...facts.trainAccuracy(log), ...facts.validationAccuracy(log)].some((accuracy) => accuracy === 0),
  },
  'loss or accuracy does not move': {
    codes: ['no-better-than-guessing', 'unchanged-weights', 'frozen-layers', 'learns-too-slowly'],
    fires: (log) => same(facts.trainLoss(log), 5) || same(facts.trainAccuracy(log), 20),
  },
  'output out of range': {
    codes: [
      ...['output-does-not-fit-loss', 'output-cannot-reach-target', 'loss-does-not-fit-task'],
      ...['target-off-centre', 'softmax-on-one-unit'],
    ],
    fires: (log) => {
      const bounds = { sigmoid: [0, 1], softmax: [0, 1], tanh: [-1, 1], relu: [0, Infinity] };
      const [low, high] = bounds[facts.lastActivation(log)] ?? [-Infinity, Infinity];
      const labels = log.task === 'regression' ? (log.data.train?.targetRange ?? [0, 1]) : [0, 1];
      const range = log.outcome?.train?.range;
      const width = labels[1] - labels[0];
      return labels[0] < low || labels[1] > high || (range && range[1] - range[0] > 10 * width);
    },
  },
};

module.exports = { name: 'DeepDiagnosis', rules: RULES, judges: () => true, more: fixCodes };
