'use strict';
// Tasks that the checks and their thresholds have not seen while they were made: rates are told of these.
const { library, made } = require('./data.cjs');
const { normal, range, uniform } = require('../common/random.cjs');

/** Points in space: a ball within a shell. */
function shells(seed) {
  const [next, noise] = [uniform(seed), normal(seed + 1)];
  return made(
    'shells',
    range(800).map((i) => {
      const way = range(3).map(() => noise());
      const length = Math.hypot(...way);
      const radius = (i % 2 ? 1.6 : 0.8) + 0.25 * noise() + 0.2 * next();
      return { x: way.map((value) => (radius * value) / length), y: i % 2 ? 'shell' : 'ball' };
    }),
  );
}

/** Twenty columns of which six count, two by their product. */
function purchases(seed) {
  const [noise, next] = [normal(seed), uniform(seed + 1)];
  return made(
    'purchases',
    range(1300).map(() => {
      const x = range(20).map(() => noise());
      const leaning = 1.4 * x[0] - x[1] + 0.8 * x[2] + 1.5 * x[3] * x[4] + 0.6 * Math.abs(x[5]) - 0.5;
      return { x, y: next() < 1 / (1 + Math.exp(-2 * leaning)) ? 'buys' : 'leaves' };
    }),
  );
}

/** Counts that grow by factors, told by their logarithm. */
function visits(seed) {
  const [next, noise] = [uniform(seed), normal(seed + 1)];
  return made(
    'visits',
    range(1000).map(() => {
      const x = [Math.floor(7 * next()), next() < 0.3 ? 1 : 0, noise(), Math.exp(0.5 * noise()), noise()];
      const level = 0.25 * Math.abs(x[0] - 3) + 0.7 * x[1] + 0.4 * x[2] - 0.5 * Math.log(x[3]);
      return { x, y: level - 0.75 + 0.2 * noise() };
    }),
    { task: 'regression' },
  );
}

/** Miles per gallon of real cars, prepared and standardised. */
function cars() {
  const raw = library().datasets.cars();
  const data = library().prepare(raw).apply(raw);
  const mean = data.labels.reduce((sum, value) => sum + value / data.n, 0);
  const sd = Math.sqrt(data.labels.reduce((sum, value) => sum + (value - mean) ** 2 / data.n, 0));
  const { columns, roles, preparation, ...plain } = data;
  void [columns, roles, preparation];
  return { ...plain, labels: data.labels.map((value) => (value - mean) / sd) };
}

/** Six kinds that lie close together in fifteen dimensions. */
function species(seed) {
  const [noise, centre] = [normal(seed), normal(31)];
  const centres = range(6).map(() => range(15).map(() => 0.7 * centre()));
  return made(
    'species',
    range(1200).map((i) => ({ x: centres[i % 6].map((middle) => middle + noise()), y: `species ${i % 6}` })),
  );
}

/** Ninety patients with five measures. */
function patients(seed) {
  const noise = normal(seed);
  return made(
    'patients',
    range(130).map((i) => ({
      x: range(5).map((c) => noise() + (c < 3 ? 1.1 : 0) * (i % 2)),
      y: i % 2 ? 'ill' : 'well',
    })),
  );
}

/** One part in fifteen fails, by two measures out of range at once. */
function failures(seed) {
  const [noise, next] = [normal(seed), uniform(seed + 1)];
  return made(
    'failures',
    range(1800).map(() => {
      const fails = next() < 1 / 15;
      return { x: range(7).map((c) => noise() + (fails && c < 3 ? 1.8 : 0)), y: fails ? 'fails' : 'holds' };
    }),
  );
}

/** Strokes across a field of ten by ten, at any place, under noise. */
function strokes(seed) {
  const [next, noise] = [uniform(seed), normal(seed + 1)];
  const inks = {
    level: (x, y) => Math.abs(y) < 0.8,
    upright: (x) => Math.abs(x) < 0.8,
    rising: (x, y) => Math.abs(x + y) < 1.1,
  };
  const names = Object.keys(inks);
  return made(
    'strokes',
    range(900).map((i) => {
      const y = names[i % names.length];
      const [right, down] = [2 + 6 * next(), 2 + 6 * next()];
      const ink = (at) => Number(inks[y]((at % 10) - right, Math.floor(at / 10) - down));
      return { x: range(100).map((at) => ink(at) + 0.35 * noise()), y };
    }),
    { shape: [10, 10, 1] },
  );
}

/** Tones of forty steps that rise, fall or stay. */
function tones(seed) {
  const [next, noise] = [uniform(seed), normal(seed + 1)];
  const bends = { rises: 0.006, falls: -0.006, stays: 0 };
  const names = Object.keys(bends);
  return made(
    'tones',
    range(900).map((i) => {
      const y = names[i % names.length];
      const [speed, phase] = [0.35 + 0.1 * next(), 6.28 * next()];
      return { x: range(40).map((t) => Math.sin(phase + speed * t + bends[y] * t * t) + 0.25 * noise()), y };
    }),
    { shape: [40, 1] },
  );
}

/** Texts of 20 words out of 60 in five topics, of which each likes nine words. */
function articles(seed) {
  const next = uniform(seed);
  return made(
    'articles',
    range(1100).map((i) => {
      const at = i % 5;
      const word = () => (next() < 0.35 ? at * 11 + Math.floor(next() * 9) : Math.floor(next() * 60));
      return { x: range(20).map(() => 1 + word()), y: `topic ${at}` };
    }),
  );
}

/** Any of three symptoms, each by two measures of its own, one of them only where both are high. */
function symptoms(seed) {
  const noise = normal(seed);
  return made(
    'symptoms',
    range(1000).map(() => {
      const x = range(9).map(() => noise());
      const has = [x[0] + x[1] > 0.6, x[2] - x[3] > 0.2, x[4] > 0 && x[5] > -0.3];
      return { x, y: ['fever', 'cough', 'rash'].filter((_, k) => has[k]) };
    }),
    { task: 'multi-label' },
  );
}

const HELD_OUT_TASKS = {
  shells: { part: 'report', kind: 'table', load: shells, epochs: 25, rate: 0.005 },
  purchases: { part: 'report', kind: 'table', load: purchases, epochs: 12, rate: 0.003 },
  visits: { part: 'report', kind: 'table', load: visits, epochs: 20, rate: 0.005 },
  cars: { part: 'report', kind: 'table', load: cars, epochs: 30, rate: 0.005 },
  species: { part: 'report', kind: 'table', load: species, epochs: 12, rate: 0.005 },
  patients: { part: 'report', kind: 'table', load: patients, epochs: 20, rate: 0.005 },
  failures: { part: 'report', kind: 'table', load: failures, epochs: 12, rate: 0.005 },
  symptoms: { part: 'report', kind: 'table', load: symptoms, epochs: 15, rate: 0.005 },
  strokes: { part: 'report', kind: 'image', load: strokes, epochs: 12, rate: 0.003 },
  tones: { part: 'report', kind: 'series', load: tones, epochs: 20, rate: 0.005 },
  articles: { part: 'report', kind: 'text', load: articles, epochs: 12, rate: 0.005 },
};

module.exports = { HELD_OUT_TASKS };
