'use strict';
// What there is to learn: real data that come with the package, and made-up data of which the truth is known.
const { drawn, library, made, standardisedBy } = require('./data.cjs');
const { HELD_OUT_TASKS } = require('./held-out-tasks.cjs');
const { normal, range, uniform } = require('../common/random.cjs');

const bundled = (name) => () => library().datasets[name]();

/** Two half circles that reach into each other. */
function moons(seed) {
  const [next, noise] = [uniform(seed), normal(seed + 1)];
  return made(
    'moons',
    range(700).map((i) => {
      const [angle, y] = [Math.PI * next(), i % 2];
      const x = y === 0 ? [Math.cos(angle), Math.sin(angle)] : [1 - Math.cos(angle), 0.5 - Math.sin(angle)];
      return { x: x.map((value) => value + 0.15 * noise()), y: y === 0 ? 'upper' : 'lower' };
    }),
  );
}

/** Friedman's first regression problem: five columns that count, five that do not. */
function friedman(seed) {
  const [next, noise] = [uniform(seed), normal(seed + 1)];
  return made(
    'friedman',
    range(900).map(() => {
      const x = range(10).map(next);
      const y = 10 * Math.sin(Math.PI * x[0] * x[1]) + 20 * (x[2] - 0.5) ** 2 + 10 * x[3] + 5 * x[4];
      return { x, y: (y + noise() - 14.4) / 5 };
    }),
    { task: 'regression' },
  );
}

/** A clear non-linear regression of three columns, the target centred. */
function waves(seed) {
  const [next, noise] = [uniform(seed), normal(seed + 1)];
  return made(
    'waves',
    range(800).map(() => {
      const x = range(3).map(() => 2 * next() - 1);
      return { x, y: Math.sin(3 * x[0]) + x[1] * x[2] + 0.1 * noise() };
    }),
    { task: 'regression' },
  );
}

/** Clouds of points: one class in `shares`, with a share of the labels drawn anew. */
function clouds(name, { n, dimensions, apart, shares, noisy = 0 }) {
  return (seed) => {
    const [next, noise, centre] = [uniform(seed), normal(seed + 1), normal(77)];
    const centres = shares.map(() => range(dimensions).map(() => apart * centre()));
    const total = shares.reduce((sum, share) => sum + share, 0);
    const rows = range(n).map(() => {
      let [at, rest] = [0, next() * total];
      while (at < shares.length - 1 && rest > shares[at]) rest -= shares[at++];
      const x = centres[at].map((middle) => middle + noise());
      const wrong = next() < noisy;
      return { x, y: `class ${wrong ? Math.floor(next() * shares.length) : at}` };
    });
    return made(name, rows);
  };
}

/** Any of several labels, each on one side of a plane of its own, the last on one side of a curved one. */
function several(name, { n, dimensions, labels }) {
  return (seed) => {
    const [noise, plane] = [normal(seed), normal(78)];
    const planes = range(labels).map(() => range(dimensions).map(plane));
    const rows = range(n).map(() => {
      const x = range(dimensions).map(noise);
      const sides = planes.map((own, k) => {
        const side = own.reduce((sum, weight, j) => sum + weight * x[j], 0) / Math.sqrt(dimensions);
        return (k === labels - 1 ? side + x[0] * x[1] : side) + 0.2 * noise() > 0.4 * (k - 1);
      });
      return { x, y: range(labels).flatMap((k) => (sides[k] ? [`label ${k}`] : [])) };
    });
    return made(name, rows, { task: 'multi-label' });
  };
}

/** Rings, crosses, bars and squares, 12 by 12, moved about, under noise. */
function shapes(seed) {
  const [next, noise] = [uniform(seed), normal(seed + 1)];
  const inks = {
    ring: (x, y) => Math.abs(Math.hypot(x, y) - 3) < 0.8,
    cross: (x, y) => (Math.abs(x) < 0.8 || Math.abs(y) < 0.8) && Math.max(Math.abs(x), Math.abs(y)) < 3.5,
    bar: (x, y) => Math.abs(x) < 1 && Math.abs(y) < 4,
    square: (x, y) => Math.abs(Math.max(Math.abs(x), Math.abs(y)) - 3) < 0.8,
  };
  const names = Object.keys(inks);
  return made(
    'shapes',
    range(1000).map((i) => {
      const y = names[i % names.length];
      const [right, down] = [6 + 3 * (next() - 0.5), 6 + 3 * (next() - 0.5)];
      const ink = (at) => Number(inks[y]((at % 12) - right, Math.floor(at / 12) - down));
      return { x: range(144).map((at) => ink(at) + 0.4 * noise()), y };
    }),
    { shape: [12, 12, 1] },
  );
}

/** Sines, squares and saws of 48 steps, at any phase, under noise. */
function signals(seed) {
  const [next, noise] = [uniform(seed), normal(seed + 1)];
  const forms = {
    sine: (t) => Math.sin(2 * Math.PI * t),
    square: (t) => (t % 1 < 0.5 ? 1 : -1),
    saw: (t) => 2 * (t % 1) - 1,
  };
  const names = Object.keys(forms);
  return made(
    'signals',
    range(720).map((i) => {
      const y = names[i % names.length];
      const [speed, phase] = [0.05 + 0.04 * next(), next()];
      return { x: range(48).map((t) => forms[y](t * speed + phase) + 0.3 * noise()), y };
    }),
    { shape: [48, 1] },
  );
}

/** Sentences of 16 words out of 60: each class has words that it likes. */
function words(name, { classes, liking, n = 800 }) {
  return (seed) => {
    const next = uniform(seed);
    return made(
      name,
      range(n).map((i) => {
        const at = i % classes;
        const word = () => (next() < liking ? at * 8 + Math.floor(next() * 8) : Math.floor(next() * 60));
        return { x: range(16).map(() => 1 + word()), y: `topic ${at}` };
      }),
    );
  };
}

/**
 * `kind` decides the architectures (but for those in `not`, which are too simple), `epochs` and `rate` are what a sensible person takes. Thresholds are set on the part
 * `calibration`; rates are told of the part `report`, whose tasks and architectures the thresholds have not seen.
 */
const TASKS = {
  digits: { part: 'calibration', kind: 'image', load: bundled('digits'), epochs: 8, rate: 0.003 },
  wine: { part: 'calibration', kind: 'table', load: bundled('wine'), epochs: 25, rate: 0.01 },
  moons: { part: 'calibration', kind: 'table', load: moons, epochs: 25, rate: 0.01, not: ['linear'] },
  friedman: { part: 'calibration', kind: 'table', load: friedman, epochs: 25, rate: 0.005, not: ['linear'] },
  rare: {
    part: 'calibration',
    kind: 'table',
    load: clouds('rare', { n: 1500, dimensions: 6, apart: 0.9, shares: [92, 8] }),
    epochs: 12,
    rate: 0.005,
  },
  signals: { part: 'calibration', kind: 'series', load: signals, epochs: 15, rate: 0.005 },
  topics: {
    part: 'calibration',
    kind: 'text',
    load: words('topics', { classes: 4, liking: 0.4, n: 1200 }),
    epochs: 8,
    rate: 0.005,
  },
  topicTags: {
    part: 'calibration',
    kind: 'table',
    load: several('topic tags', { n: 1000, dimensions: 8, labels: 4 }),
    epochs: 20,
    rate: 0.005,
  },
  breastCancer: {
    part: 'calibration',
    kind: 'table',
    load: bundled('breastCancer'),
    epochs: 10,
    rate: 0.005,
  },
  iris: { part: 'calibration', kind: 'table', load: bundled('iris'), epochs: 40, rate: 0.01 },
  waves: { part: 'calibration', kind: 'table', load: waves, epochs: 25, rate: 0.005, not: ['linear'] },
  hard: {
    part: 'calibration',
    kind: 'table',
    load: clouds('hard', { n: 1200, dimensions: 8, apart: 0.5, shares: [1, 1, 1, 1], noisy: 0.1 }),
    epochs: 8,
    rate: 0.005,
  },
  longTail: {
    part: 'calibration',
    kind: 'table',
    load: clouds('long tail', { n: 1500, dimensions: 10, apart: 0.9, shares: [60, 24, 10, 6] }),
    epochs: 12,
    rate: 0.005,
  },
  shapes: { part: 'calibration', kind: 'image', load: shapes, epochs: 10, rate: 0.003 },
  speakers: { part: 'calibration', kind: 'series', load: bundled('vowels'), epochs: 15, rate: 0.005 },
  mail: {
    part: 'calibration',
    kind: 'text',
    load: words('mail', { classes: 2, liking: 0.2, n: 1600 }),
    epochs: 12,
    rate: 0.01,
  },
  attributes: {
    part: 'calibration',
    kind: 'table',
    load: several('attributes', { n: 1200, dimensions: 12, labels: 5 }),
    epochs: 15,
    rate: 0.005,
  },
  ...HELD_OUT_TASKS,
};

/** A task's data, split at random 70 to 30: as they come, and standardised by the training part where they are no tokens. */
function dataOf(id, seed) {
  const { load, kind } = TASKS[id];
  const raw = drawn(load(seed + 1), 0.7, seed + 101);
  if (kind === 'text') return { raw, ...raw };
  const [train, validation] = [raw.train, raw.validation].map((part) => standardisedBy(part, raw.train));
  return { raw, train, validation };
}

module.exports = { TASKS, dataOf };
