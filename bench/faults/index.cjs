'use strict';
// How often the checks speak up on healthy runs, and how often they name a planted fault.
// The full suite writes the counts on the reporting tasks to src/suspect/false-alarms.json.
const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { CALIBRATION, REPORT, library } = require('./tasks.cjs');
const { ARCHITECTURES, FAULTS, healthy } = require('./runs.cjs');

const COUNTS = join(__dirname, '..', '..', 'src', 'suspect', 'false-alarms.json');

/** Ids of the checks that speak up, and of those that looked at all. */
async function judge({ build, train, options }) {
  const { diagnose, fit } = library();
  const run = await fit(build, train, options);
  try {
    const { outcomes } = diagnose(run);
    const failed = outcomes.find(({ status }) => status === 'failed');
    if (failed) throw new Error(`${failed.check}: ${failed.reason}`);
    const among = (...statuses) =>
      outcomes.filter(({ status }) => statuses.includes(status)).map(({ check }) => check);
    return { alarms: among('found'), looked: among('found', 'nothing-found') };
  } finally {
    run.dispose?.();
  }
}

/** Wilson's interval at 95 %. */
function wilson(successes, n) {
  const z = 1.959964;
  const [share, scale] = [successes / n, 1 + z ** 2 / n];
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / n + z ** 2 / (4 * n * n));
  const centre = (share + z ** 2 / (2 * n)) / scale;
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
}

const row = (id, metric, hits, n, floor) => ({
  id,
  metric,
  value: hits / n,
  unit: 'share',
  interval: wilson(hits, n),
  n,
  ...floor,
});

async function healthyRows(tasks, part, seeds, log) {
  const counts = {};
  let [runs, any] = [0, 0];
  for (const task of tasks) {
    for (const architecture of Object.keys(ARCHITECTURES)) {
      for (let seed = 0; seed < seeds; seed++) {
        const { alarms, looked } = await judge(healthy(task, architecture, seed));
        runs++;
        if (alarms.length > 0) {
          any++;
          log(`healthy ${task} ${architecture} seed ${seed}: ${alarms.join(', ')}`);
        }
        for (const check of looked) {
          counts[check] ??= { alarms: 0, healthyRuns: 0 };
          counts[check].healthyRuns++;
          counts[check].alarms += alarms.includes(check);
        }
      }
    }
  }
  const floor = part === 'report' ? { floor: '<= 0.05', holds: any / runs <= 0.05 } : {};
  const rows = [row(`healthy-${part}`, 'any false alarm', any, runs, floor)];
  for (const [check, { alarms, healthyRuns }] of Object.entries(counts)) {
    rows.push(row(`healthy-${part}-${check}`, 'false alarms', alarms, healthyRuns));
  }
  return { rows, counts };
}

async function faultRows(tasks, part, seeds, log) {
  const rows = [];
  for (const [fault, { expected, plant }] of Object.entries(FAULTS)) {
    let [named, runs] = [0, 0];
    for (const task of tasks) {
      for (let seed = 0; seed < seeds; seed++) {
        const { alarms } = await judge(plant(healthy(task, 'deep', seed), seed));
        runs++;
        if (expected.some((check) => alarms.includes(check))) named++;
        else log(`missed ${fault} on ${task} seed ${seed}; said: ${alarms.join(', ') || 'nothing'}`);
      }
    }
    rows.push(row(`fault-${part}-${fault}`, 'recall', named, runs));
  }
  return rows;
}

async function run({ quick, log }) {
  const rows = [];
  for (const [part, tasks] of [
    ['calibration', CALIBRATION],
    ['report', REPORT],
  ]) {
    const seeds = quick ? 1 : part === 'report' ? 12 : 4;
    const { rows: quiet, counts } = await healthyRows(tasks, part, seeds, log);
    rows.push(...quiet, ...(await faultRows(tasks, part, quick ? 1 : 3, log)));
    if (part === 'report' && !quick) {
      const date = new Date().toISOString().slice(0, 10);
      const before = JSON.parse(readFileSync(COUNTS, 'utf8'));
      writeFileSync(COUNTS, JSON.stringify({ ...before, date, checks: counts }, null, 2) + '\n');
    }
  }
  return rows;
}

module.exports = { name: 'faults', run };
