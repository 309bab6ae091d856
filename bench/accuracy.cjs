'use strict';
// Is a model as good when Hunch trains it as when TensorFlow.js' own `model.fit` does? Ten seeds each, the same data,
// model and options; what differs is chance: weights, order and dropout.
const { join } = require('node:path');
const { uniform } = require('./common/random.cjs');

const library = () => require(join(__dirname, '..', 'dist'));

const softmax = (tf, units) => tf.layers.dense({ units, activation: 'softmax' });

/** Data, model and epochs of each task. */
const TASKS = {
  digits: {
    data: () => library().datasets.digits(),
    layers: (tf, inputShape, units) => [
      tf.layers.conv2d({ inputShape, filters: 8, kernelSize: 3, activation: 'relu' }),
      tf.layers.flatten(),
      tf.layers.dropout({ rate: 0.2 }),
      softmax(tf, units),
    ],
    epochs: 10,
  },
  wine: {
    data: () => library().datasets.wine(),
    layers: (tf, inputShape, units) => [
      tf.layers.dense({ inputShape, units: 16, activation: 'relu' }),
      softmax(tf, units),
    ],
    epochs: 30,
  },
  sentences: {
    data: () => library().datasets.sentences(),
    prepare: { text: 'tokens', maxLength: 32, vocabulary: 1500 },
    layers: (tf, inputShape, units) => [
      tf.layers.embedding({ inputShape, inputDim: 1502, outputDim: 16 }),
      tf.layers.globalAveragePooling1d({}),
      softmax(tf, units),
    ],
    epochs: 12,
  },
  vowels: {
    data: () => library().datasets.vowels(),
    layers: (tf, inputShape, units) => [
      tf.layers.conv1d({ inputShape, filters: 16, kernelSize: 5, activation: 'relu' }),
      tf.layers.globalAveragePooling1d({}),
      softmax(tf, units),
    ],
    epochs: 15,
  },
};

const BATCH = 32;
const LEARNING_RATE = 0.003;

async function byHunch({ train, validation, task, seed }) {
  const { fit, evaluate } = library();
  const build = ({ tf, inputShape, units }) => tf.sequential({ layers: task.layers(tf, inputShape, units) });
  const options = { epochs: task.epochs, batchSize: BATCH, learningRate: LEARNING_RATE, seed };
  const run = await fit(build, train, options);
  try {
    if (!run.log.engine.steps.startsWith('plan')) throw new Error(`no plan: ${run.log.engine.steps}`);
    const { metrics } = await evaluate(run, validation);
    return metrics.find(({ metric }) => metric === 'accuracy').value;
  } finally {
    run.dispose();
  }
}

/** By TensorFlow.js alone, with the chance of its own that Math.random gives. */
async function byTensorFlow({ train, validation, task, seed }) {
  const tf = require('@tensorflow/tfjs');
  const { random } = Math;
  // TensorFlow.js draws its seeds and orders from Math.random.
  Math.random = uniform(seed + 1);
  const held = [];
  const tensors = (data) => {
    const { values, shape } = data.features;
    const parts = tf.tidy(() => [
      tf.tensor(values, [data.n, ...shape]),
      tf.oneHot(tf.tensor1d(data.labels, 'int32'), data.classes.length).toFloat(),
    ]);
    held.push(...parts);
    return parts;
  };
  const model = tf.sequential({ layers: task.layers(tf, [...train.features.shape], train.classes.length) });
  const optimizer = tf.train.adam(LEARNING_RATE);
  try {
    model.compile({ optimizer, loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
    const [x, y] = tensors(train);
    await model.fit(x, y, { epochs: task.epochs, batchSize: BATCH, shuffle: true, verbose: 0 });
    const [, accuracy] = model.evaluate(...tensors(validation), { verbose: 0 });
    held.push(accuracy);
    return accuracy.dataSync()[0];
  } finally {
    Math.random = random;
    model.dispose();
    optimizer.dispose();
    tf.dispose(held);
  }
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Difference of two means with its 99 % interval (Welch; the quantile is that of 16 degrees of freedom or more). */
function difference(ours, theirs) {
  const squares = (values) => values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0);
  const error = Math.sqrt([ours, theirs].reduce((sum, v) => sum + squares(v) / (v.length - 1) / v.length, 0));
  const value = mean(ours) - mean(theirs);
  return { value, interval: [value - 2.92 * error, value + 2.92 * error] };
}

async function run({ quick, log }) {
  const rows = [];
  const seeds = quick ? 5 : 10;
  for (const [id, task] of Object.entries(TASKS)) {
    const { prepare, splitDataset } = library();
    const parts = splitDataset(task.data(), { validation: 0.4, seed: 1 });
    const preparation = prepare(parts.train, task.prepare ?? {});
    const [train, validation] = [parts.train, parts.validation].map(preparation.apply);
    const [ours, theirs] = [[], []];
    for (let seed = 0; seed < seeds; seed++) {
      ours.push(await byHunch({ train, validation, task, seed }));
      theirs.push(await byTensorFlow({ train, validation, task, seed }));
    }
    const { value, interval } = difference(ours, theirs);
    const spread = [ours, theirs].map(
      (v) => `${mean(v).toFixed(4)} (${Math.min(...v).toFixed(3)} to ${Math.max(...v).toFixed(3)})`,
    );
    log(`${id}: Hunch ${spread[0]}, TensorFlow.js ${spread[1]}`);
    // Within noise: no difference that these seeds can tell from none, or one below half a point.
    const holds = (interval[0] <= 0 && interval[1] >= 0) || Math.abs(value) < 0.005;
    rows.push({
      id,
      metric: 'accuracy − tfjs',
      value,
      unit: 'share',
      interval,
      n: seeds,
      floor: 'within noise',
      holds,
    });
  }
  return rows;
}

module.exports = { name: 'accuracy', run };
