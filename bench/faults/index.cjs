'use strict';
// How often the checks speak up on healthy runs, and how often they name a planted fault and its cause.
// The full suite writes the counts of the reporting part to src/suspect/calibration.json.
const { execFileSync } = require('node:child_process');
const { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { FULL, QUICK, listCases } = require('./cases.cjs');
const { costRows } = require('./cost.cjs');
const { namedAfter } = require('./early.cjs');
const { judge, questionsOf } = require('./judge.cjs');
const { RIVALS, replay } = require('./rivals/index.cjs');
const rowsBy = require('./rows.cjs');
const { trainCases } = require('./train-cases.cjs');

const ROOT = join(__dirname, '..', '..');
const CALIBRATION = join(ROOT, 'src', 'suspect', 'calibration.json');

/** The experiment on a finding, and what went wrong with it; neither where there is none to make. */
async function experimentOn(finding) {
  if (!finding || finding.experiment === null) return {};
  try {
    return { confirmed: await finding.confirm() };
  } catch (error) {
    return { failure: `confirm() of ${finding.code}: ${error.message}` };
  }
}

/** What is kept of a case: the verdict on it, early and late, after the experiment where asked, and that of other tools. */
async function judgeRun(one, setup, run, confirm) {
  const { fitting, failed, scores, ...verdict } = judge(one, run);
  if (failed.length > 0) throw new Error(`${one.id}: ${failed.join('; ')}`);
  void scores;
  const { confirmed, failure } = confirm ? await experimentOn(fitting) : {};
  const logged = { ...one, log: run.log };
  return {
    ...verdict,
    // An experiment that fails has not shown the cause.
    causeAfter: confirmed ? Number(setup.causes.includes(confirmed.causes[0]?.id)) : failure ? 0 : null,
    ...(failure && { failure }),
    seconds: run.log.timing.seconds,
    confirmSeconds: confirmed?.seconds ?? null,
    estimate: confirmed?.estimate?.seconds ?? null,
    ...(setup.wiring && {
      namedFirst: namedAfter(one, run.log, 1),
      namedBefore: namedAfter(one, run.log, 0),
    }),
    rivals: Object.fromEntries(RIVALS.map((rival) => [rival.name, replay(rival, logged)])),
  };
}

/** Data that are refused by name: the mistake is told before it does harm. */
function judgeRefused(one, setup, { message }) {
  const { fitting, failed, scores, ...verdict } = judge({ ...one, refused: message });
  void [fitting, failed, scores];
  const early = { namedFirst: verdict.named, namedBefore: verdict.named };
  return {
    ...verdict,
    ...{ causeAfter: null, seconds: 0, confirmSeconds: null, estimate: null, message },
    ...(setup.wiring && early),
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
    if (result.failure) log(`${one.id}: ${result.failure}`);
    if (one.group === 'fault' ? !result.named : result.codes.length > 0) {
      log(`${one.id}: ${result.codes.join(', ') || 'nothing'}`);
    }
  };
  await trainCases(left, {
    onRun: async (one, setup, run) =>
      keep(one, await judgeRun(one, setup, run, confirm && one.group === 'fault')),
    onRefused: (one, setup, error) => keep(one, judgeRefused(one, setup, error)),
  });
  return cases.map((one) => ({ ...one, ...known.get(one.id) }));
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
    const counts = rowsBy.countsOf(results);
    rows.push(
      ...rowsBy.healthyRows(part, results),
      ...rowsBy.faultRows(part, results),
      ...rowsBy.wiringRows(part, results),
      ...rowsBy.confirmRows(part, results),
      ...rowsBy.rivalRows(part, results),
      ...rowsBy.checkRows(part, counts, questionsOf()),
    );
    if (part === 'report' && !quick) {
      const date = new Date().toISOString().slice(0, 10);
      const before = JSON.parse(readFileSync(CALIBRATION, 'utf8'));
      writeFileSync(CALIBRATION, JSON.stringify({ ...before, date, checks: counts }, null, 2) + '\n');
    }
  }
  rows.push(...(await costRows({ quick })));
  // A reduced grid shows that the benchmark runs; its shares are of too few cases to be judged.
  return quick ? rows.map((shown) => ({ ...shown, floor: undefined, holds: undefined })) : rows;
}

module.exports = { name: 'faults', run };
