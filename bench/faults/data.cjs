'use strict';
// Changes to data sets, as a person makes them in a notebook.
const { join } = require('node:path');
const { range, shuffled } = require('../common/random.cjs');

const library = () => require(join(__dirname, '..', '..', 'dist'));

/** A data set of rows with the numbers `x` and the label `y`. */
function made(name, rows, { shape, task } = {}) {
  return library().dataset({
    name,
    features: rows.map(({ x }) => x),
    labels: rows.map(({ y }) => y),
    ...(shape ? { shape } : {}),
    ...(task ? { task } : {}),
  });
}

const sizeOf = (data) => data.features.shape.reduce((product, side) => product * side, 1);

/** Numbers that the labels of one example take: one, or one for each of several. */
const labelsPerRow = (data) => data.labels.length / data.n;

/** The labels of the examples at `rows`, one after another. */
function labelsOf(data, rows) {
  const width = labelsPerRow(data);
  const labels = rows.flatMap((row) => Array.from(data.labels.subarray(row * width, (row + 1) * width)));
  return data.labels.constructor.from(labels);
}

/** The data with other features, by value, column and row. */
function mapFeatures(data, change) {
  const size = sizeOf(data);
  const values = data.features.values.map((value, i) => change(value, i % size, Math.floor(i / size)));
  return { ...data, features: { ...data.features, values } };
}

/** The data with other labels, by label and row. */
const mapLabels = (data, change) => ({ ...data, labels: data.labels.map(change) });

/** The rows of `data` at `rows`, with ids of their own. */
function rowsOf(data, rows) {
  const size = sizeOf(data);
  const values = new Float32Array(rows.length * size);
  rows.forEach((row, i) => values.set(data.features.values.subarray(row * size, (row + 1) * size), i * size));
  return {
    ...data,
    n: rows.length,
    features: { ...data.features, values },
    labels: labelsOf(data, rows),
    ids: rows.map((row, i) => `${data.ids[row]}-${i}`),
    metadata: { kind: 'table', n: rows.length, names: [], columns: {}, warnings: [] },
  };
}

/** The examples of one set after those of another. */
function joined(first, second) {
  const values = new Float32Array(first.features.values.length + second.features.values.length);
  values.set(first.features.values);
  values.set(second.features.values, first.features.values.length);
  const [n, ids] = [first.n + second.n, [...first.ids, ...second.ids]];
  return {
    ...first,
    ...{ n, ids, features: { ...first.features, values } },
    labels: first.labels.constructor.from([...first.labels, ...second.labels]),
    metadata: { kind: 'table', n, names: [], columns: {}, warnings: [] },
  };
}

/** The data with one more column, given by row; only for data of one axis. */
function withColumn(data, name, valueOf) {
  const size = sizeOf(data);
  const values = new Float32Array(data.n * (size + 1));
  for (let row = 0; row < data.n; row++) {
    values.set(data.features.values.subarray(row * size, (row + 1) * size), row * (size + 1));
    values[row * (size + 1) + size] = valueOf(row);
  }
  const names = [...(data.features.names ?? range(size).map(String)), name];
  return { ...data, features: { values, shape: [size + 1], names } };
}

/** Mean and standard deviation: of each column of a table, of all numbers of an image or a series. */
function scalesOf(data) {
  const table = data.features.shape.length === 1;
  const columns = table ? sizeOf(data) : 1;
  const means = new Float64Array(columns);
  const sds = new Float64Array(columns);
  const per = data.features.values.length / columns;
  data.features.values.forEach((value, i) => (means[i % columns] += value / per));
  data.features.values.forEach((value, i) => (sds[i % columns] += (value - means[i % columns]) ** 2 / per));
  return { columns, means, sds: sds.map((variance) => Math.sqrt(variance) || 1) };
}

/** `data` by the scales of `by`. */
function standardisedBy(data, by) {
  const { columns, means, sds } = scalesOf(by);
  return mapFeatures(data, (value, column) => (value - means[column % columns]) / sds[column % columns]);
}

/** Two parts of the data, drawn at random. */
function drawn(data, share, seed) {
  const order = shuffled(range(data.n), seed);
  const cut = Math.floor(share * data.n);
  return { train: rowsOf(data, order.slice(0, cut)), validation: rowsOf(data, order.slice(cut)) };
}

module.exports = {
  made,
  drawn,
  joined,
  labelsOf,
  library,
  mapFeatures,
  mapLabels,
  rowsOf,
  sizeOf,
  standardisedBy,
  withColumn,
};
