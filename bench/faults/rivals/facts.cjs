'use strict';
// What several of the other tools ask of a run, taken from its log.

const bad = (value) => value === null || !Number.isFinite(value);

/** Layers by name, with what their outputs were like. */
const outputs = (log) =>
  log.activations.map((record) => ({
    ...record,
    activation: log.model.layers.find(({ name }) => name === record.name)?.activation,
  }));

/** Layers with a given activation, as a tool finds them by the activation or by the name of the layer. */
const withActivation = (log, ...names) => outputs(log).filter(({ activation }) => names.includes(activation));

const some = (values, test) => (values ?? []).some(test);

/** A series of one number an epoch, by epoch record. */
const series = (log, of) => log.epochs.map(of).filter((value) => value !== undefined && value !== null);
const trainLoss = (log) => series(log, ({ running }) => running.loss.value);
const validationLoss = (log) => series(log, ({ validation }) => validation?.loss.value);
const trainAccuracy = (log) => series(log, ({ running }) => running.metrics.accuracy?.value);
const validationAccuracy = (log) => series(log, ({ validation }) => validation?.metrics.accuracy?.value);

/** Anything that is not a number: a loss, a gradient, a weight. */
const notFinite = (log) =>
  log.nonFinite !== null ||
  some(log.steps.loss, bad) ||
  some(trainLoss(log), bad) ||
  some(validationLoss(log), bad);

/**
 * Root mean square of a layer's gradient, an epoch each. The tools take the mean of the absolute values, which is no larger;
 * the rules that ask for less than some 1e-7 fire a little later here.
 */
const gradientSizes = (log) =>
  log.layers
    .filter(({ trainable }) => trainable)
    .map(({ name, type, parameters, gradientNorm }) => ({
      ...{ name, type },
      sizes: gradientNorm.map((norm) => norm / Math.sqrt(parameters)),
    }));

const lastLayer = (log) => log.model.layers.at(-1);

/** The activation that the output really has: dropout and the like have none. */
const lastActivation = (log) =>
  [...log.model.layers].reverse().find(({ activation }) => activation !== undefined)?.activation;

module.exports = {
  ...{ bad, gradientSizes, lastActivation, lastLayer, notFinite, outputs, some, trainAccuracy, trainLoss },
  ...{ validationAccuracy, validationLoss, withActivation },
};
