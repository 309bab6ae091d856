'use strict';
// A bench row as a plan of ours.
const { join } = require('node:path');
const { buildModel, setWeights } = require('./rows.cjs');

const DIST = join(__dirname, '..', '..', 'dist');
const part = (...path) => require(join(DIST, ...path));

/** Compiles the plan of a model with categorical cross-entropy and Adam. */
function compileModel(tf, model, { batch, threads = 1, module = 'plan', seed = 1 }) {
  const { graphOf } = part('engine', 'plan', 'graph.js');
  const { planLoss } = part('engine', 'plan', 'losses.js');
  const { planOptimizer } = part('engine', 'plan', 'optimizers.js');
  const { compilePlan } = part('engine', 'plan', 'plan.js');
  const adam = tf.train.adam(0.001);
  try {
    const plan = compilePlan({
      graph: graphOf(model),
      losses: [planLoss('categoricalCrossentropy')],
      optimizer: planOptimizer(adam),
      batch,
      threads,
      module,
      seed,
    });
    plan.readWeights();
    return plan;
  } finally {
    part('engine', 'free-optimizer.js').freeOptimizer(adam);
  }
}

/** Builds a row's model with the given weights and compiles it; the model is kept no longer than that. */
function compileRow(tf, id, weights, options) {
  const model = buildModel(tf, id, { ...options, blank: Boolean(weights) });
  try {
    if (weights) setWeights(tf, model, weights);
    return compileModel(tf, model, options);
  } finally {
    model.dispose();
  }
}

/** The reason why a model has no plan, or undefined for other errors. */
const whyNot = (error) => (error?.constructor?.name === 'Unplannable' ? error.message : undefined);

module.exports = { compileModel, compileRow, part, whyNot };
