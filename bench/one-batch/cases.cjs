'use strict';
const { join } = require('node:path');
const { ARCHITECTURES, splitOf } = require('../learning-rate/cases.cjs');
const { scaled } = require('../faults/tasks.cjs');

const sizeOf = (data) => data.features.shape.reduce((product, side) => product * side, 1);
const times = (data, factor) =>
  scaled(data, new Float64Array(sizeOf(data)), new Float64Array(sizeOf(data)).fill(1 / factor));

/** A model of one hidden layer, each of its parts to be changed. */
const network =
  ({ hidden = {}, end = {}, units = 16, before = () => [] } = {}) =>
  (c) =>
    c.tf.sequential({
      layers: [
        c.tf.layers.reshape({
          targetShape: [c.inputShape.reduce((a, b) => a * b, 1)],
          inputShape: c.inputShape,
        }),
        ...before(c),
        c.tf.layers.dense({
          units,
          activation: 'relu',
          ...(typeof hidden === 'function' ? hidden(c) : hidden),
        }),
        c.tf.layers.dense({
          units: c.units,
          activation: c.classes.length > 0 ? 'softmax' : 'linear',
          ...(typeof end === 'function' ? end(c) : end),
        }),
      ],
    });

/** A layer of one's own that turns the batch by one place more in every step: inputs and labels do not match. */
function misaligned(c) {
  class Misaligned extends c.tf.layers.Layer {
    static className = 'Misaligned';
    steps = 0;
    computeOutputShape(shape) {
      return shape;
    }
    call(inputs, { training }) {
      const x = Array.isArray(inputs) ? inputs[0] : inputs;
      const by = training ? this.steps++ % x.shape[0] : 0;
      if (by === 0) return x;
      const [first, rest] = c.tf.split(x, [by, x.shape[0] - by]);
      return c.tf.concat([rest, first]);
    }
  }
  return [new Misaligned({})];
}

/** The first half of the examples twice, the second time with other labels where `conflict`. */
function doubled(data, conflict) {
  const half = Math.floor(data.n / 2);
  const size = sizeOf(data);
  const values = data.features.values.slice();
  values.copyWithin(half * size, 0, half * size);
  const labels = data.labels.slice();
  for (let i = 0; i < half; i++) {
    const label = labels[i];
    labels[half + i] = !conflict
      ? label
      : data.classes.length > 0
        ? (label + 1) % data.classes.length
        : label + 1;
  }
  return { ...data, features: { ...data.features, values }, labels };
}

/** Only classification, only two classes, or any task. */
const classes = (data) => data.classes.length > 0;
const twoClasses = (data) => data.classes.length === 2;
const any = () => true;

const HEALTHY = ['goes-to-zero'];
const NOT_STILL = ['rises', 'explodes', 'oscillates'];
const NOT_DOWN = [...NOT_STILL, 'plateaus'];

const GOOD = { optimizer: 'adam', learningRate: 0.01 };

/**
 * What is planted: where it can be, how, which outcomes are right, which cause should come first (any where it is left out).
 * Healthy twins have no cause.
 */
const CASES = {
  'healthy small': { fits: any, build: ARCHITECTURES.small, options: GOOD, outcomes: HEALTHY },
  'healthy deep': { fits: any, build: ARCHITECTURES.deep, options: GOOD, outcomes: HEALTHY },
  'healthy batch norm, dropout': {
    fits: any,
    build: ARCHITECTURES.normalised,
    options: GOOD,
    outcomes: HEALTHY,
  },
  'healthy sgd': {
    fits: any,
    build: ARCHITECTURES.small,
    options: { optimizer: 'sgd', learningRate: 0.05 },
    outcomes: HEALTHY,
  },
  'healthy, half dropped, noisy': {
    fits: any,
    build: network({
      units: 32,
      before: ({ tf }) => [tf.layers.dropout({ rate: 0.5 }), tf.layers.gaussianNoise({ stddev: 2 })],
    }),
    options: GOOD,
    outcomes: HEALTHY,
  },
  'healthy, doubled': {
    fits: any,
    build: ARCHITECTURES.small,
    options: GOOD,
    data: (data) => doubled(data, false),
    batch: 'all pairs',
    outcomes: HEALTHY,
  },
  'rate × 500, adam': {
    fits: any,
    build: ARCHITECTURES.deep,
    options: { ...GOOD, learningRate: 5 },
    outcomes: NOT_DOWN,
    cause: 'learning-rate-too-high',
  },
  'rate × 1000, sgd': {
    fits: any,
    build: ARCHITECTURES.deep,
    options: { optimizer: 'sgd', learningRate: 50 },
    outcomes: NOT_DOWN,
    cause: 'learning-rate-too-high',
  },
  'wrong sign': {
    fits: any,
    build: ARCHITECTURES.small,
    options: { optimizer: ({ tf }) => tf.train.sgd(-0.05), learningRate: 0.05 },
    outcomes: ['rises', 'explodes'],
    cause: 'descends-the-wrong-way',
  },
  'inputs × 1000, sgd': {
    fits: any,
    build: ARCHITECTURES.small,
    options: { optimizer: 'sgd', learningRate: 0.05 },
    data: (data) => times(data, 1000),
    outcomes: NOT_DOWN,
    cause: 'inputs-not-scaled',
  },
  'inputs × 0.001': {
    fits: any,
    build: ARCHITECTURES.small,
    options: { optimizer: 'sgd', learningRate: 0.05 },
    data: (data) => times(data, 0.001),
    outcomes: ['plateaus'],
    cause: 'inputs-not-scaled',
  },
  'labels turned each step': {
    fits: classes,
    build: network({ before: misaligned }),
    options: GOOD,
    outcomes: ['oscillates', 'plateaus'],
    cause: 'labels-without-signal',
  },
  'softmax on one unit': {
    fits: twoClasses,
    build: network({ end: { units: 1 } }),
    options: GOOD,
    outcomes: ['plateaus'],
    cause: 'wiring-broken',
  },
  'dead units': {
    fits: any,
    build: network({ hidden: ({ tf }) => ({ biasInitializer: tf.initializers.constant({ value: -100 }) }) }),
    options: GOOD,
    outcomes: ['plateaus'],
    cause: 'wiring-broken',
  },
  frozen: {
    fits: any,
    build: network({
      hidden: { trainable: false, units: 2 },
      end: ({ units }) => ({ units, trainable: false }),
    }),
    options: GOOD,
    outcomes: ['plateaus'],
    cause: 'wiring-broken',
  },
  'rate / 10,000': {
    fits: any,
    build: ARCHITECTURES.small,
    options: { ...GOOD, learningRate: 1e-6 },
    outcomes: ['plateaus'],
    cause: 'learning-rate-too-low',
  },
  'rate / 500, sgd': {
    fits: any,
    build: ARCHITECTURES.small,
    options: { optimizer: 'sgd', learningRate: 1e-4 },
    outcomes: ['plateaus'],
    cause: 'learning-rate-too-low',
  },
  'too narrow': {
    fits: (data) => data.classes.length > 4,
    build: network({ units: 1 }),
    options: GOOD,
    outcomes: ['plateaus'],
    cause: 'model-too-small',
  },
  'penalty × 10,000': {
    fits: any,
    build: network({
      hidden: ({ tf }) => ({ kernelRegularizer: tf.regularizers.l2({ l2: 10 }) }),
      end: ({ tf }) => ({ kernelRegularizer: tf.regularizers.l2({ l2: 10 }) }),
    }),
    options: GOOD,
    outcomes: ['plateaus'],
    cause: 'regularised-too-much',
  },
  'doubled, other labels': {
    fits: any,
    build: ARCHITECTURES.small,
    options: GOOD,
    data: (data) => doubled(data, true),
    batch: 'all pairs',
    outcomes: HEALTHY,
    conflicting: true,
  },
};

const TASKS = ['digits', 'wine', 'breastCancer', 'iris', 'wine values'];

/** The data of a task, standardised; values with mean 0 and standard deviation 1. */
function dataOf(task, seed) {
  const { train } = splitOf(task, seed);
  if (train.classes.length > 0) return train;
  const mean = train.labels.reduce((a, b) => a + b) / train.n;
  const sd = Math.sqrt(train.labels.reduce((a, b) => a + (b - mean) ** 2, 0) / train.n);
  return { ...train, labels: train.labels.map((label) => (label - mean) / sd) };
}

/** Examples whose copies are all in the batch. */
function pairs(data, seed) {
  const { takeExamples } = require(join(__dirname, '..', '..', 'dist'));
  const half = Math.floor(data.n / 2);
  const rows = Array.from({ length: 8 }, (_, i) => (i * 7 + seed) % half);
  return takeExamples(data, [...rows, ...rows.map((row) => half + row)]);
}

/** Every case on every task that it fits. */
function* planted(seed, tasks = TASKS) {
  for (const task of tasks) {
    const plain = dataOf(task, seed);
    for (const [name, one] of Object.entries(CASES)) {
      if (!one.fits(plain)) continue;
      const changed = one.data ? one.data(plain) : plain;
      const data = one.batch ? pairs(changed, seed) : changed;
      yield { name, task, seed, ...one, data };
    }
  }
}

module.exports = { CASES, planted };
