'use strict';
// What plans take of memory, and whether they give it back. node --expose-gc memory.cjs WHAT ID prints it as JSON.
const { execFileSync } = require('node:child_process');
const { join } = require('node:path');
const { compileRow, part, whyNot } = require('./hunch-plan.cjs');
const { ROWS, buildModel, dataOf, startingWeights } = require('./rows.cjs');

const MIB = 2 ** 20;
/** Bytes of the process: of heaps and buffers, and resident. */
function processBytes() {
  for (let i = 0; i < 3; i++) globalThis.gc();
  return process.memoryUsage().rss;
}

async function tfjs() {
  const tf = require('@tensorflow/tfjs');
  tf.enableProdMode();
  await tf.setBackend('cpu');
  return tf;
}

function ready(tf, id) {
  const { random } = part('core', 'random.js');
  const model = buildModel(tf, id, { blank: true });
  const weights = startingWeights(model, random(1));
  model.dispose();
  return { weights, random };
}

const WHAT = {
  /** Growth of the process in 1,000 epochs, after 50 of them. */
  async epochs(id) {
    const tf = await tfjs();
    const { weights, random } = ready(tf, id);
    const { batch } = ROWS[id];
    const plan = compileRow(tf, id, weights, { batch });
    const data = dataOf(id, batch * 4, random(2));
    const loaded = plan.load({ n: data.n, inputs: [data.inputs], targets: [data.targets] });
    const epoch = () => {
      for (let start = 0; start < data.n; start += batch) {
        plan.step(
          loaded,
          Int32Array.from({ length: batch }, (_, i) => start + i),
        );
      }
    };
    for (let i = 0; i < 50; i++) epoch();
    const before = processBytes();
    for (let i = 0; i < 1000; i++) epoch();
    return { grown: processBytes() - before };
  },
  /** Growth of process and tensors in 100 plans made, used once and ended, after 100 others. */
  async cycles(id) {
    const tf = await tfjs();
    const { weights, random } = ready(tf, id);
    const { batch } = ROWS[id];
    const data = dataOf(id, batch, random(2));
    const cycle = () => {
      const plan = compileRow(tf, id, weights, { batch });
      const loaded = plan.load({ n: data.n, inputs: [data.inputs], targets: [data.targets] });
      plan.step(
        loaded,
        Int32Array.from({ length: batch }, (_, i) => i),
      );
      plan.dispose();
    };
    for (let i = 0; i < 100; i++) cycle();
    const tensors = tf.memory().numTensors;
    const before = processBytes();
    for (let i = 0; i < 100; i++) cycle();
    return { grown: processBytes() - before, tensors: tf.memory().numTensors - tensors };
  },
  /** What a plan says it takes, and what the process grows by when it is made and used. */
  async plan(id) {
    const tf = await tfjs();
    const { weights, random } = ready(tf, id);
    const { batch } = ROWS[id];
    const data = dataOf(id, batch, random(2));
    // The kernels' own code is there before.
    compileRow(tf, 'mlp', undefined, { batch: 4 }).dispose();
    const before = processBytes();
    const plan = compileRow(tf, id, weights, { batch });
    const loaded = plan.load({ n: data.n, inputs: [data.inputs], targets: [data.targets] });
    for (let i = 0; i < 3; i++)
      plan.step(
        loaded,
        Int32Array.from({ length: batch }, (_, k) => k),
      );
    const { laidOut, bytes } = plan.memory;
    return { laidOut, bytes, grown: processBytes() - before };
  },
};

function ask(what, id) {
  const text = execFileSync(process.execPath, ['--expose-gc', join(__dirname, 'memory.cjs'), what, id], {
    encoding: 'utf8',
    stdio: 'pipe',
  });
  return JSON.parse(text);
}

/** Lines about memory: of each row's plan, and of the MLP over time. */
async function memoryRows(quick, chosen = Object.keys(ROWS)) {
  const rows = [];
  for (const id of chosen.filter(
    (name) => !ROWS[name].infer && (!quick || name === 'mlp' || name === 'deepcnn'),
  )) {
    const { laidOut, bytes, grown, failed } = ask('plan', id);
    if (failed) {
      rows.push({ id, metric: 'memory of the plan', value: NaN, unit: 'MiB', n: 0, note: failed });
      continue;
    }
    const ratio = bytes / laidOut;
    rows.push({
      id,
      metric: 'memory of the plan',
      value: bytes / MIB,
      unit: 'MiB',
      n: 1,
      against: 'its buffers laid out',
      ratio,
      floor: 1.2,
      holds: ratio <= 1.2,
      note: `${(laidOut / MIB).toFixed(2)} MiB laid out, the process grew by ${(grown / MIB).toFixed(1)} MiB`,
    });
  }
  const { grown } = ask('epochs', 'mlp');
  rows.push({
    id: 'mlp',
    metric: 'grown in 1,000 epochs',
    value: grown / MIB,
    unit: 'MiB',
    n: 1,
    floor: 10,
    holds: grown < 10e6,
  });
  const cycles = ask('cycles', 'mlp');
  rows.push({
    id: 'mlp',
    metric: 'grown in 100 plans',
    value: cycles.grown / MIB,
    unit: 'MiB',
    n: 1,
    floor: 10,
    holds: cycles.grown < 10e6 && cycles.tensors === 0,
    note: `${cycles.tensors} tensors more`,
  });
  return rows;
}

module.exports = { memoryRows };

if (require.main === module) {
  const [what, id] = process.argv.slice(2);
  WHAT[what](id)
    .catch((error) => {
      const why = whyNot(error);
      if (!why) throw error;
      return { failed: `cannot plan: ${why}` };
    })
    .then(
      (result) => {
        process.stdout.write(JSON.stringify(result));
        process.exit(0);
      },
      (error) => {
        console.error(error);
        process.exit(1);
      },
    );
}
