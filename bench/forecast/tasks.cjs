'use strict';
// Data sets and models whose learning curves the forecast is tried on.
const { join } = require('node:path');

const library = () => require(join(__dirname, '..', '..', 'dist'));
const { random, permutation } = require(join(__dirname, '..', '..', 'dist', 'core', 'random.js'));

/** Rows of a data set scaled to mean 0 and deviation 1 by its first `by` rows. */
function standardized(data, by) {
  const size = data.features.values.length / data.n;
  const values = data.features.values.slice();
  for (let j = 0; j < size; j++) {
    let [sum, squares] = [0, 0];
    for (let i = 0; i < by; i++) sum += values[i * size + j];
    const mean = sum / by;
    for (let i = 0; i < by; i++) squares += (values[i * size + j] - mean) ** 2;
    const sd = Math.sqrt(squares / by) || 1;
    for (let i = 0; i < data.n; i++) values[i * size + j] = (values[i * size + j] - mean) / sd;
  }
  return { ...data, features: { ...data.features, values } };
}

/** A bundled data set cut at random: n to train on, the rest to test on. */
const bundled = (name, n) => (draw) => {
  const { datasets, takeExamples } = library();
  const data = datasets[name]();
  const order = permutation(data.n, random(draw).fork(name));
  const whole = standardized(takeExamples(data, order), n);
  const rows = Array.from({ length: data.n }, (_, i) => i);
  return {
    train: takeExamples(whole, rows.slice(0, n)),
    test: takeExamples(whole, rows.slice(n)),
    more: null,
  };
};

const TEST = 300;
const MORE = 3000;

/** Examples that `make` draws one by one: n to train on, 300 to test on, and 3,000 more that the forecast never sees. */
const drawn = (name, n, classes, make) => (draw) => {
  const { dataset, takeExamples } = library();
  const stream = random(draw).fork(name);
  const world = make(stream);
  const total = n + TEST + MORE;
  const examples = Array.from({ length: total }, () => world());
  const data = dataset({
    name,
    features: examples.map(({ x }) => x),
    labels: examples.map(({ y }) => y),
    ...(classes > 0
      ? { classes: Array.from({ length: classes }, (_, k) => `class ${k}`) }
      : { task: 'regression' }),
  });
  const part = (from, to) =>
    takeExamples(
      data,
      Array.from({ length: to - from }, (_, i) => from + i),
    );
  return { train: part(0, n), test: part(n, n + TEST), more: part(n + TEST, total) };
};

const normals = (stream, d) => Array.from({ length: d }, () => stream.normal());
const dot = (a, b) => a.reduce((sum, value, i) => sum + value * b[i], 0);

/** Classes around centres; the wider apart, the fewer errors are left. */
const centres = (k, d, apart) => (stream) => {
  const centre = Array.from({ length: k }, () => normals(stream, d).map((v) => (v * apart) / Math.sqrt(d)));
  return () => {
    const y = stream.integer(k);
    return { x: centre[y].map((c) => c + stream.normal()), y };
  };
};

const rings = (wrong) => (stream) => () => {
  const y = stream.integer(3);
  const [radius, angle] = [1 + 0.8 * y + 0.25 * stream.normal(), 2 * Math.PI * stream.next()];
  const shown = stream.next() < wrong ? stream.integer(3) : y;
  return { x: [radius * Math.cos(angle), radius * Math.sin(angle)], y: shown };
};

const checker = (noise) => (stream) => () => {
  const x = normals(stream, 2 + noise);
  return { x, y: x[0] * x[1] > 0 ? 1 : 0 };
};

/** One class in twelve, on one side of a bent border. */
const rare = (stream) => {
  const w = normals(stream, 10);
  return () => {
    const x = normals(stream, 10);
    return { x, y: dot(w, x) / Math.sqrt(10) + 0.5 * x[0] ** 2 + 0.4 * stream.normal() > 1.9 ? 1 : 0 };
  };
};

const sparse = (d, used) => (stream) => {
  const w = normals(stream, used).map((v) => v + Math.sign(v));
  return () => {
    const x = normals(stream, d);
    return { x, y: stream.next() < 1 / (1 + Math.exp(-dot(w, x.slice(0, used)))) ? 1 : 0 };
  };
};

/** Counts of words; each class uses some words more often. */
const words = (k, d, length) => (stream) => {
  const heads = Array.from({ length: k }, () => normals(stream, d).map((v) => Math.exp(0.7 * v)));
  const ends = heads.map((weights) => {
    let sum = 0;
    return weights.map((v) => (sum += v));
  });
  return () => {
    const y = stream.integer(k);
    const x = new Array(d).fill(0);
    for (let i = 0; i < length; i++) {
      const at = stream.next() * ends[y][d - 1];
      x[ends[y].findIndex((end) => at < end)]++;
    }
    return { x, y };
  };
};

const friedman = (stream) => () => {
  const x = Array.from({ length: 10 }, () => 2 * stream.next() - 1);
  const [a, b, c, d, e] = x.map((v) => (v + 1) / 2);
  const y = 10 * Math.sin(Math.PI * a * b) + 20 * (c - 0.5) ** 2 + 10 * d + 5 * e;
  return { x, y: (y - 14) / 5 + 0.2 * stream.normal() };
};

const waves = (stream) => () => {
  const x = normals(stream, 4);
  return { x, y: Math.sin(2 * x[0]) + 0.5 * x[1] ** 2 - 0.5 + 0.3 * x[2] + 0.3 * stream.normal() };
};

/** As many weights as examples somewhere on the way: without regularization the error peaks there. */
const line = (d, noise) => (stream) => {
  const w = normals(stream, d).map((v) => v / Math.sqrt(d));
  return () => {
    const x = normals(stream, d);
    return { x, y: dot(w, x) + noise * stream.normal() };
  };
};

const network =
  (...units) =>
  ({ tf, inputShape, units: outputs, classes }) => {
    const model = tf.sequential();
    const size = inputShape.reduce((product, side) => product * side, 1);
    model.add(tf.layers.reshape({ targetShape: [size], inputShape }));
    for (const width of units) model.add(tf.layers.dense({ units: width, activation: 'relu' }));
    model.add(tf.layers.dense({ units: outputs, activation: classes.length > 0 ? 'softmax' : 'linear' }));
    return model;
  };

const cnn = ({ tf, inputShape, units }) =>
  tf.sequential({
    layers: [
      tf.layers.conv2d({ inputShape, filters: 8, kernelSize: 3, activation: 'relu' }),
      tf.layers.maxPooling2d({ poolSize: 2 }),
      tf.layers.flatten(),
      tf.layers.dense({ units, activation: 'softmax' }),
    ],
  });

const MODELS = { linear: network(), small: network(16), deep: network(64, 32) };

/** Every constant was chosen on the families of `calibration`; the figures in the docs are those of `report`. */
const FAMILIES = {
  digits: {
    part: 'calibration',
    n: 1024,
    epochs: 10,
    data: bundled('digits', 1024),
    models: { ...MODELS, cnn },
  },
  iris: { part: 'calibration', n: 96, epochs: 40, data: bundled('iris', 96) },
  centres: { part: 'calibration', n: 512, epochs: 15, data: drawn('centres', 512, 4, centres(4, 8, 2.6)) },
  'noisy rings': { part: 'calibration', n: 512, epochs: 25, data: drawn('noisy rings', 512, 3, rings(0.15)) },
  friedman: { part: 'calibration', n: 512, epochs: 25, data: drawn('friedman', 512, 0, friedman) },
  sparse: { part: 'calibration', n: 512, epochs: 15, data: drawn('sparse', 512, 2, sparse(40, 4)) },
  wine: { part: 'report', n: 112, epochs: 40, data: bundled('wine', 112) },
  'breast cancer': { part: 'report', n: 384, epochs: 20, data: bundled('breastCancer', 384) },
  words: { part: 'report', n: 512, epochs: 15, data: drawn('words', 512, 5, words(5, 80, 30)) },
  checker: { part: 'report', n: 512, epochs: 25, data: drawn('checker', 512, 2, checker(4)) },
  rare: { part: 'report', n: 512, epochs: 20, data: drawn('rare', 512, 2, rare) },
  waves: { part: 'report', n: 512, epochs: 25, data: drawn('waves', 512, 0, waves) },
  'many centres': {
    part: 'report',
    n: 1024,
    epochs: 8,
    data: drawn('many centres', 1024, 12, centres(12, 16, 4)),
  },
};

/** A planted peak, and its healthy twin: the same model on as many examples of a line in few directions. */
const PLANTED = {
  'peak': { part: 'planted', n: 256, epochs: 120, rate: 0.03, data: drawn('peak', 256, 0, line(32, 0.7)), models: { linear: network() } }, // prettier-ignore
  'no peak': { part: 'twin', n: 256, epochs: 120, rate: 0.03, data: drawn('no peak', 256, 0, line(4, 0.7)), models: { linear: network() } }, // prettier-ignore
};

/** Sizes in steps of √2 from a 32nd (but at least 6) of n to n, so that a half and a quarter of n are among them. */
function sizesOf(n) {
  const sizes = [];
  for (let size = n; size >= Math.max(6, n / 64) - 0.01; size /= Math.SQRT2) sizes.unshift(Math.round(size));
  return sizes;
}

/** Every curve to be made. */
function curves() {
  return Object.entries({ ...FAMILIES, ...PLANTED }).flatMap(
    ([family, { part, models = MODELS, ...facts }]) =>
      Object.entries(models).flatMap(([model, build]) =>
        [0, 1, 2, 3].map((draw) => ({
          id: `${family}, ${model}, ${draw}`,
          ...{ family, model, draw, part, build, sizes: sizesOf(facts.n) },
          ...facts,
        })),
      ),
  );
}

module.exports = { curves, library };
