'use strict';
// How often the checks speak up on healthy runs, and how often they name a planted fault and its cause.
// The full suite writes the counts on the healthy runs of the reporting part to src/suspect/false-alarms.json.
const { execFileSync } = require('node:child_process');
const { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { wilson } = require('../common/wilson.cjs');
const { FULL, QUICK, listCases } = require('./cases.cjs');
const { library } = require('./data.cjs');
const { trainCases } = require('./train-cases.cjs');

const ROOT = join(__dirname, '..', '..');
const COUNTS = join(ROOT, 'src', 'suspect', 'false-alarms.json');

const row = (id, metric, hits, n, more = {}) => ({
  ...{ id, metric, value: n > 0 ? hits / n : NaN, unit: 'share', interval: wilson(hits, n), n },
  ...more,
});

/** What the checks say of a run, as plain data; `confirm`: after the experiment of the finding that fits, too. */
async function judge(setup, run, confirm) {
  const { outcomes, findings } = library().diagnose(run);
  const failed = outcomes.find(({ status }) => status === 'failed');
  if (failed) throw new Error(`${failed.check}: ${failed.reason}`);
  const loud = findings.filter(({ severity }) => severity !== 'info');
  const fitting = loud.find(({ code }) => setup.symptoms.includes(code));
  const first = (causes) => Number(setup.causes.includes(causes[0]?.id));
  const confirmed = fitting && confirm ? await fitting.confirm() : null;
  return {
    codes: loud.map(({ code }) => code),
    checks: [...new Set(loud.map(({ check }) => check))],
    looked: outcomes
      .filter(({ status }) => ['found', 'nothing-found'].includes(status))
      .map(({ check }) => check),
    named: Number(fitting !== undefined),
    causeBefore: fitting ? first(fitting.causes) : 0,
    causeAfter: confirmed ? first(confirmed.causes) : null,
    seconds: run.log.timing.seconds,
    confirmSeconds: confirmed ? confirmed.seconds : null,
  };
}

/** Results by case, from where an earlier call with the same code ended. */
async function judgedCases(cases, { confirm, log, file }) {
  const known = new Map();
  if (file && existsSync(file)) {
    for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
      const one = JSON.parse(line);
      known.set(one.id, one);
    }
  }
  const left = cases.filter(({ id }) => !known.has(id));
  const keep = (one, result) => {
    const entry = { id: one.id, ...result };
    known.set(one.id, entry);
    if (file) appendFileSync(file, JSON.stringify(entry) + '\n');
    if (one.group === 'fault' ? !result.named : result.codes.length > 0) {
      log(`${one.id}: ${result.codes.join(', ') || 'nothing'}`);
    }
  };
  await trainCases(left, {
    onRun: async (one, setup, run) => keep(one, await judge(setup, run, confirm && one.group === 'fault')),
    // Data that cannot be trained on are refused by name: the mistake is told before it does harm.
    onRefused: (one, setup, error) =>
      keep(one, {
        ...{ codes: ['refused'], checks: [], looked: [], seconds: 0, causeAfter: null, confirmSeconds: null },
        ...{ named: Number(setup.symptoms.includes('refused')), causeBefore: 1, message: error.message },
      }),
  });
  return cases.map((one) => ({ ...one, ...known.get(one.id) }));
}

const count = (results, of) => results.reduce((sum, result) => sum + Number(of(result)), 0);

function healthyRows(part, results) {
  const loud = (one) => one.codes.length > 0;
  const rows = [];
  for (const [group, those] of [
    ['healthy', results.filter(({ group: own }) => own === 'healthy')],
    ['odd', results.filter(({ group: own }) => own === 'odd')],
    ['all healthy', results.filter(({ group: own }) => own !== 'fault')],
  ]) {
    const n = those.length;
    const hits = count(those, loud);
    const judged =
      part === 'report' && group === 'all healthy' ? { floor: '<= 0.05', holds: hits / n <= 0.05 } : {};
    rows.push(row(`${part}, ${group}`, 'any false alarm', hits, n, judged));
  }
  return rows;
}

function faultRows(part, results) {
  const faults = results.filter(({ group }) => group === 'fault');
  const told = faults.filter(({ causeAfter }) => causeAfter !== null);
  const n = faults.length;
  const judged = (share, floor) => (part === 'report' ? { floor: `>= ${floor}`, holds: share >= floor } : {});
  const [named, before] = [
    count(faults, ({ named: yes }) => yes),
    count(faults, ({ causeBefore }) => causeBefore),
  ];
  const rows = [
    row(`${part}, all faults`, 'symptom named', named, n, judged(named / n, 0.95)),
    row(`${part}, all faults`, 'cause first, before', before, n, judged(before / n, 0.6)),
  ];
  if (told.length > 0) {
    const after = count(faults, ({ causeAfter, causeBefore }) => causeAfter ?? causeBefore);
    rows.push(row(`${part}, all faults`, 'cause first, confirmed', after, n, judged(after / n, 0.85)));
  }
  for (const plant of new Set(faults.map((one) => one.plant))) {
    const those = faults.filter((one) => one.plant === plant);
    rows.push(
      row(
        `${part}, ${plant}`,
        'symptom named',
        count(those, ({ named: yes }) => yes),
        those.length,
      ),
    );
  }
  return rows;
}

/** Alarms of each check on healthy runs, and the runs that it looked at. */
function countsOf(results) {
  const counts = {};
  for (const { group, looked, checks } of results) {
    if (group === 'fault') continue;
    for (const check of looked) {
      counts[check] ??= { alarms: 0, healthyRuns: 0 };
      counts[check].healthyRuns++;
      counts[check].alarms += Number(checks.includes(check));
    }
  }
  return counts;
}

/** Where results are kept between calls; none where the code has changed since its last commit. */
function keptIn(part) {
  try {
    const git = (...args) => execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', stdio: 'pipe' }).trim();
    if (git('status', '--porcelain', 'src', 'bench/faults')) return undefined;
    const folder = join(ROOT, '.artifacts', 'faults');
    mkdirSync(folder, { recursive: true });
    return join(folder, `${git('rev-parse', '--short', 'HEAD')}-${part}.jsonl`);
  } catch {
    return undefined;
  }
}

async function run({ quick, log }) {
  const rows = [];
  for (const part of ['calibration', 'report']) {
    if (quick && part === 'calibration') continue;
    const cases = listCases(part, quick ? QUICK : FULL);
    log(`${part}: ${cases.length} cases`);
    const file = quick ? undefined : keptIn(part);
    const results = await judgedCases(cases, { confirm: !quick, log, file });
    rows.push(...healthyRows(part, results), ...faultRows(part, results));
    if (part === 'report' && !quick) {
      const date = new Date().toISOString().slice(0, 10);
      const before = JSON.parse(readFileSync(COUNTS, 'utf8'));
      writeFileSync(COUNTS, JSON.stringify({ ...before, date, checks: countsOf(results) }, null, 2) + '\n');
    }
  }
  // A reduced grid shows that the benchmark runs; its shares are of too few cases to be judged.
  return quick ? rows.map((shown) => ({ ...shown, floor: undefined, holds: undefined })) : rows;
}

module.exports = { name: 'faults', run };
