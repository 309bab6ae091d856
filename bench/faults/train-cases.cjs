'use strict';
// Trains cases on all cores and hands over each run as `fit` would have returned it.
const { library } = require('./data.cjs');
const { setupOf } = require('./cases.cjs');

/** Cases of one sweep: the models and data of as many are in memory at a time. */
const AT_ONCE = 24;

/** A run of a sweep as a run of `fit`, for what wants the model and the data. */
async function liveRun(made, { train, options, build }) {
  const model = await made.model();
  return {
    ...{ kind: 'run', log: made.log, model, train, build, options },
    validation: options.validation,
    dispose: () => model.dispose(),
  };
}

const SHARED = [
  'validation',
  'epochs',
  'batchSize',
  'optimizer',
  'learningRate',
  'loss',
  'shuffle',
  'schedule',
  'classWeights',
];

function configurationOf({ one, setup }) {
  const given = SHARED.filter((name) => setup.options[name] !== undefined);
  return {
    ...{ name: one.id, build: setup.build, train: setup.train },
    ...Object.fromEntries(given.map((name) => [name, setup.options[name]])),
  };
}

/** The setup with a build function that gives the model the weights of an earlier training, where there was one. */
async function afterEarlier(setup) {
  if (!setup.before) return setup;
  const { seed, epochs, learningRate, optimizer } = setup.options;
  const options = { seed, epochs, learningRate, optimizer, live: false };
  const earlier = await library().fit(setup.build, setup.before, options);
  const weights = earlier.model.getWeights().map((one) => ({ shape: one.shape, values: one.dataSync() }));
  earlier.dispose();
  const build = (context) => {
    const model = setup.build(context);
    const tensors = weights.map(({ shape, values }) => context.tf.tensor(values, shape));
    model.setWeights(tensors);
    for (const tensor of tensors) tensor.dispose();
    return model;
  };
  return { ...setup, build };
}

/**
 * Trains the cases, of one seed each, and calls `onRun(case, setup, run)` for each, one after another, or
 * `onRefused(case, setup, error)` where the library would not begin.
 */
async function trainCases(cases, { onRun, onRefused }) {
  const { sweep, InputError } = library();
  async function trainTogether(parts) {
    const [{ one, setup }] = parts;
    let done;
    try {
      const options = { seeds: [one.seed], configurations: parts.map(configurationOf), live: false };
      done = await sweep(setup.build, setup.train, options);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      if (parts.length === 1) return onRefused(one, setup, error);
      for (const part of parts) await trainTogether([part]);
      return undefined;
    }
    for (const part of parts) {
      const made = done.runs.find(({ configuration }) => configuration === part.one.id);
      if (made.failure !== null) throw new Error(`${part.one.id}: ${made.failure}`);
      const run = await liveRun(made, part.setup);
      try {
        await onRun(part.one, part.setup, run);
      } finally {
        run.dispose();
      }
    }
    return undefined;
  }
  for (let at = 0; at < cases.length; at += AT_ONCE) {
    const parts = [];
    for (const one of cases.slice(at, at + AT_ONCE)) {
      parts.push({ one, setup: await afterEarlier(setupOf(one)) });
    }
    for (const seed of new Set(parts.map(({ one }) => one.seed))) {
      await trainTogether(parts.filter(({ one }) => one.seed === seed));
    }
  }
}

module.exports = { trainCases };
