'use strict';
// Mistakes as people make them: in the data, the model or the options, all through the public API.
// `symptoms`: codes of which one must be found; `causes`: ids of which one must come first after an experiment;
// `wiring`: to be named before training or within its first epoch. `on` says where a mistake can be made at all.
const { joined, labelsOf, mapFeatures, mapLabels, rowsOf, sizeOf, withColumn } = require('./data.cjs');
const { normal, range, shuffled, uniform } = require('../common/random.cjs');

const CLASSES = ({ train }) => train.task === 'classification';
const VALUES = ({ train }) => train.task === 'regression';
const SEVERAL = ({ train }) => train.task === 'multi-label';
const BINARY = (c) => CLASSES(c) && c.train.classes.length === 2;
const MANY = (c) => CLASSES(c) && c.train.classes.length > 2;
const TABLE = ({ kind }) => kind === 'table';
const NUMBERS = ({ kind }) => kind !== 'text';
const HIDDEN = ({ spec }) => spec.hidden?.length !== 0;
const both =
  (...tests) =>
  (c) =>
    tests.every((test) => test(c));

const spec = (more) => (c) => ({ ...c, spec: { ...c.spec, ...more } });
const options = (more) => (c) => ({ ...c, options: { ...c.options, ...more } });
const train = (change) => (c, seed) => ({ ...c, train: change(c.train, seed, c) });
const validation = (change) => (c, seed) => ({ ...c, validation: change(c.validation, seed, c) });
const everywhere = (change) => (c, seed) => ({
  ...c,
  train: change(c.train, seed, c),
  validation: change(c.validation, seed, c),
});

const shuffleLabels = (data, seed) => ({
  ...data,
  labels: labelsOf(data, shuffled(range(data.n), seed)),
});

/**
 * An augmentation that pastes from a half to all of another example into each one, as CutMix does, but does not mix the
 * labels.
 */
function pasted(data, seed) {
  const next = uniform(seed);
  const [length] = data.features.shape;
  const size = sizeOf(data);
  const patches = range(data.n).map(() => {
    const share = 0.5 + 0.5 * next();
    const begin = Math.floor(next() * (1 - share) * (length + 1));
    return { from: Math.floor(next() * data.n), begin, end: begin + share * length };
  });
  const { values } = data.features;
  return mapFeatures(data, (value, at, row) => {
    const { from, begin, end } = patches[row];
    const place = Math.floor((at * length) / size);
    return place >= begin && place < end ? values[from * size + at] : value;
  });
}

/** A layer of one's own that takes the mean over the batch where it should be over the units. */
function centredOverTheBatch(tf) {
  class Centred extends tf.layers.Layer {
    static className = 'Centred';
    computeOutputShape(shape) {
      return shape;
    }
    call(inputs) {
      const x = Array.isArray(inputs) ? inputs[0] : inputs;
      return tf.sub(x, tf.mean(x, 0, true));
    }
  }
  return new Centred({});
}

/** What steps that are too long, or too short, may show. */
const TOO_FAST = [
  'diverged',
  'no-better-than-guessing',
  'loss-oscillates',
  'loss-spikes',
  'updates-too-large',
  'non-finite-value',
  'dead-units',
];
const TOO_SLOW = ['no-better-than-guessing', 'still-improving', 'updates-too-small', 'learns-too-slowly'];

const FAULTS = {
  // Learning rate, length, batches
  'rate-far-too-high': {
    plant: (c) => options({ learningRate: 300 * c.options.learningRate })(c),
    symptoms: TOO_FAST,
    causes: ['learning-rate-too-high'],
  },
  'rate-overflow': {
    plant: options({ learningRate: 1e30, optimizer: 'sgd' }),
    symptoms: ['non-finite-value', 'diverged', 'updates-too-large'],
    causes: ['learning-rate-too-high', 'loss-overflow'],
  },
  'rate-far-too-low': {
    plant: (c) => options({ learningRate: c.options.learningRate / 3000 })(c),
    symptoms: TOO_SLOW,
    causes: ['learning-rate-too-low', 'trained-too-short'],
  },
  'rate-low-for-sgd': {
    plant: options({ optimizer: 'sgd', learningRate: 1e-4 }),
    symptoms: TOO_SLOW,
    causes: ['learning-rate-too-low', 'trained-too-short'],
  },
  'too-few-epochs': {
    on: ({ task }) =>
      ['digits', 'wine', 'iris', 'speakers', 'shells', 'species', 'strokes', 'tones', 'articles'].includes(
        task,
      ),
    plant: (c) => options({ epochs: 4, learningRate: c.options.learningRate / 10 })(c),
    symptoms: ['still-improving', 'learns-too-slowly', 'no-better-than-guessing'],
    causes: ['trained-too-short', 'learning-rate-too-low'],
  },
  'batch-of-everything': {
    plant: (c) => options({ batchSize: c.train.n, learningRate: c.options.learningRate / 5 })(c),
    symptoms: ['batch-too-large', 'still-improving', 'learns-too-slowly', 'no-better-than-guessing'],
    causes: ['batch-too-large', 'trained-too-short', 'learning-rate-too-low'],
  },
  'sorted-and-not-shuffled': {
    on: CLASSES,
    plant: (c) => {
      const order = range(c.train.n).sort((a, b) => c.train.labels[a] - c.train.labels[b]);
      return options({ shuffle: false, learningRate: 3 * c.options.learningRate })({
        ...c,
        train: rowsOf(c.train, order),
      });
    },
    symptoms: ['order-of-labels', 'loss-oscillates', 'loss-spikes', 'running-loss-below'],
    causes: ['not-shuffled'],
  },
  // Inputs
  'inputs-not-scaled': {
    on: NUMBERS,
    plant: everywhere((data) => mapFeatures(data, (value) => 300 * value + 500)),
    symptoms: ['input-scale', 'starts-too-high', 'diverged', 'no-better-than-guessing'],
    causes: ['inputs-not-scaled'],
  },
  'one-column-in-other-units': {
    on: both(TABLE, ({ train }) => sizeOf(train) > 2),
    plant: everywhere((data) => mapFeatures(data, (value, column) => (column === 1 ? 1e5 * value : value))),
    symptoms: ['input-scale', 'starts-too-high', 'diverged', 'no-better-than-guessing'],
    causes: ['inputs-not-scaled'],
  },
  'missing-as-nan': {
    on: NUMBERS,
    plant: train((data, seed) => {
      const next = uniform(seed);
      return mapFeatures(data, (value) => (next() < 0.01 ? NaN : value));
    }),
    symptoms: ['non-finite-input', 'missing-input', 'refused'],
    causes: ['input-not-a-number'],
    wiring: true,
  },
  'missing-as-minus-999': {
    on: TABLE,
    plant: everywhere((data, seed) => {
      const next = uniform(seed);
      return mapFeatures(data, (value) => (next() < 0.03 ? -999 : value));
    }),
    symptoms: ['sentinel-input', 'input-scale', 'starts-too-high'],
    causes: ['missing-coded-as-number', 'inputs-not-scaled'],
  },
  'inputs-all-zero': {
    on: NUMBERS,
    plant: everywhere((data) => mapFeatures(data, (value) => Math.trunc(value / 255))),
    symptoms: ['constant-input', 'no-better-than-guessing', 'ignores-input'],
    causes: ['input-constant'],
    wiring: true,
  },
  'validation-scaled-otherwise': {
    on: NUMBERS,
    plant: validation((data) => mapFeatures(data, (value) => 4 * value + 3)),
    symptoms: ['scale-differs'],
    causes: ['validation-differs', 'preprocessing-differs'],
    wiring: true,
  },
  'columns-in-other-order': {
    on: both(TABLE, ({ train }) => sizeOf(train) >= 4),
    plant: validation((data) => {
      const size = sizeOf(data);
      const { values } = data.features;
      return mapFeatures(data, (_, column, row) => values[row * size + ((column + 1) % size)]);
    }),
    symptoms: ['guesses-on-validation', 'validation-far-below', 'distribution-differs'],
    causes: ['validation-differs', 'preprocessing-differs'],
  },
  'label-in-a-column': {
    on: both(TABLE, CLASSES, ({ task }) => !['iris', 'wine'].includes(task)),
    plant: everywhere((data, seed) => {
      const noise = normal(seed);
      return withColumn(data, 'outcome', (row) => data.labels[row] + 0.01 * noise());
    }),
    symptoms: ['column-gives-label-away'],
    causes: ['label-in-features'],
    wiring: true,
  },
  'column-twice': {
    on: TABLE,
    plant: everywhere((data) => withColumn(data, 'copy', (row) => data.features.values[row * sizeOf(data)])),
    symptoms: ['duplicate-column'],
    causes: ['column-repeated'],
    wiring: true,
  },
  // Labels
  'labels-shuffled': {
    plant: train(shuffleLabels),
    symptoms: ['no-better-than-guessing', 'guesses-on-validation', 'validation-rises'],
    causes: ['labels-without-signal'],
  },
  'labels-off-by-one-row': {
    plant: train((data) => {
      const next = range(data.n).map((row) => (row + 1) % data.n);
      return { ...data, labels: labelsOf(data, next) };
    }),
    symptoms: ['no-better-than-guessing', 'guesses-on-validation', 'validation-rises'],
    causes: ['labels-without-signal'],
  },
  'validation-labels-shuffled': {
    plant: validation(shuffleLabels),
    symptoms: ['guesses-on-validation', 'validation-far-below'],
    causes: ['validation-differs', 'labels-without-signal', 'validation-labels-wrong'],
  },
  'class-codes-shifted': {
    on: MANY,
    plant: train((data) => mapLabels(data, (label) => (label + 1) % data.classes.length)),
    symptoms: ['labels-permuted', 'validation-below-chance'],
    causes: ['class-codes-differ'],
  },
  'classes-swapped': {
    on: BINARY,
    plant: validation((data) => mapLabels(data, (label) => 1 - label)),
    symptoms: ['labels-permuted', 'validation-below-chance'],
    causes: ['class-codes-differ'],
  },
  'a-class-missing': {
    on: MANY,
    plant: train((data) =>
      rowsOf(
        data,
        range(data.n).filter((row) => data.labels[row] !== 1),
      ),
    ),
    symptoms: ['class-missing-in-training', 'class-never-predicted'],
    causes: ['class-not-in-training', 'too-rare-in-training'],
    wiring: true,
  },
  'labels-four-in-ten-wrong': {
    on: both(CLASSES, ({ task }) => !['hard', 'purchases'].includes(task)),
    plant: train((data, seed) => {
      const next = uniform(seed);
      return mapLabels(data, (label) => (next() < 0.4 ? Math.floor(next() * data.classes.length) : label));
    }),
    symptoms: ['labels-noisy', 'validation-beats-train', 'validation-rises'],
    causes: ['labels-noisy'],
  },
  'target-not-centred': {
    on: VALUES,
    plant: everywhere((data) => mapLabels(data, (label) => label + 1000)),
    symptoms: ['target-off-centre'],
    causes: ['target-not-centred'],
    wiring: true,
  },
  // Splits
  'validation-from-training': {
    plant: (c, seed) => ({
      ...c,
      validation: rowsOf(c.train, shuffled(range(c.train.n), seed).slice(0, c.validation.n)),
    }),
    symptoms: ['validation-in-train'],
    causes: ['duplicates-across-split'],
    wiring: true,
  },
  'validation-of-one-class': {
    on: CLASSES,
    plant: validation((data) =>
      rowsOf(
        data,
        range(data.n).filter((row) => data.labels[row] === 0),
      ),
    ),
    symptoms: ['class-shares-differ'],
    causes: ['validation-differs', 'validation-easier'],
    wiring: true,
  },
  // Loss and last layer
  'softmax-on-one-unit': {
    on: BINARY,
    plant: (c) => spec({ outputUnits: 1, output: 'softmax' })(options({ loss: 'binaryCrossentropy' })(c)),
    symptoms: ['softmax-on-one-unit'],
    causes: ['output-does-not-fit-loss'],
    wiring: true,
  },
  'no-softmax': {
    on: CLASSES,
    plant: spec({ output: 'linear' }),
    symptoms: ['output-does-not-fit-loss'],
    causes: ['output-does-not-fit-loss'],
    wiring: true,
  },
  'relu-before-the-loss': {
    on: CLASSES,
    plant: spec({ output: 'relu' }),
    symptoms: ['output-does-not-fit-loss'],
    causes: ['output-does-not-fit-loss'],
    wiring: true,
  },
  'sigmoid-for-many-classes': {
    on: MANY,
    plant: spec({ output: 'sigmoid' }),
    symptoms: ['output-does-not-fit-loss'],
    causes: ['output-does-not-fit-loss'],
    wiring: true,
  },
  'softmax-twice': {
    on: CLASSES,
    plant: spec({ after: (tf) => [tf.layers.activation({ activation: 'softmax' })] }),
    symptoms: ['softmax-twice'],
    causes: ['output-does-not-fit-loss'],
    wiring: true,
  },
  'squared-error-for-classes': {
    on: MANY,
    plant: options({ loss: 'meanSquaredError' }),
    symptoms: ['loss-does-not-fit-task'],
    causes: ['loss-does-not-fit-task'],
    wiring: true,
  },
  'sigmoid-for-values': {
    on: VALUES,
    plant: spec({ output: 'sigmoid' }),
    symptoms: ['output-cannot-reach-target'],
    causes: ['output-does-not-fit-loss', 'output-cannot-reach-target'],
    wiring: true,
  },
  'relu-for-values': {
    on: VALUES,
    plant: spec({ output: 'relu' }),
    symptoms: ['output-cannot-reach-target'],
    causes: ['output-does-not-fit-loss', 'output-cannot-reach-target'],
    wiring: true,
  },
  'examples-mixed': {
    on: both(TABLE, CLASSES),
    plant: spec({ hidden: [16], before: (tf) => [centredOverTheBatch(tf)] }),
    symptoms: ['mixes-examples'],
    causes: ['batch-mixed'],
    wiring: true,
  },
  // Layers
  'no-non-linearity': {
    on: both(({ kind }) => ['table', 'image'].includes(kind), HIDDEN),
    plant: spec({ hidden: [32, 32], activation: 'linear' }),
    symptoms: ['no-non-linearity'],
    causes: ['no-non-linearity'],
    wiring: true,
  },
  'everything-frozen': {
    on: TABLE,
    plant: spec({ hidden: [16], frozen: true, allFrozen: true, batchNorm: false }),
    symptoms: ['unchanged-weights', 'frozen-layers'],
    causes: ['wiring-broken', 'layers-frozen'],
    wiring: true,
  },
  'hidden-layers-frozen': {
    on: both(TABLE, HIDDEN),
    plant: spec({ frozen: true }),
    symptoms: ['unchanged-weights', 'frozen-layers'],
    causes: ['wiring-broken', 'layers-frozen'],
    wiring: true,
  },
  'weights-of-zero': {
    on: both(TABLE, HIDDEN),
    plant: spec({
      kernelInitializer: (tf) => tf.initializers.zeros(),
      outputInitializer: (tf) => tf.initializers.zeros(),
    }),
    symptoms: ['unchanged-weights', 'equal-initial-weights', 'no-better-than-guessing', 'dead-units'],
    causes: ['weights-equal', 'wiring-broken'],
    wiring: true,
  },
  'weights-all-alike': {
    on: both(TABLE, HIDDEN),
    plant: spec({ kernelInitializer: (tf) => tf.initializers.constant({ value: 0.1 }) }),
    symptoms: ['equal-initial-weights'],
    causes: ['weights-equal'],
    wiring: true,
  },
  'weights-too-large': {
    on: ({ kind }) => ['table', 'image'].includes(kind),
    plant: spec({ outputInitializer: (tf) => tf.initializers.randomNormal({ stddev: 20 }) }),
    symptoms: ['starts-too-high', 'initial-weights-scale'],
    causes: ['weights-too-large'],
    wiring: true,
  },
  'sigmoids-too-deep': {
    on: ({ task }) =>
      ['digits', 'wine', 'friedman', 'shapes', 'hard', 'iris', 'shells', 'species', 'visits'].includes(task),
    plant: spec({
      hidden: [24, 24, 24, 24, 24, 24, 24, 24],
      activation: 'sigmoid',
      batchNorm: false,
      dropout: 0,
    }),
    symptoms: ['vanishing-gradient', 'no-better-than-guessing'],
    causes: ['gradient-vanishes'],
  },
  'units-all-dead': {
    on: HIDDEN,
    plant: spec({
      hidden: [16],
      biasInitializer: (tf) => tf.initializers.constant({ value: -30 }),
      batchNorm: false,
      activation: 'relu',
    }),
    symptoms: ['dead-units', 'unchanged-weights', 'vanishing-gradient'],
    causes: ['units-dead'],
  },
  'tanh-saturated': {
    on: both(TABLE, HIDDEN),
    plant: (c, seed) =>
      spec({ hidden: [24], activation: 'tanh', batchNorm: false })(
        everywhere((data) => mapFeatures(data, (value) => 60 * value))(c, seed),
      ),
    symptoms: ['saturated-units', 'input-scale'],
    causes: ['inputs-not-scaled', 'units-saturated'],
  },
  'dropout-nine-tenths': {
    on: HIDDEN,
    plant: spec({ dropout: 0.9 }),
    symptoms: ['dropout-too-high'],
    causes: ['regularised-too-much'],
    wiring: true,
  },
  'dropout-on-the-output': {
    on: CLASSES,
    plant: spec({ after: (tf) => [tf.layers.dropout({ rate: 0.5 })] }),
    symptoms: ['dropout-on-output'],
    causes: ['dropout-misplaced'],
    wiring: true,
  },
  'penalty-too-strong': {
    on: both(TABLE, HIDDEN),
    plant: spec({ l2: 3 }),
    symptoms: ['penalty-dominates', 'no-better-than-guessing', 'underfits', 'constant-output'],
    causes: ['regularised-too-much'],
  },
  'norm-statistics-stale': {
    on: both(TABLE, HIDDEN),
    plant: spec({ hidden: [32], batchNorm: true, normOptions: { momentum: 0.9999 } }),
    symptoms: ['train-and-inference-differ'],
    causes: ['norm-statistics-stale'],
  },
  'bottleneck-of-one-unit': {
    on: ({ task }) =>
      ['digits', 'signals', 'topics', 'shapes', 'speakers', 'species', 'strokes', 'tones'].includes(task),
    plant: spec({ bottleneck: 1 }),
    symptoms: [
      'underfits',
      'no-better-than-guessing',
      'class-never-predicted',
      'dead-units',
      'constant-output',
      'bottleneck',
    ],
    causes: ['model-too-small', 'bottleneck', 'units-dead'],
  },
  'model-too-simple': {
    on: ({ task }) => ['moons', 'friedman', 'waves', 'shells', 'visits'].includes(task),
    plant: spec({ hidden: [], batchNorm: false }),
    symptoms: ['underfits'],
    causes: ['model-too-small'],
  },
  'trained-too-long-on-few': {
    on: ({ task, train }) => train.n > 300 && !['moons', 'breastCancer', 'shells'].includes(task),
    plant: (c, seed) => {
      const few = rowsOf(c.train, shuffled(range(c.train.n), seed).slice(0, 60));
      return spec({ hidden: [128, 64], dropout: 0, batchNorm: false })(
        options({ epochs: 150, learningRate: 0.005 })({ ...c, train: few }),
      );
    },
    symptoms: ['validation-rises', 'memorised', 'overtrained'],
    causes: ['trained-too-long', 'too-few-examples'],
  },
  'rare-class-ignored': {
    on: both(CLASSES, ({ task }) =>
      ['rare', 'longTail', 'hard', 'moons', 'failures', 'species'].includes(task),
    ),
    plant: (c) => {
      const rare = c.train.classes.length - 1;
      const keep = (data, most) => {
        let kept = 0;
        return rowsOf(
          data,
          range(data.n).filter((row) => data.labels[row] !== rare || kept++ < most),
        );
      };
      return options({ epochs: 6 })({ ...c, train: keep(c.train, 8) });
    },
    symptoms: ['class-never-predicted', 'imbalance', 'class-shares-differ'],
    causes: ['too-rare-in-training', 'validation-differs'],
  },
  // Milder ones, and those of several labels
  'rate-too-high': {
    // Elsewhere Adam gets along with it.
    on: ({ task }) =>
      [
        'topics',
        'digits',
        'breastCancer',
        'longTail',
        'mail',
        'speakers',
        'articles',
        'species',
        'tones',
      ].includes(task),
    plant: (c) => options({ learningRate: 30 * c.options.learningRate })(c),
    symptoms: TOO_FAST,
    causes: ['learning-rate-too-high'],
  },
  'rate-too-low': {
    plant: (c) => options({ learningRate: c.options.learningRate / 100 })(c),
    symptoms: TOO_SLOW,
    causes: ['learning-rate-too-low', 'trained-too-short'],
  },
  'softmax-for-several-labels': {
    on: SEVERAL,
    plant: spec({ output: 'softmax' }),
    symptoms: ['output-does-not-fit-loss'],
    causes: ['output-does-not-fit-loss'],
    wiring: true,
  },
  'dropout-on-the-input': {
    on: both(({ kind }) => ['table', 'image'].includes(kind)),
    plant: spec({ inputDropout: 0.9 }),
    symptoms: ['dropout-too-high'],
    causes: ['regularised-too-much'],
    wiring: true,
  },
  'a-third-of-validation-from-training': {
    plant: (c, seed) => {
      const third = Math.floor(c.validation.n / 3);
      const copied = rowsOf(c.train, shuffled(range(c.train.n), seed).slice(0, third));
      return { ...c, validation: joined(rowsOf(c.validation, range(c.validation.n - third)), copied) };
    },
    symptoms: ['validation-in-train'],
    causes: ['duplicates-across-split'],
    wiring: true,
  },
  'augmented-beyond-the-label': {
    on: both(CLASSES, ({ kind }) => ['image', 'series'].includes(kind)),
    plant: train(pasted),
    symptoms: ['labels-noisy', 'validation-beats-train', 'underfits', 'guesses-on-validation'],
    causes: ['augmentation-too-strong', 'labels-noisy'],
  },
  'trained-on-validation-before': {
    // Where a trained model starts far below a guess.
    on: both(CLASSES, ({ kind, task }) => kind !== 'text' && !['hard', 'rare', 'longTail'].includes(task)),
    plant: (c) => ({ ...c, before: joined(c.train, c.validation) }),
    symptoms: ['starts-too-low'],
    causes: ['already-trained'],
    wiring: true,
  },
};

module.exports = { FAULTS };
