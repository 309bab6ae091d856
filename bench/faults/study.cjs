'use strict';
// node bench/faults/study.cjs [--part calibration|report|both] [--seeds N] [--plant NAME] [--refresh] [--train]
// Judges the kept logs with the built library: who is alarmed for nothing, which faults are not named, and how the scores
// of each symptom lie on healthy runs and on the faults that list it. `--train` only trains what is not kept.
const { parseArgs } = require('node:util');
const { wilson } = require('../common/wilson.cjs');
const { expectedOf, listCases, withSeeds } = require('./cases.cjs');
const { judge, symptomsOf } = require('./judge.cjs');
const { logsOf } = require('./logs.cjs');

const shown = (value) => (Number.isFinite(value) ? Number(value.toPrecision(3)).toString() : '—');
const quantile = (sorted, q) => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))];
const short = ({ part, plant, task, architecture, seed }) =>
  `${part === 'report' ? 'R' : 'C'} ${plant.padEnd(28)} ${`${task}/${architecture}/${seed}`.padEnd(28)}`;

function share(label, hits, n) {
  const [low, high] = wilson(hits, n).map((end) => (100 * end).toFixed(1));
  console.log(`${label.padEnd(34)} ${hits} of ${n} = ${((100 * hits) / n).toFixed(1)} % [${low}, ${high}]`);
}

function tellCases(results) {
  console.log('\n== alarms on healthy and odd runs');
  for (const one of results) {
    if (one.group === 'fault' || one.codes.length === 0) continue;
    const told = one.told.map(
      ({ code, score, threshold }) => `${code} ${shown(score)} (>= ${shown(threshold)})`,
    );
    console.log(`${one.group.padEnd(7)} ${short(one)} ${told.join(', ')}`);
  }
  console.log('\n== faults not named: what was found instead; scores of what should have been');
  for (const one of results) {
    if (one.group !== 'fault' || one.named) continue;
    const missed = expectedOf(one).symptoms.map((code) => `${code} ${shown(one.scores[code])}`);
    console.log(`${short(one)} ${one.codes.join(', ') || 'nothing'} | ${missed.join(', ')}`);
  }
  console.log('\n== named, but another cause comes first');
  for (const one of results) {
    if (one.group !== 'fault' || !one.named || one.causeBefore || one.refused) continue;
    const { code, causes } = one.fitting;
    const ranked = causes.slice(0, 3).map(({ id, weight }) => `${id} ${shown(weight)}`);
    console.log(`${short(one)} ${code}: ${ranked.join(', ')}`);
  }
}

/** Each way in which a check failed, and one case where it did. */
function tellFailures(results) {
  const cases = new Map();
  for (const one of results) {
    for (const why of one.failed) cases.set(why, [...(cases.get(why) ?? []), one.id]);
  }
  if (cases.size > 0) console.log('== checks that failed');
  for (const [why, ids] of cases) console.log(`${why} (${ids.length} cases, as ${ids[0]})`);
}

function tellScores(results) {
  console.log(
    '\n== code: threshold | healthy: highest, on which | faults that list it: n, told, least, 20 %, median',
  );
  for (const { code, scale, threshold } of symptomsOf()) {
    const scored = (of) =>
      results
        .filter((one) => of(one) && one.scores[code] !== undefined)
        .sort((a, b) => a.scores[code] - b.scores[code]);
    const healthy = scored(({ group }) => group !== 'fault');
    const listing = results.filter(
      (one) => one.group === 'fault' && expectedOf(one).symptoms.includes(code) && !one.refused,
    );
    const scores = listing.map((one) => one.scores[code] ?? -Infinity).sort((a, b) => a - b);
    const most = healthy.at(-1);
    const told = listing.filter((one) => one.codes.includes(code)).length;
    const faults =
      scores.length === 0
        ? 'none'
        : `${scores.length}, ${told}, ${shown(scores[0])}, ${shown(quantile(scores, 0.2))}, ${shown(quantile(scores, 0.5))}`;
    console.log(
      `${code.padEnd(28)} ${scale} ${shown(threshold).padEnd(8)} | ` +
        `${most ? `${shown(most.scores[code])} ${most.plant}/${most.task}/${most.architecture}/${most.seed}` : '—'} | ${faults}`,
    );
  }
}

function tellTotals(results, part) {
  const [healthy, odd, faults] = ['healthy', 'odd', 'fault'].map((own) =>
    results.filter(({ group }) => group === own),
  );
  const loud = (runs) => runs.filter(({ codes }) => codes.length > 0).length;
  const sum = (runs, of) => runs.reduce((total, one) => total + one[of], 0);
  console.log(`\n== ${part}`);
  if (healthy.length + odd.length > 0) {
    share('any false alarm, healthy', loud(healthy), healthy.length);
    share('any false alarm, odd', loud(odd), odd.length);
    share('any false alarm, both', loud(healthy) + loud(odd), healthy.length + odd.length);
  }
  share('symptom named', sum(faults, 'named'), faults.length);
  share('cause first, before confirm()', sum(faults, 'causeBefore'), faults.length);
}

async function main() {
  const { values } = parseArgs({
    options: {
      part: { type: 'string', default: 'both' },
      seeds: { type: 'string', default: '1' },
      plant: { type: 'string' },
      refresh: { type: 'boolean', default: false },
      train: { type: 'boolean', default: false },
    },
  });
  const parts = values.part === 'both' ? ['calibration', 'report'] : [values.part];
  const cases = parts
    .flatMap((part) => listCases(part, withSeeds(Number(values.seeds))))
    .filter(({ plant }) => values.plant === undefined || plant === values.plant);
  const entries = await logsOf(cases, { refresh: values.refresh, log: (text) => console.error(text) });
  if (values.train) return;
  const begun = performance.now();
  const results = entries.map((entry) => ({ ...entry, ...judge(entry), log: null }));
  tellFailures(results);
  tellCases(results);
  tellScores(results);
  for (const part of parts)
    tellTotals(
      results.filter((one) => one.part === part),
      part,
    );
  console.error(`judged ${results.length} logs in ${((performance.now() - begun) / 1000).toFixed(1)} s`);
}

main().then(
  () => process.exit(0),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
