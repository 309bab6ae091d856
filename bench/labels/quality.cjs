'use strict';
// How well the default finds wrong labels in worlds that its constants were not fitted on, beside cleanlab's default and the
// plain "predicted is not given"; and how often the true precision of its list lies in the interval that it states.
const { existsSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { gunzipSync } = require('node:zlib');
const { wilson } = require('../common/wilson.cjs');
const { asPredictions } = require('./speed.cjs');
const { worldOf } = require('./worlds.cjs');

const RULES = ['auto', 'prune_by_noise_rate', 'predicted_neq_given'];
const mean = (values) => values.reduce((a, b) => a + b, 0) / values.length;

/** Precision, recall and F1 of a list. */
function scoresOf({ issues }, wrong) {
  const hits = issues.reduce((sum, { index }) => sum + wrong[index], 0);
  const all = wrong.reduce((a, b) => a + b, 0);
  return {
    precision: issues.length > 0 ? hits / issues.length : NaN,
    recall: hits / all,
    f1: (2 * hits) / (issues.length + all),
  };
}

function judge(world) {
  const { labelIssues } = require(join(__dirname, '..', '..', 'dist'));
  const predictions = asPredictions(world);
  const found = RULES.map((filterBy) => labelIssues(predictions, { filterBy }));
  const [{ issues, precision, noise }] = found;
  const scores = found.map((one) => scoresOf(one, world.wrong));
  const [low, high] = precision.interval;
  const inside =
    issues.length === 0 || (scores[0].precision >= low - 1e-9 && scores[0].precision <= high + 1e-9);
  return { scores, inside, expected: precision.value, flagged: issues.length / world.n, kind: noise.kind };
}

const row = (id, metric, values, unit = '') => ({ id, metric, value: mean(values), unit, n: values.length });

/** The rows of one kind of noise. */
function kindRows(noise, judged) {
  const rows = [];
  if (noise === 'none')
    rows.push(
      row(
        'none',
        'flagged',
        judged.map(({ flagged }) => flagged),
        'share',
      ),
    );
  else {
    RULES.forEach((rule, r) =>
      ['f1', 'precision', 'recall'].forEach((what) => {
        const values = judged.map(({ scores }) => scores[r][what]).filter((value) => !Number.isNaN(value));
        rows.push(row(noise, `${what}, ${rule}`, values));
      }),
    );
  }
  const expected = judged.map(({ expected: value }) => value).filter((value) => !Number.isNaN(value));
  return [...rows, row(noise, 'expected precision', expected)];
}

/** A file of the shared data, if it is there. */
function sharedRows() {
  const folders = ['..', '../..'].map((up) => join(__dirname, '..', '..', up, 'shared', 'data'));
  const folder = folders.find((one) => existsSync(one));
  if (!folder) return [];
  const files = [
    ['cifar10-noise20-resnet18', 0.95, ([given, truth]) => Number(given !== truth)],
    ['roman-numeral-resnet18', 0.47, ([, wrong]) => wrong],
  ];
  return files.flatMap(([name, floor, wrongOf]) => {
    const lines = gunzipSync(readFileSync(join(folder, `${name}.csv.gz`)))
      .toString()
      .trim()
      .split('\n')
      .slice(1);
    const cells = lines.map((line) => line.split(',').map(Number));
    const world = {
      n: cells.length,
      k: 10,
      given: Int32Array.from(cells, ([given]) => given),
      p: Float64Array.from(cells.flatMap((own) => own.slice(2))),
      wrong: Uint8Array.from(cells, wrongOf),
    };
    const { scores, expected } = judge(world);
    const n = world.n;
    const rows = RULES.map((rule, r) => ({
      id: name,
      metric: `f1, ${rule}`,
      value: scores[r].f1,
      unit: '',
      n,
    }));
    rows[0] = { ...rows[0], floor: `>= ${floor}`, holds: scores[0].f1 >= floor };
    return [
      ...rows,
      { id: name, metric: 'expected precision', value: expected, unit: '', n },
      { id: name, metric: 'true precision', value: scores[0].precision, unit: '', n },
    ];
  });
}

/** Worlds of the part `report` below this number were looked at while the rule was made; floors are held on those from it on. */
const FIRST = 1000;

/** The worlds of the part `report`, by kind of noise, and what holds of all. */
async function qualityRows({ quick, log, folder }) {
  const byNoise = new Map();
  for (let number = 0; number < (quick ? 24 : 200); number++) {
    const world = await worldOf(FIRST + number, 'report', folder);
    const { noise } = world.world;
    byNoise.set(noise, [...(byNoise.get(noise) ?? []), judge(world)]);
    if (number % 20 === 19) log(`${number + 1} worlds`);
  }
  const rows = [...byNoise]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([noise, judged]) => kindRows(noise, judged));
  const all = [...byNoise.values()].flat();
  const noisy = [...byNoise].filter(([noise]) => noise !== 'none').flatMap(([, judged]) => judged);
  const [own, ...others] = RULES.map((_, r) => mean(noisy.map(({ scores }) => scores[r].f1)));
  const inside = all.filter((one) => one.inside).length;
  const coverage = {
    value: inside / all.length,
    unit: 'share',
    interval: wilson(inside, all.length),
    n: all.length,
  };
  return [
    ...sharedRows(),
    ...rows,
    {
      id: 'all noise',
      metric: 'f1, auto',
      value: own,
      unit: '',
      n: noisy.length,
      floor: `> ${Math.max(...others).toFixed(3)}`,
      holds: own > Math.max(...others),
    },
    ...others.map((value, r) => ({
      id: 'all noise',
      metric: `f1, ${RULES[r + 1]}`,
      value,
      unit: '',
      n: noisy.length,
    })),
    // Two dozen worlds are too few to judge a share of 95 %.
    {
      id: 'all',
      metric: 'coverage at 95 %',
      ...coverage,
      ...(quick ? {} : { floor: '>= 0.9', holds: inside / all.length >= 0.9 }),
    },
  ];
}

module.exports = { qualityRows };
