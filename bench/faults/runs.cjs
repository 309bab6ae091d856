'use strict';
const { rowsOf, shuffled, scaled, splitTask } = require('./tasks.cjs');

const network =
  (...units) =>
  ({ tf, inputShape, classes }) => {
    const model = tf.sequential();
    const size = inputShape.reduce((product, side) => product * side, 1);
    model.add(tf.layers.reshape({ targetShape: [size], inputShape }));
    for (const width of units) model.add(tf.layers.dense({ units: width, activation: 'relu' }));
    model.add(
      tf.layers.dense({ units: Array.isArray(classes) ? classes.length : classes, activation: 'softmax' }),
    );
    return model;
  };

const ARCHITECTURES = { linear: network(), small: network(16), deep: network(32, 16) };

/** Epochs that a sensible person gives each task, at learning rate 0.005. */
const EPOCHS = { digits: 8, breastCancer: 8, wine: 15, iris: 25 };

const RATE = 0.005;

/** The healthy run of a task: standardised inputs, a random split, a rate and a length that suit. */
function healthy(task, architecture, seed) {
  const { train, validation } = splitTask(task, seed);
  const options = {
    validation,
    epochs: EPOCHS[task],
    learningRate: RATE,
    optimizer: 'adam',
    seed,
    live: false,
  };
  return { build: ARCHITECTURES[architecture], train, options };
}

const changed = (run, options, data = {}) => ({ ...run, ...data, options: { ...run.options, ...options } });

const times = (data, factor) => {
  const size = data.features.values.length / data.n;
  return scaled(data, new Float64Array(size), new Float64Array(size).fill(1 / factor));
};

/** Planted faults: what is changed, and the checks of which one must speak up. */
const FAULTS = {
  'rate-times-1000': {
    expected: ['not-learning', 'non-finite'],
    plant: (run) =>
      changed(run, { learningRate: 1000 * RATE, optimizer: 'sgd' }, { train: times(run.train, 10) }),
  },
  'rate-overflow': {
    expected: ['non-finite', 'not-learning'],
    plant: (run) => changed(run, { learningRate: 1e30, optimizer: 'sgd' }),
  },
  'rate-next-to-zero': {
    expected: ['not-learning'],
    plant: (run) => changed(run, { learningRate: 1e-9, epochs: 30 }),
  },
  'labels-shuffled': {
    expected: ['not-learning'],
    plant: (run, seed) =>
      changed(
        run,
        {},
        { train: { ...run.train, labels: Int32Array.from(shuffled(run.train.labels, seed)) } },
      ),
  },
  'inputs-times-100': {
    expected: ['initial-loss'],
    plant: (run) =>
      changed(run, { validation: times(run.options.validation, 100) }, { train: times(run.train, 100) }),
  },
  'trained-too-long': {
    expected: ['overfitting'],
    plant: (run, seed) => {
      const few = rowsOf(run.train, shuffled(run.train.ids.keys(), seed).slice(0, 50));
      const wrong = few.labels.map((label, i) =>
        i % 5 === 0 ? (label + 1) % run.train.classes.length : label,
      );
      return changed(
        run,
        { epochs: 120, learningRate: 0.01 },
        { train: { ...few, labels: wrong }, build: network(128, 64) },
      );
    },
  },
  'validation-from-train': {
    expected: ['validation-too-good'],
    plant: (run, seed) => {
      const rows = shuffled(run.train.ids.keys(), seed).slice(0, run.options.validation.n);
      return changed(run, { validation: rowsOf(run.train, rows) });
    },
  },
};

module.exports = { ARCHITECTURES, FAULTS, healthy };
