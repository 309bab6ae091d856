'use strict';
// Trains cases on all cores and hands over each run as `fit` would have returned it.
const { library } = require('./data.cjs');
const { setupOf } = require('./cases.cjs');

/** Cases of one sweep: the models and data of as many are in memory at a time. */
const AT_ONCE = 24;

/** A run of a sweep as a run of `fit`, for what wants the model and the data. */
async function liveRun(made, setup) {
  const model = await made.model();
  const { train, options, build } = setup;
  return {
    ...{ kind: 'run', log: made.log, model, train, build, options },
    validation: options.validation,
    dispose: () => model.dispose(),
  };
}

/**
 * Trains the cases and calls `onRun(case, setup, run)` for each, one after another.
 *
 * @param cases as `listCases` names them
 */
async function trainCases(cases, onRun) {
  const { sweep } = library();
  for (let at = 0; at < cases.length; at += AT_ONCE) {
    const part = cases.slice(at, at + AT_ONCE).map((one) => ({ one, setup: setupOf(one) }));
    const seeds = [...new Set(part.map(({ one }) => one.seed))];
    for (const seed of seeds) {
      const same = part.filter(({ one }) => one.seed === seed);
      const configurations = same.map(({ one, setup }) => {
        const { validation, epochs, batchSize, optimizer, learningRate, loss, shuffle } = setup.options;
        const given = { validation, epochs, batchSize, optimizer, learningRate, loss, shuffle };
        const known = Object.entries(given).filter(([, value]) => value !== undefined);
        return { name: one.id, build: setup.build, train: setup.train, ...Object.fromEntries(known) };
      });
      const { runs } = await sweep(same[0].setup.build, same[0].setup.train, {
        seeds: [seed],
        configurations,
      });
      for (const { one, setup } of same) {
        const made = runs.find(({ configuration }) => configuration === one.id);
        if (made.failure !== null) throw new Error(`${one.id}: ${made.failure}`);
        const run = await liveRun(made, setup);
        try {
          await onRun(one, setup, run);
        } finally {
          run.dispose();
        }
      }
    }
  }
}

module.exports = { trainCases };
