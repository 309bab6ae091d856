'use strict';
// The models that the engine is measured by, as data: layers of tfjs-layers with their arguments. Tests use them too.

const softmax = (units) => ['dense', { units, activation: 'softmax' }];
const conv = (filters, kernelSize, more = {}) => [
  'conv2d',
  { filters, kernelSize, activation: 'relu', ...more },
];
const sequence = (kind) => [
  ['embedding', { inputDim: 1000, outputDim: 32 }],
  [kind, { units: 64, recurrentActivation: 'sigmoid' }],
  softmax(10),
];
const MLP = [
  ['dense', { units: 128, activation: 'relu' }],
  ['dense', { units: 64, activation: 'relu' }],
  softmax(10),
];

/**
 * `input`: sides of an example; `tokens`: its numbers are whole ones below this; `density`: the share of them that is not zero,
 * counts of words. `floor`: most that a step may take, as a share of PyTorch's; `fastFloor` the same for relaxed operations.
 * `plain`: TensorFlow.js' plain JavaScript takes part ("quick": also where there is little time). `infer`: rows of one call that
 * is measured instead of a step. `checks`: steps whose losses are compared, 3 where nothing makes roundings grow.
 */
const ROWS = {
  mlp: { batch: 64, input: [64], layers: MLP, floor: 0.6, plain: 'quick' },
  cnn: {
    batch: 32,
    input: [28, 28, 1],
    layers: [
      conv(8, 3),
      ['maxPooling2d', { poolSize: 2 }],
      conv(16, 3),
      ['maxPooling2d', { poolSize: 2 }],
      ['flatten', {}],
      ['dropout', { rate: 0.25 }],
      softmax(10),
    ],
    floor: 0.6,
    plain: 'full',
  },
  deepcnn: {
    batch: 32,
    input: [32, 32, 3],
    layers: [
      conv(32, 3, { padding: 'same' }),
      ['batchNormalization', {}],
      conv(32, 3, { padding: 'same' }),
      ['maxPooling2d', { poolSize: 2 }],
      conv(64, 3, { padding: 'same' }),
      ['batchNormalization', {}],
      ['maxPooling2d', { poolSize: 2 }],
      ['flatten', {}],
      ['dense', { units: 64, activation: 'relu' }],
      softmax(10),
    ],
    floor: 1.6,
    fastFloor: 0.9,
    checks: 2,
  },
  lstm: { batch: 32, input: [32], tokens: 1000, layers: sequence('lstm'), floor: 1.2, plain: 'full' },
  gru: {
    batch: 32,
    input: [32],
    tokens: 1000,
    layers: sequence('gru'),
    floor: 0.6,
    plain: 'full',
    checks: 2,
  },
  embed: {
    batch: 64,
    input: [64],
    tokens: 1000,
    layers: [['embedding', { inputDim: 1000, outputDim: 16 }], ['globalAveragePooling1d', {}], softmax(10)],
    floor: 0.6,
  },
  conv1d: {
    batch: 32,
    input: [1000, 4],
    layers: [
      ['conv1d', { filters: 16, kernelSize: 5, activation: 'relu' }],
      ['maxPooling1d', { poolSize: 4 }],
      ['conv1d', { filters: 32, kernelSize: 5, activation: 'relu' }],
      ['globalAveragePooling1d', {}],
      softmax(10),
    ],
    floor: 0.75,
  },
  sepconv: {
    batch: 32,
    input: [32, 32, 3],
    layers: [
      ['separableConv2d', { filters: 32, kernelSize: 3, activation: 'relu' }],
      ['separableConv2d', { filters: 32, kernelSize: 3, activation: 'relu' }],
      ['globalAveragePooling2d', {}],
      softmax(10),
    ],
    floor: 0.8,
  },
  words: {
    batch: 64,
    input: [2000],
    density: 0.02,
    layers: [['dense', { units: 64, activation: 'relu' }], softmax(10)],
    floor: 0.6,
    plain: 'full',
  },
  infer10k: { batch: 64, input: [64], layers: MLP, infer: 10_000, plain: 'quick' },
};

const CLASSES = 10;
const sizeOf = (shape) => shape.reduce((product, side) => product * side, 1);

/** The initializer of recurrent weights takes seconds; where all weights are set afterwards, zeros do. */
const BLANK = { lstm: { recurrentInitializer: 'zeros' }, gru: { recurrentInitializer: 'zeros' } };

/** Builds a row's model; `dropout: false` leaves chance out, for comparisons, `blank` the initial weights. */
function buildModel(tf, id, { dropout = true, blank = false } = {}) {
  const { input, layers } = ROWS[id];
  return tf.sequential({
    layers: layers.map(([kind, args], i) => {
      const own = kind === 'dropout' && !dropout ? { rate: 0 } : {};
      const first = i === 0 ? { inputShape: input } : {};
      const start = blank ? BLANK[kind] : {};
      return tf.layers[kind]({ ...args, ...own, ...first, ...start, name: `${id}_${kind}_${i}` });
    }),
  });
}

/** Numbers from which a share of the variance comes through a layer: fan-in of a weight by its name and sides. */
function fanIn(name, shape) {
  if (/embeddings/.test(name)) return 3;
  if (/depthwise/.test(name)) return shape[0] * shape[1];
  return sizeOf(shape.slice(0, -1));
}

/**
 * Returns starting weights for a model, in the order of `model.weights`. They come from whole-number arithmetic and square
 * roots alone, which are the same on every machine; logarithms and cosines, which initializers use, need not be.
 */
function startingWeights(model, random) {
  return model.weights.map(({ originalName, shape }) => {
    const size = sizeOf(shape);
    if (/moving_variance$/.test(originalName)) return new Float32Array(size).fill(1);
    if (/moving_mean$/.test(originalName)) return new Float32Array(size);
    const centred = (scale, about = 0) =>
      Float32Array.from({ length: size }, () => about + (random.next() * 2 - 1) * scale);
    if (/gamma$/.test(originalName)) return centred(0.1, 1);
    if (/(bias|beta)$/.test(originalName)) return centred(0.05);
    return centred(Math.sqrt(3 / fanIn(originalName, shape)));
  });
}

/** Puts numbers into the weights of a model. */
function setWeights(tf, model, weights) {
  model.weights.forEach((weight, i) => {
    const value = tf.tensor(weights[i], weight.shape);
    weight.write(value);
    value.dispose();
  });
}

/** Returns n seeded examples of a row: inputs and one-hot targets, flat. */
function dataOf(id, n, random) {
  const { input, tokens, density } = ROWS[id];
  const count = () => (random.next() < density ? 1 + random.integer(3) : 0);
  const draw = tokens ? () => random.integer(tokens) : density ? count : () => random.next() * 2 - 1;
  const inputs = Float32Array.from({ length: n * sizeOf(input) }, draw);
  const targets = new Float32Array(n * CLASSES);
  for (let i = 0; i < n; i++) targets[i * CLASSES + random.integer(CLASSES)] = 1;
  return { n, inputs, targets };
}

module.exports = { ROWS, CLASSES, buildModel, dataOf, setWeights, sizeOf, startingWeights };
