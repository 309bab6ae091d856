'use strict';
// node bench/faults/calibrate.cjs [--seeds N] [--dry]
// Sets the thresholds of src/suspect/calibration.json on the calibration part, and tells what they do there and, as an
// estimate free of their own tasks, on each task when they are set without it. Build again afterwards.
const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { parseArgs } = require('node:util');
const { wilson } = require('../common/wilson.cjs');
const { expectedOf, listCases, withSeeds } = require('./cases.cjs');
const { loudScores, symptomsOf } = require('./judge.cjs');
const { logsOf } = require('./logs.cjs');

const FILE = join(__dirname, '..', '..', 'src', 'suspect', 'calibration.json');

/** How far from the highest healthy score to the scores of the faults a threshold stands. */
const WAY = 0.35;
/** By what share of itself it stands above the highest healthy score where no fault shows the symptom. */
const MARGIN = 0.25;

const quantile = (values, q) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))];
};

const lists = (one, code) => expectedOf(one).symptoms.includes(code);

/**
 * The threshold of a code by the scores of healthy runs and of the faults that list it; none where no healthy run scores.
 * Scores of faults reach from just above the healthy ones to a million of them: between positive ones the way is one of
 * ratios, so that one fault that cries out does not raise the bar for those that speak.
 */
function thresholdBetween(healthy, faults, space) {
  if (healthy.length === 0) return undefined;
  const highest = Math.max(...healthy);
  const above = faults.filter((score) => score > highest);
  if (above.length === 0) return highest + MARGIN * Math.abs(highest);
  const low = Math.min(quantile(above, 0.2), Number.MAX_VALUE);
  if (space === 'ratio' && highest > 0) return highest * (low / highest) ** WAY;
  return highest + WAY * (low - highest);
}

/** Thresholds by code, of those that stand above what the symptom asks for anyway. */
function thresholdsFrom(results, symptoms, space = 'ratio') {
  const thresholds = {};
  for (const { code, scale, floor } of symptoms) {
    if (scale === 'fact') continue;
    const scoresOf = (of) =>
      results.filter((one) => of(one) && one.scores[code] !== undefined).map(({ scores }) => scores[code]);
    const healthy = scoresOf(({ group }) => group !== 'fault');
    const highest = Math.max(...healthy, -Infinity);
    const threshold = thresholdBetween(
      healthy,
      scoresOf((one) => lists(one, code)),
      space,
    );
    // What no healthy run comes near needs no more than is worth telling anyway.
    const near = highest + MARGIN * Math.abs(highest) > floor;
    if (near && threshold > floor) thresholds[code] = Number(threshold.toPrecision(3));
  }
  return thresholds;
}

/** Codes that are told of a case under some thresholds. */
const toldOf = ({ scores }, symptoms, thresholds) =>
  symptoms
    .filter(({ code, floor }) => scores[code] >= Math.max(floor, thresholds[code] ?? -Infinity))
    .map(({ code }) => code);

/** Runs that raise a false alarm, and faults that are named, under thresholds set by `thresholdsOf(case)`. */
function countUnder(results, symptoms, thresholdsOf) {
  const count = { alarms: 0, healthy: 0, named: 0, faults: 0, codes: {} };
  for (const one of results) {
    const told = toldOf(one, symptoms, thresholdsOf(one));
    if (one.group === 'fault') {
      count.faults++;
      count.named += Number(one.refused ? lists(one, 'refused') : told.some((code) => lists(one, code)));
    } else {
      count.healthy++;
      count.alarms += Number(told.length > 0);
      for (const code of told) count.codes[code] = (count.codes[code] ?? 0) + 1;
    }
  }
  return count;
}

/** Each task is judged by thresholds that were set without it. */
function leaveOneTaskOut(results, symptoms, space) {
  const without = {};
  for (const task of new Set(results.map((one) => one.task))) {
    without[task] = thresholdsFrom(
      results.filter((one) => one.task !== task),
      symptoms,
      space,
    );
  }
  return countUnder(results, symptoms, ({ task }) => without[task]);
}

function tell(label, { alarms, healthy, named, faults, codes }) {
  const percent = (hits, n) =>
    `${hits} of ${n} = ${((100 * hits) / n).toFixed(1)} % [${wilson(hits, n)
      .map((end) => (100 * end).toFixed(1))
      .join(', ')}]`;
  console.log(`${label}: false alarms ${percent(alarms, healthy)}, named ${percent(named, faults)}`);
  const worst = Object.entries(codes).sort((a, b) => b[1] - a[1]);
  if (worst.length > 0) console.log(`  by ${worst.map(([code, n]) => `${code} ${n}`).join(', ')}`);
}

async function main() {
  const { values } = parseArgs({
    options: { seeds: { type: 'string', default: '4' }, dry: { type: 'boolean', default: false } },
  });
  const log = (text) => console.error(text);
  const scored = async (part) =>
    (await logsOf(listCases(part, withSeeds(Number(values.seeds))), { log })).map(({ log: own, ...one }) => ({
      ...one,
      scores: own ? loudScores(own) : {},
    }));
  const results = await scored('calibration');
  const symptoms = symptomsOf();
  const thresholds = thresholdsFrom(results, symptoms);
  for (const [code, threshold] of Object.entries(thresholds)) console.log(`${code.padEnd(28)} ${threshold}`);
  tell(
    'calibration, without thresholds of its own',
    countUnder(results, symptoms, () => ({})),
  );
  for (const space of ['ratio', 'difference']) {
    const own = thresholdsFrom(results, symptoms, space);
    tell(
      `calibration, way by ${space}`,
      countUnder(results, symptoms, () => own),
    );
    tell(`calibration, way by ${space}, each task left out`, leaveOneTaskOut(results, symptoms, space));
  }
  tell(
    'report',
    countUnder(await scored('report'), symptoms, () => thresholds),
  );
  if (values.dry) return;
  const date = new Date().toISOString().slice(0, 10);
  const before = JSON.parse(readFileSync(FILE, 'utf8'));
  writeFileSync(FILE, JSON.stringify({ ...before, date, thresholds }, null, 2) + '\n');
}

module.exports = { leaveOneTaskOut, thresholdBetween, thresholdsFrom };

if (require.main === module) {
  main().then(
    () => process.exit(0),
    (error) => {
      console.error(error);
      process.exit(1);
    },
  );
}
