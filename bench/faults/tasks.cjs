'use strict';
const { join } = require('node:path');

const library = () => require(join(__dirname, '..', '..', 'dist'));

/** Tasks on which thresholds were set, and those on which the rates are reported. */
const CALIBRATION = ['digits', 'wine'];
const REPORT = ['breastCancer', 'iris'];

const sizeOf = (data) => data.features.shape.reduce((product, side) => product * side, 1);

/** Features minus `mean`, over `sd`, column by column. */
function scaled(data, means, sds) {
  const size = sizeOf(data);
  const values = data.features.values.map((value, i) => (value - means[i % size]) / sds[i % size]);
  return { ...data, features: { ...data.features, values } };
}

/** Mean and standard deviation of each column; 1 where a column is constant. */
function scales(data) {
  const size = sizeOf(data);
  const means = new Float64Array(size);
  const sds = new Float64Array(size);
  data.features.values.forEach((value, i) => (means[i % size] += value / data.n));
  data.features.values.forEach((value, i) => (sds[i % size] += (value - means[i % size]) ** 2 / data.n));
  return { means, sds: sds.map((variance) => Math.sqrt(variance) || 1) };
}

/** The rows of `data` at `rows`, with ids of their own. */
function rowsOf(data, rows) {
  const size = sizeOf(data);
  const values = new Float32Array(rows.length * size);
  rows.forEach((row, i) => values.set(data.features.values.subarray(row * size, (row + 1) * size), i * size));
  return {
    ...data,
    n: rows.length,
    features: { ...data.features, values },
    labels: Int32Array.from(rows, (row) => data.labels[row]),
    ids: rows.map((row, i) => `${data.ids[row]}-${i}`),
    metadata: { kind: 'table', n: rows.length, names: [], columns: {}, warnings: [] },
  };
}

/** A seeded stream of numbers in [0, 1): mulberry32. */
function uniform(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function shuffled(values, seed) {
  const next = uniform(seed);
  const copy = Array.from(values);
  for (let i = copy.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [copy[i], copy[j]] = [copy[j], copy[i]];
  }
  return copy;
}

/** A task split at random, 70 to 30, raw and standardised by the training part. */
function splitTask(name, seed) {
  const data = library().datasets[name]();
  const order = shuffled(
    Array.from({ length: data.n }, (_, i) => i),
    seed + 1,
  );
  const cut = Math.floor(0.7 * data.n);
  const [train, validation] = [rowsOf(data, order.slice(0, cut)), rowsOf(data, order.slice(cut))];
  const { means, sds } = scales(train);
  return {
    raw: { train, validation },
    train: scaled(train, means, sds),
    validation: scaled(validation, means, sds),
  };
}

module.exports = { CALIBRATION, REPORT, library, rowsOf, shuffled, splitTask, scaled };
