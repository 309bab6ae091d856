'use strict';
const { splitTask } = require('../faults/tasks.cjs');

const ending = ({ tf, units, classes }) =>
  tf.layers.dense({ units, activation: classes.length > 0 ? 'softmax' : 'linear' });

const start = ({ tf, inputShape }) => {
  const size = inputShape.reduce((product, side) => product * side, 1);
  return tf.layers.reshape({ targetShape: [size], inputShape });
};

const dense = ({ tf }, units) => tf.layers.dense({ units, activation: 'relu' });

/** Models by name, each made from what `fit` tells. */
const ARCHITECTURES = {
  linear: (c) => c.tf.sequential({ layers: [start(c), ending(c)] }),
  small: (c) => c.tf.sequential({ layers: [start(c), dense(c, 16), ending(c)] }),
  deep: (c) => c.tf.sequential({ layers: [start(c), dense(c, 32), dense(c, 16), dense(c, 16), ending(c)] }),
  normalised: (c) =>
    c.tf.sequential({
      layers: [
        start(c),
        c.tf.layers.dense({ units: 32 }),
        c.tf.layers.batchNormalization({ momentum: 0.9 }),
        c.tf.layers.reLU(),
        c.tf.layers.dropout({ rate: 0.3 }),
        ending(c),
      ],
    }),
};

const EPOCHS = { digits: 8, breastCancer: 12, wine: 20, iris: 25, 'wine values': 30 };
const OPTIMIZERS = ['adam', 'sgd', 'momentum', 'rmsprop', 'adagrad'];

/** Alcohol from the other columns of wine, standardised: a regression. */
function valuesOf(data) {
  const size = data.features.shape[0];
  const rest = data.features.values.filter((_, i) => i % size !== 0);
  const labels = Float64Array.from({ length: data.n }, (_, row) => data.features.values[row * size]);
  return { ...data, task: 'regression', classes: [], labels, features: { values: rest, shape: [size - 1] } };
}

function splitOf(task, seed) {
  if (task !== 'wine values') return splitTask(task, seed);
  const { train, validation } = splitTask('wine', seed);
  return { train: valuesOf(train), validation: valuesOf(validation) };
}

/** Each case: the data of one split, a model, an optimizer. Raw inputs have no raw counterpart for the regression. */
function* cases(seed, { quick }) {
  const tasks = quick ? ['wine', 'iris'] : Object.keys(EPOCHS);
  for (const task of tasks) {
    const split = splitOf(task, seed);
    for (const scale of split.raw ? ['standardised', 'raw'] : ['standardised']) {
      const data = scale === 'raw' ? split.raw : split;
      for (const architecture of Object.keys(ARCHITECTURES)) {
        for (const optimizer of quick ? ['adam', 'sgd'] : OPTIMIZERS) {
          yield { task, scale, architecture, optimizer, seed, epochs: EPOCHS[task], ...data };
        }
      }
    }
  }
}

module.exports = { ARCHITECTURES, cases, splitOf };
