'use strict';
// node bench/forecast/make-curves.cjs [FILE]: trains all models and writes their learning curves as data.
const { readFileSync, writeFileSync, existsSync } = require('node:fs');
const { join } = require('node:path');
const { gunzipSync, gzipSync } = require('node:zlib');
const { curves, library } = require('./tasks.cjs');

const FILE = join(__dirname, 'curves.json.gz');
const SEEDS = 5;

const short = (value) => (Number.isFinite(value) ? Number(value.toPrecision(5)) : null);

/** Covariance of the mean errors of the sizes that comes with the choice of the test examples. */
function itemCovariance(points, testN) {
  const rows = points.map(({ itemErrors }) => itemErrors);
  const means = rows.map((row) => row.reduce((a, b) => a + b, 0) / row.length);
  return rows.map((a, i) =>
    rows.map((b, j) =>
      short(a.reduce((sum, v, k) => sum + (v - means[i]) * (b[k] - means[j]), 0) / (a.length - 1) / testN),
    ),
  );
}

/** Trains one curve; `truth` is the error at the full size on examples that the curve never sees, where there are more. */
async function makeCurve({ build, data, draw, sizes, epochs, rate = 0.005, n, ...names }) {
  const { learningCurve } = library();
  const { train, test, more } = data(draw);
  const options = { repeats: SEEDS, epochs, learningRate: rate, seed: 100 * draw };
  const curve = await learningCurve(build, train, { ...options, sizes, test });
  const far = more && (await learningCurve(build, train, { ...options, sizes: [n], test: more })).points[0];
  const { points, metric, unit, testN, seconds } = curve;
  const { id, family, model, part } = names;
  return {
    ...{ id, family, model, part, metric, unit, testSize: testN, seconds: short(seconds) },
    sizes: points.map(({ size }) => size),
    errors: curve.seeds.map((_, s) => points.map(({ test: { values } }) => short(values[s]))),
    trainErrors: curve.seeds.map((_, s) => points.map(({ train: { values } }) => short(values[s]))),
    itemCovariance: itemCovariance(points, testN),
    truth: far ? { error: short(far.test.mean), values: far.test.values.map(short), n: more.n } : null,
  };
}

const readCurves = (file = FILE) => JSON.parse(gunzipSync(readFileSync(file)).toString('utf8'));

async function main(file = FILE) {
  const made = existsSync(file) ? readCurves(file) : [];
  for (const task of curves()) {
    if (made.some(({ id }) => id === task.id)) continue;
    const curve = await makeCurve(task);
    made.push(curve);
    writeFileSync(file, gzipSync(JSON.stringify(made), { level: 9 }));
    console.error(`${curve.id}: ${curve.seconds} s`);
  }
}

module.exports = { makeCurve, readCurves };

if (require.main === module) main(process.argv[2]).then(() => process.exit(0), (error) => { console.error(error); process.exit(1); }); // prettier-ignore
