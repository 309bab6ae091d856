'use strict';
// A log as it was earlier: after the first epoch, and before training.
const { library } = require('./data.cjs');
const { expectedOf } = require('./cases.cjs');

/** The log with its first epochs only, as it stood then. */
function logAfter(log, epochs) {
  const kept = log.epochs.slice(0, epochs);
  const step = kept.at(-1)?.step ?? 0;
  const points = Math.ceil(step / log.steps.stride);
  const cut = (value, n) => (Array.isArray(value) ? value.slice(0, n) : value);
  const each = (record, n) =>
    Object.fromEntries(Object.entries(record).map(([key, value]) => [key, cut(value, n)]));
  return {
    ...log,
    epochs: kept,
    steps: each(log.steps, points),
    layers: log.layers.map((record) => each(record, epochs)),
    activations: epochs > 0 ? log.activations.map((record) => each(record, epochs)) : [],
    examples: null,
    outcome: null,
    nonFinite: log.nonFinite && log.nonFinite.epoch <= epochs ? log.nonFinite : null,
    timing: { seconds: log.timing.seconds, secondsPerEpoch: log.timing.secondsPerEpoch.slice(0, epochs) },
  };
}

/** Whether the fault is named when only so many epochs are done. */
function namedAfter(one, log, epochs) {
  const { symptoms } = expectedOf(one);
  const { findings } = library().diagnose(logAfter(log, epochs));
  return Number(findings.some(({ code, severity }) => severity !== 'info' && symptoms.includes(code)));
}

module.exports = { logAfter, namedAfter };
