'use strict';
// Worlds in which it is known which labels are wrong: features with a true class, a way of mislabelling, and a real classifier
// whose probabilities come from cross-validation on the noisy labels. Constants of the default rule were fitted on the worlds of
// the part `calibration`; the bench reports those of `report`.
const { existsSync, mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { normal, range, shuffled, uniform } = require('../common/random.cjs');

const dist = (...path) => require(join(__dirname, '..', '..', 'dist', ...path));

const NOISES = ['none', 'uniform', 'pair', 'sparse', 'boundary', 'mixed'];
const GEOMETRIES = ['regions', 'blobs', 'digits', 'breastCancer', 'vowels'];
const MODELS = ['linear', 'fourier', 'neighbours'];
const POWERS = [0.5, 0.8, 1, 1, 1.6];

/** Index of the largest of `k` numbers from `at`. */
function argmax(values, at, k) {
  let best = 0;
  for (let j = 1; j < k; j++) if (values[at + j] > values[at + best]) best = j;
  return best;
}

/** A place drawn by weights. */
function draw(weights, u) {
  const total = weights.reduce((a, b) => a + b, 0);
  let left = u * total;
  for (let j = 0; j < weights.length; j++) if ((left -= weights[j]) < 0) return j;
  return weights.length - 1;
}

/** The true class is a function of the features: a person who looks closely is never in doubt. */
function regions({ seed, n, k, d }) {
  const z = normal(seed);
  const hidden = 2 * d;
  const first = Float64Array.from({ length: hidden * d }, z);
  const second = Float64Array.from({ length: k * hidden }, z);
  const x = Float32Array.from({ length: n * d }, z);
  const scores = new Float64Array(n * k);
  for (let i = 0; i < n; i++) {
    const h = range(hidden).map((u) => {
      let sum = 0;
      for (let j = 0; j < d; j++) sum += first[u * d + j] * x[i * d + j];
      return Math.tanh(sum / Math.sqrt(d)) + 0.3 * sum * 0.1;
    });
    for (let c = 0; c < k; c++) {
      let sum = 0;
      for (let u = 0; u < hidden; u++) sum += second[c * hidden + u] * h[u];
      scores[i * k + c] = sum / Math.sqrt(hidden);
    }
  }
  const truth = Int32Array.from({ length: n }, (_, i) => argmax(scores, i * k, k));
  return { x, d, k, truth };
}

/** Classes overlap: where they do, the features do not tell the class. */
function blobs({ seed, n, k, d, apart }) {
  const z = normal(seed);
  const next = uniform(seed + 1);
  const parts = 2;
  const centres = Float64Array.from({ length: k * parts * d }, () => (apart * z()) / Math.sqrt(2));
  const truth = Int32Array.from({ length: n }, () => Math.floor(next() * k));
  const x = new Float32Array(n * d);
  for (let i = 0; i < n; i++) {
    const at = (truth[i] * parts + Math.floor(next() * parts)) * d;
    for (let j = 0; j < d; j++) x[i * d + j] = centres[at + j] + z();
  }
  return { x, d, k, truth };
}

/** A bundled data set, whose own labels are taken as true. */
function bundled(name) {
  const data = dist().datasets[name]();
  const d = data.features.values.length / data.n;
  return { x: data.features.values, d, k: data.classes.length, truth: Int32Array.from(data.labels) };
}

function standardized({ x, d, ...rest }) {
  const n = x.length / d;
  const out = new Float32Array(x.length);
  for (let j = 0; j < d; j++) {
    let [sum, squares] = [0, 0];
    for (let i = 0; i < n; i++) sum += x[i * d + j];
    const mean = sum / n;
    for (let i = 0; i < n; i++) squares += (x[i * d + j] - mean) ** 2;
    const sd = Math.sqrt(squares / n);
    for (let i = 0; i < n; i++) out[i * d + j] = sd > 1e-9 ? (x[i * d + j] - mean) / sd : 0;
  }
  return { x: out, d, n, ...rest };
}

const MAPS = {
  /** Weighted sums of the features. */
  linear: ({ x, d }) => ({ x, d }),
  /** Cosines of random directions: a smooth curved boundary. */
  fourier: ({ x, d, n }, seed) => {
    const units = 120;
    const z = normal(seed);
    const next = uniform(seed + 5);
    const w = Float64Array.from({ length: units * d }, () => (z() * 0.7) / Math.sqrt(d));
    const b = Float64Array.from({ length: units }, () => 2 * Math.PI * next());
    const out = new Float32Array(n * units);
    for (let i = 0; i < n; i++) {
      for (let u = 0; u < units; u++) {
        let sum = b[u];
        for (let j = 0; j < d; j++) sum += w[u * d + j] * x[i * d + j];
        out[i * units + u] = Math.cos(sum) * 1.4;
      }
    }
    return { x: out, d: units };
  },
};

async function logistic({ x, d, k }, given, train, test) {
  const { denseDesign } = dist('build', 'learners', 'design.js');
  const { logisticProbabilities, logisticRegression } = dist('build', 'learners', 'logistic-regression.js');
  const take = (rows) => {
    const out = new Float32Array(rows.length * d);
    rows.forEach((row, r) => out.set(x.subarray(row * d, (row + 1) * d), r * d));
    return denseDesign(out, rows.length, d);
  };
  const codes = Int32Array.from(train, (i) => given[i]);
  const model = await logisticRegression(take(train), codes, k, {
    c: 0.3,
    maxIterations: 60,
    tolerance: 1e-3,
  });
  const p = logisticProbabilities(model, take(test));
  return p.length === test.length * k
    ? p
    : Float64Array.from({ length: 2 * p.length }, (_, e) => (e % 2 ? p[e >> 1] : 1 - p[e >> 1]));
}

/** Shares of the labels among the 20 nearest, with a little of every class. */
function neighbours({ x, d, k }, given, train, test) {
  const near = 20;
  const p = new Float64Array(test.length * k).fill(0.02);
  const best = new Float64Array(near);
  const label = new Int32Array(near);
  test.forEach((q, t) => {
    best.fill(Infinity);
    for (const i of train) {
      let sum = 0;
      for (let j = 0; j < d && sum < best[near - 1]; j++) sum += (x[i * d + j] - x[q * d + j]) ** 2;
      if (sum >= best[near - 1]) continue;
      let at = near - 1;
      for (; at > 0 && best[at - 1] > sum; at--) {
        best[at] = best[at - 1];
        label[at] = label[at - 1];
      }
      best[at] = sum;
      label[at] = given[i];
    }
    for (let r = 0; r < near; r++) p[t * k + label[r]] += 1;
    const total = near + 0.02 * k;
    for (let c = 0; c < k; c++) p[t * k + c] /= total;
  });
  return p;
}

/** Out-of-sample probabilities N×K from five folds. */
async function crossValidated(data, given, model, seed) {
  const { n, k } = data;
  const input = MAPS[model] ? { ...MAPS[model](data, seed), k } : data;
  const order = shuffled(range(n), seed + 3);
  const p = new Float64Array(n * k);
  for (let fold = 0; fold < 5; fold++) {
    const test = order.filter((_, place) => place % 5 === fold);
    const train = order.filter((_, place) => place % 5 !== fold);
    const part =
      model === 'neighbours'
        ? neighbours(input, given, train, test)
        : await logistic(input, given, train, test);
    test.forEach((row, t) => {
      for (let c = 0; c < k; c++) p[row * k + c] = part[t * k + c];
    });
  }
  return p;
}

/** p to a power, so that the model is surer than it should be (above 1) or less sure. */
function sharpened(p, k, power) {
  const out = p.map((value) => Math.max(value, 1e-12) ** power);
  for (let at = 0; at < out.length; at += k) {
    let sum = 0;
    for (let c = 0; c < k; c++) sum += out[at + c];
    for (let c = 0; c < k; c++) out[at + c] /= sum;
  }
  return out;
}

/** How labels are spoilt: each takes the true classes and returns the given ones. */
const SPOIL = {
  none: ({ truth }) => truth.slice(),
  uniform: ({ truth, k }, rate, seed) => {
    const next = uniform(seed);
    return truth.map((t) => (next() < rate ? (t + 1 + Math.floor(next() * (k - 1))) % k : t));
  },
  pair: ({ truth, k }, rate, seed) => {
    const next = uniform(seed);
    return truth.map((t) => (next() < rate ? (t + 1) % k : t));
  },
  // Each class has a rate of its own and few classes that it is taken for.
  sparse: ({ truth, k }, rate, seed) => {
    const next = uniform(seed);
    const rates = range(k).map(() => Math.min(0.6, 2 * rate * next()));
    const weights = range(k).map((t) => range(k).map((c) => (c === t || next() < 0.4 ? 0 : next())));
    weights.forEach((row, t) => (row[(t + 1) % k] += 0.05));
    return truth.map((t) => (next() < rates[t] ? draw(weights[t], next()) : t));
  },
  // Those who labelled err where it is hard: by what a second, honest model is unsure of.
  boundary: (data, rate, seed, doubt) => {
    const { truth, k, n } = data;
    const next = uniform(seed);
    const unsure = Float64Array.from(truth, (t, i) => {
      let rival = 0;
      for (let c = 0; c < k; c++) if (c !== t) rival = Math.max(rival, doubt[i * k + c]);
      return rival / (rival + doubt[i * k + t]);
    });
    // The steepness is found that gives the rate.
    let [low, high] = [0, 60];
    const meanRate = (s) => unsure.reduce((sum, u) => sum + Math.min(0.85, s * u * u), 0) / n;
    for (let step = 0; step < 50; step++) {
      const middle = (low + high) / 2;
      if (meanRate(middle) < rate) low = middle;
      else high = middle;
    }
    return truth.map((t, i) => {
      if (next() >= Math.min(0.85, low * unsure[i] ** 2)) return t;
      const weights = range(k).map((c) => (c === t ? 0 : doubt[i * k + c] ** 1.5));
      return draw(weights, next());
    });
  },
  mixed: (data, rate, seed, doubt) => {
    const first = SPOIL.boundary(data, rate / 2, seed, doubt);
    const next = uniform(seed + 9);
    return first.map((g) => (next() < rate / 2 ? (g + 1 + Math.floor(next() * (data.k - 1))) % data.k : g));
  },
};

/** The world of a number: what it is made of is drawn by it. */
function describe(number, part) {
  const seed = (part === 'report' ? 500000 : 1000) + 97 * number;
  const next = uniform(seed);
  const pick = (list) => list[Math.floor(next() * list.length)];
  const noise = pick(NOISES);
  const geometry = pick(GEOMETRIES);
  const d = pick([4, 8, 12]);
  const strong = next() < 0.5;
  return {
    id: `${part} ${number}`,
    ...{ seed, noise, geometry, d },
    n: Math.round(600 * 6 ** next()),
    k: pick([2, 3, 5, 8, 10]),
    apart: strong ? 3 : 1.6,
    rate: noise === 'none' ? 0 : 0.03 + 0.32 * next(),
    model: pick(MODELS),
    power: pick(POWERS),
  };
}

/** Makes a world: `{ n, k, given, p, wrong, world }`. */
async function makeWorld(number, part) {
  const world = describe(number, part);
  const { seed, geometry, noise, rate, model, power } = world;
  const made = standardized(
    geometry === 'regions' ? regions(world) : geometry === 'blobs' ? blobs(world) : bundled(geometry),
  );
  const least = made.k === 2 ? 0.5 : 1;
  // What a person would doubt: an honest model that has seen the true classes, on other folds.
  const doubt = ['boundary', 'mixed'].includes(noise)
    ? sharpened(
        await crossValidated(made, made.truth, model === 'neighbours' ? 'linear' : 'fourier', seed + 11),
        made.k,
        1,
      )
    : null;
  const given = SPOIL[noise](made, rate * least, seed + 7, doubt);
  const p = sharpened(await crossValidated(made, given, model, seed + 23), made.k, power);
  const wrong = Uint8Array.from(given, (g, i) => (g === made.truth[i] ? 0 : 1));
  return { n: made.n, k: made.k, given: Int32Array.from(given), p, wrong, world };
}

/** A world from a folder where it was made before, else made and kept there; without a folder it is made. */
async function worldOf(number, part, folder) {
  if (!folder) return await makeWorld(number, part);
  const path = join(folder, `${part}-${number}.bin`);
  if (!existsSync(path)) {
    const { n, k, given, p, wrong } = await makeWorld(number, part);
    const parts = [Int32Array.of(n, k, 0, 0), p, given, Int32Array.from(wrong)];
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, Buffer.concat(parts.map((own) => Buffer.from(own.buffer))));
  }
  const bytes = new Uint8Array(readFileSync(path)).buffer;
  const [n, k] = new Int32Array(bytes, 0, 2);
  const p = new Float64Array(bytes, 16, n * k);
  const given = new Int32Array(bytes, 16 + 8 * n * k, n);
  const wrong = Uint8Array.from(new Int32Array(bytes, 16 + 8 * n * k + 4 * n, n));
  return { n, k, given, p, wrong, world: describe(number, part) };
}

module.exports = { argmax, worldOf };
