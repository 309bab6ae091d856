'use strict';
// How long labelIssues takes end to end beside cleanlab, in turn in one run, once both have found the same examples.
const { spawn } = require('node:child_process');
const { mkdtempSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { createInterface } = require('node:readline');
const { normal, uniform } = require('../common/random.cjs');

const library = () => require(join(__dirname, '..', '..', 'dist'));
const WAYS = ['one process', 'all processes', 'batched'];

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

/** N labels, a fifth of them wrong, and the probabilities of a fair model. */
function madeUp(n, k) {
  const [next, z] = [uniform(n), normal(n + 1)];
  const given = new Int32Array(n);
  const p = new Float64Array(n * k);
  for (let i = 0; i < n; i++) {
    const truth = Math.floor(next() * k);
    given[i] = next() < 0.2 ? Math.floor(next() * k) : truth;
    let sum = 0;
    for (let j = 0; j < k; j++) sum += p[i * k + j] = Math.exp(z() + (j === truth ? 2.5 : 0));
    for (let j = 0; j < k; j++) p[i * k + j] /= sum;
  }
  return { n, k, given, p };
}

/** The same as predictions. */
function asPredictions({ n, k, given, p }) {
  const { completePredictions } = require(
    join(__dirname, '..', '..', 'dist', 'metrics', 'complete-predictions.js'),
  );
  const predicted = Int32Array.from({ length: n }, (_, i) => {
    let best = 0;
    for (let j = 1; j < k; j++) if (p[i * k + j] > p[i * k + best]) best = j;
    return best;
  });
  return completePredictions({
    name: `${n} × ${k}`,
    task: 'classification',
    classes: Array.from({ length: k }, (_, j) => `class ${j}`),
    ids: Array.from({ length: n }, (_, i) => String(i)),
    label: given,
    predicted,
    probabilities: p,
    metadata: { kind: 'table', n, names: [], columns: {}, warnings: [] },
  });
}

/** A process that answers a line with a line. */
function open(interpreter) {
  const child = spawn(interpreter, ['-u', join(__dirname, 'contender.py')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async ask(message) {
      child.stdin.write(`${JSON.stringify(message)}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error('cleanlab ended without an answer');
      return JSON.parse(value);
    },
    close: () => child.kill(),
  };
}

/** Throws unless both lists hold the same examples, sorted by the same scores. */
function sameLists(ours, file, { given, p, k }) {
  const theirs = new Int32Array(new Uint8Array(readFileSync(file)).buffer);
  const own = Int32Array.from(ours.issues, ({ index }) => index);
  if (theirs.length !== own.length) throw new Error(`${own.length} issues; cleanlab has ${theirs.length}`);
  if (own.slice().sort().join() !== theirs.slice().sort().join())
    throw new Error('other issues than cleanlab');
  own.forEach((index, rank) => {
    const score = (i) => p[i * k + given[i]];
    if (score(index) !== score(theirs[rank]))
      throw new Error(`another order than cleanlab's at rank ${rank}`);
  });
}

async function timeOne([n, k], rounds, interpreter, folder, log) {
  const { labelIssues } = library();
  const data = madeUp(n, k);
  const predictions = asPredictions(data);
  const cleanlab = interpreter ? open(interpreter) : undefined;
  const options = { filterBy: 'prune_by_noise_rate' };
  try {
    if (cleanlab) {
      const load = join(folder, `${n}x${k}.bin`);
      writeFileSync(load, Buffer.concat([Buffer.from(data.p.buffer), Buffer.from(data.given.buffer)]));
      const { version } = await cleanlab.ask({ load, n, k });
      const write = join(folder, 'found.bin');
      for (const way of WAYS) await cleanlab.ask({ way, ...(way === 'one process' && { write }) });
      sameLists(labelIssues(predictions, options), write, data);
      log(
        `${n} × ${k}: the same ${labelIssues(predictions, options).issues.length} examples as cleanlab ${version}`,
      );
    }
    const times = { ours: [], auto: [], ...Object.fromEntries(WAYS.map((way) => [way, []])) };
    for (let round = 0; round < rounds + 1; round++) {
      for (const [name, own] of [
        ['ours', options],
        ['auto', {}],
      ]) {
        const begun = performance.now();
        labelIssues(predictions, own);
        // The first round warms up.
        if (round > 0) times[name].push(performance.now() - begun);
      }
      for (const way of cleanlab ? WAYS : []) {
        const { seconds } = await cleanlab.ask({ way });
        if (round > 0) times[way].push(1000 * seconds);
      }
    }
    const id = `${n} × ${k}`;
    const of = (name) => ({ value: median(times[name]), unit: 'ms', n: rounds });
    const against = Math.min(...WAYS.slice(0, 2).map((way) => median(times[way])));
    const beside = (name) =>
      cleanlab
        ? {
            against: 'cleanlab, the faster of one and all processes',
            ratio: median(times[name]) / against,
            floor: '<= 1',
            holds: median(times[name]) <= against,
          }
        : {};
    return [
      { id, metric: 'prune_by_noise_rate', ...of('ours'), ...beside('ours') },
      { id, metric: 'auto', ...of('auto'), ...beside('auto') },
      ...(cleanlab ? WAYS : []).map((way) => ({ id, metric: `cleanlab, ${way}`, ...of(way) })),
    ];
  } finally {
    cleanlab?.close();
  }
}

/** Times at each size; with an interpreter beside cleanlab's. */
async function speedRows({ quick, python, log }) {
  const folder = mkdtempSync(join(tmpdir(), 'labels-'));
  try {
    const sizes = quick
      ? [[50_000, 10]]
      : [
          [50_000, 10],
          [1_000_000, 10],
          [50_000, 100],
        ];
    const rows = [];
    for (const size of sizes)
      rows.push(...(await timeOne(size, size[0] > 100_000 ? 5 : 9, python, folder, log)));
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

module.exports = { asPredictions, speedRows };
