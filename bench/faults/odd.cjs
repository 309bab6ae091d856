'use strict';
// Healthy runs that look odd at a first glance. A check that speaks up on them raises a false alarm.
const { mapLabels, rowsOf } = require('./data.cjs');
const { range, shuffled, uniform } = require('../common/random.cjs');

const CLASSES = ({ train }) => train.task === 'classification';
const HIDDEN = ({ spec }) => spec.hidden?.length !== 0;
const spec = (more) => (c) => ({ ...c, spec: { ...c.spec, ...more } });
const options = (more) => (c) => ({ ...c, options: { ...c.options, ...more } });

const ODD = {
  /** Nothing more to learn: a long flat end. */
  'converged-at-the-floor': {
    on: ({ task }) =>
      ['wine', 'iris', 'moons', 'waves', 'rare', 'longTail', 'shells', 'species', 'articles'].includes(task),
    make: (c) => options({ epochs: 3 * c.options.epochs, learningRate: c.options.learningRate / 2 })(c),
  },
  /** Training scores with dropout on lie below validation's. */
  'heavy-dropout': { on: HIDDEN, make: spec({ hidden: [64], dropout: 0.5 }) },
  /** Scores of 30 examples jump about. */
  'validation-of-thirty': {
    make: (c, seed) => ({
      ...c,
      validation: rowsOf(c.validation, shuffled(range(c.validation.n), seed).slice(0, 30)),
    }),
  },
  /** One class in ten, and a model that deals with it. */
  imbalanced: {
    on: ({ task }) => ['rare', 'longTail', 'failures'].includes(task),
    make: (c) => options({ epochs: 2 * c.options.epochs })(c),
  },
  /** A fifth of all labels is wrong: nobody can do better than four in five. */
  'label-noise-at-the-ceiling': {
    on: (c) =>
      CLASSES(c) &&
      ['rare', 'moons', 'topics', 'breastCancer', 'mail', 'shells', 'species', 'articles'].includes(c.task),
    make: (c, seed) => {
      const wrong = (data, stream) =>
        mapLabels(data, (label) => (stream() < 0.15 ? Math.floor(stream() * data.classes.length) : label));
      return options({ epochs: Math.ceil(c.options.epochs / 2) })({
        ...c,
        train: wrong(c.train, uniform(seed + 5)),
        validation: wrong(c.validation, uniform(seed + 6)),
      });
    },
  },
  /** Plain gradient descent with momentum: a slow start. */
  'momentum-from-a-slow-start': {
    on: ({ kind }) => kind === 'table',
    make: (c) => options({ optimizer: 'momentum', learningRate: 0.02, epochs: 2 * c.options.epochs })(c),
  },
  /** 99.9 % right, and rightly so. */
  'very-easy': {
    on: ({ task }) => ['wine', 'iris', 'signals', 'digits', 'strokes', 'tones'].includes(task),
    make: (c, seed) => {
      const two = (data) =>
        rowsOf(
          data,
          range(data.n).filter((row) => data.labels[row] < 2),
        );
      void seed;
      const relabelled = (data) => ({ ...two(data), classes: data.classes.slice(0, 2) });
      return { ...c, train: relabelled(c.train), validation: relabelled(c.validation) };
    },
  },
  /** Tiny batches make a rough loss. */
  'batches-of-four': {
    on: ({ train }) => train.n < 700,
    make: (c) => options({ batchSize: 4, learningRate: c.options.learningRate / 3 })(c),
  },
  /** A wide model for few examples, stopped in time. */
  'wide-and-stopped-early': {
    on: ({ kind }) => kind === 'table',
    make: (c) => spec({ hidden: [128] })(options({ epochs: Math.ceil(c.options.epochs / 2) })(c)),
  },
  /** The rate climbs, then falls to nothing. */
  'warm-up-and-cosine': {
    make: (c) =>
      options({
        schedule: { kind: 'cosine', warmup: 0.15 },
        epochs: Math.ceil(1.5 * c.options.epochs),
        learningRate: 2 * c.options.learningRate,
      })(c),
  },
  /** The loss falls again with each step of the rate. */
  'rate-in-steps': {
    on: ({ task }) => !['hard', 'rare', 'purchases'].includes(task),
    make: (c) =>
      options({
        schedule: { kind: 'steps', factor: 0.2 },
        epochs: Math.ceil(1.5 * c.options.epochs),
        learningRate: 2 * c.options.learningRate,
      })(c),
  },
  /** Sigmoids learn nothing at first, and then a lot. */
  'plateau-then-drop': {
    on: ({ task }) => ['moons', 'digits', 'waves', 'iris', 'shells', 'visits'].includes(task),
    make: (c) =>
      spec({ hidden: [24, 24], activation: 'sigmoid', batchNorm: false, dropout: 0 })(
        options({ epochs: 4 * c.options.epochs })(c),
      ),
  },
  /** Examples of rare classes count more: the loss is another than that of validation. */
  'balanced-class-weights': {
    on: ({ task }) => ['rare', 'longTail', 'breastCancer', 'wine', 'failures'].includes(task),
    make: options({ classWeights: 'balanced' }),
  },
  /** One cycle: up to twice the rate in the first third, and down to nearly none. */
  'one-cycle': {
    make: (c) => {
      const { epochs, learningRate } = c.options;
      const top = Math.max(1, Math.round(epochs / 3));
      const factor = (epoch) =>
        epoch < top ? (epoch + 1) / top : Math.max(0.01, 1 - (epoch + 1 - top) / (epochs - top));
      return options({ schedule: range(epochs).map(factor), learningRate: 2 * learningRate })(c);
    },
  },
};

module.exports = { ODD };
