'use strict';
// A training step of each row by everything that can train it, in turn, in one run; beside it what the machine allows, how
// soon the first step comes, what recording costs, and what a plan takes of memory.
const { mkdtempSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { boundRows } = require('./bounds.cjs');
const { contenders, start } = require('./contenders.cjs');
const { firstStepRows } = require('./first-step.cjs');
const { part } = require('./hunch-plan.cjs');
const { memoryRows } = require('./memory.cjs');
const { ROWS, buildModel, dataOf, startingWeights } = require('./rows.cjs');
const { recordingRows } = require('./recording.cjs');
const { reportRow } = require('./report.cjs');

/** Losses of so many steps are compared before anything is timed, or outputs where inference is. */
const CHECKS = 3;

/** Writes the starting weights and examples of a row as floats one after another, and tells what stands where. */
function writeRow(tf, id, folder) {
  const { batch, infer } = ROWS[id];
  const { random } = part('core', 'random.js');
  const model = buildModel(tf, id, { blank: true });
  const weights = startingWeights(model, random(1));
  const data = dataOf(id, infer ?? batch * 8, random(2));
  const file = join(folder, `${id}.f32`);
  writeFileSync(
    file,
    Buffer.concat([...weights, data.inputs, data.targets].map(({ buffer }) => Buffer.from(buffer))),
  );
  const named = model.weights.map(({ originalName, shape }) => ({ name: originalName, shape }));
  model.dispose();
  return {
    row: id,
    spec: ROWS[id],
    file,
    n: data.n,
    weights: named,
    inputs: data.inputs.length,
    targets: data.targets.length,
  };
}

/** Asks all to prepare a row; returns those that can, with the losses of their first steps, and why the others cannot. */
async function prepareAll(all, message, { quick, log }) {
  const able = [];
  const unable = [];
  for (const contender of all) {
    const { plain } = ROWS[message.row];
    if (contender.name === 'tfjs cpu' && plain !== 'quick' && !(plain === 'full' && !quick)) {
      unable.push({ name: contender.name, reason: 'left out: a step takes seconds to minutes' });
      continue;
    }
    const asked = { ...message, checks: ROWS[message.row].checks ?? CHECKS, patience: quick ? 500 : 10_000 };
    const compiles = /^(torch|keras|jax)/.test(contender.name);
    const reply = await contender.ask('prepare', asked, compiles ? 400 : quick ? 15 : 120);
    if (reply.failed) unable.push({ name: contender.name, reason: reply.failed });
    else able.push({ contender, name: contender.name, first: reply.first, path: reply.path, times: [] });
  }
  for (const { name, reason } of unable) log(`  ${message.row}: ${name}: ${reason}`);
  return { able, unable };
}

/** Times blocks of steps in turn; those whose step takes long are asked for few. */
async function timeAll(able, { quick, stream }) {
  const rounds = quick ? 5 : 15;
  // Milliseconds: long enough for threads that were stopped to be awake for most of it.
  const block = quick ? 25 : 400;
  for (const one of able) {
    const { ms, failed } = await one.contender.ask('steps', { count: 1 });
    if (failed) throw new Error(`${one.name}: ${failed}`);
    const again =
      ms < block ? await one.contender.ask('steps', { count: Math.ceil(block / 4 / ms) }) : { ms };
    one.count = Math.max(1, Math.min(500, Math.round(block / again.ms)));
    one.rounds = again.ms > 4 * block ? Math.min(3, rounds) : rounds;
    if (quick && again.ms > 400) {
      one.rounds = 0;
      one.times.push(ms);
    }
  }
  for (let round = 0; round < rounds; round++) {
    const order = able.filter((one) => round < one.rounds).map((one) => ({ one, key: stream.next() }));
    order.sort((a, b) => a.key - b.key);
    for (const { one } of order) {
      const { ms, failed } = await one.contender.ask('steps', { count: one.count }, 400);
      if (failed) throw new Error(`${one.name}: ${failed}`);
      one.times.push(ms);
    }
  }
}

async function run({ quick, python, log }) {
  const tf = require('@tensorflow/tfjs');
  tf.enableProdMode();
  await tf.setBackend('cpu');
  const { random } = part('core', 'random.js');
  const folder = mkdtempSync(join(tmpdir(), 'hunch-bench-'));
  const started = [];
  // Stopped processes would outlive a bench that is broken off.
  const end = () => started.forEach((contender) => contender.stop());
  process.once('exit', end);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
  try {
    for (const one of contenders(python)) {
      const contender = start(one);
      started.push(contender);
      const { failed } = await contender.load();
      if (!failed) continue;
      log(`${one.name} takes no part: ${failed}`);
      started.pop().stop();
    }
    const rows = [];
    const bounds = await boundRows(tf, quick);
    rows.push(...bounds.rows);
    const stream = random(3);
    for (const id of Object.keys(ROWS)) {
      if (process.env.BENCH_ROWS && !process.env.BENCH_ROWS.split(',').includes(id)) continue;
      const { able, unable } = await prepareAll(started, writeRow(tf, id, folder), { quick, log });
      await timeAll(able, { quick, stream });
      rows.push(...reportRow(id, able, unable, bounds.of(id)));
      log(`${id} done`);
    }
    end();
    rows.push(
      ...(await recordingRows(tf, quick)),
      ...(await firstStepRows(quick)),
      ...(await memoryRows(quick)),
    );
    return rows;
  } finally {
    end();
    rmSync(folder, { recursive: true, force: true });
  }
}

module.exports = { name: 'engine', run };
