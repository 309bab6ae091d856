'use strict';
// node checksum.cjs [--write] [--threads 1,2] [--weights SEED] [--warm SECONDS] [ROW ...]: trains each row of the engine bench for
// a few steps from the same weights on the same data and compares the SHA-256 of all weights with checksums.json. It runs with
// nothing but Node, dist and TensorFlow.js, so that any Node on any machine can be asked for the same bits. With --warm it trains
// so long before and then starts again: by then V8 has compiled the kernels anew, and well.
const { createHash } = require('node:crypto');
const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { parseArgs } = require('node:util');

const ROOT = join(__dirname, '..', '..', '..');
const { compileRow, part } = require(join(ROOT, 'bench', 'engine', 'hunch-plan.cjs'));
const { ROWS, buildModel, dataOf, startingWeights } = require(join(ROOT, 'bench', 'engine', 'rows.cjs'));

const FILE = join(__dirname, 'checksums.json');
/** Two whole batches and a part of one. */
const STEPS = 3;

/** The bytes of numbers in the order of little-endian machines. */
const bytesOf = (values) => Buffer.from(values.buffer, values.byteOffset, values.byteLength);

/** Waits until a plan's helping threads may have come, so that they have a part in the steps. */
const moment = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Trains a row and returns the hash of its weights, and of the outputs that they then give. */
async function checksumOf(tf, id, threads, seed = 1, warm = 0) {
  const { random } = part('core', 'random.js');
  const { batch, infer } = ROWS[id];
  const model = buildModel(tf, id, { blank: true });
  const weights = startingWeights(model, random(seed));
  model.dispose();
  const plan = compileRow(tf, id, weights, { batch, threads, seed: 5 });
  try {
    // The last batch is a part of one, as it is in an epoch.
    const n = batch * (STEPS - 1) + Math.ceil(batch / 3);
    const data = dataOf(id, n, random(2));
    const loaded = plan.load({ n, inputs: [data.inputs], targets: [data.targets] });
    const rows = (start) => Int32Array.from({ length: Math.min(batch, n - start) }, (_, i) => start + i);
    const hash = createHash('sha256');
    if (threads > 1) {
      plan.infer(loaded, rows(0));
      await moment(threads * 400);
    }
    const epoch = () => {
      for (let start = 0; start < n; start += batch) {
        if (infer) plan.infer(loaded, rows(start));
        else plan.step(loaded, rows(start));
      }
    };
    if (warm > 0) {
      const first = plan.params.map((param) => plan.values(param).slice());
      for (const began = performance.now(); performance.now() - began < warm * 1000;) epoch();
      plan.setWeights(first);
    }
    epoch();
    for (const param of plan.params) hash.update(bytesOf(plan.values(param)));
    plan.infer(loaded, rows(0));
    hash.update(bytesOf(plan.outputs()));
    return hash.digest('hex');
  } finally {
    plan.dispose();
  }
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      write: { type: 'boolean', default: false },
      threads: { type: 'string', default: '1' },
      weights: { type: 'string', default: '1' },
      warm: { type: 'string', default: '0' },
    },
  });
  const tf = require('@tensorflow/tfjs');
  tf.enableProdMode();
  await tf.setBackend('cpu');
  const known = JSON.parse(readFileSync(FILE, 'utf8'));
  const ids = positionals.length > 0 ? positionals : Object.keys(values.write ? ROWS : known);
  const found = {};
  let differ = 0;
  for (const id of ids) {
    for (const threads of values.threads.split(',').map(Number)) {
      const began = performance.now();
      const sum = await checksumOf(tf, id, threads, Number(values.weights), Number(values.warm));
      found[id] ??= sum;
      const same = values.write ? sum === found[id] : sum === known[id];
      if (!same) differ++;
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      console.log(
        `${id}, ${threads} threads: ${sum.slice(0, 16)} ${same ? 'the same' : 'DIFFERS'}, ${seconds} s`,
      );
    }
  }
  if (values.write) writeFileSync(FILE, `${JSON.stringify({ ...known, ...found }, null, 2)}\n`);
  const where = `Node ${process.version}, ${process.platform} ${process.arch}`;
  console.log(`${ids.length} rows, ${differ} differ: ${where}`);
  return differ === 0 ? 0 : 1;
}

module.exports = { checksumOf };

if (require.main === module) {
  main().then(
    (code) => process.exit(code),
    (error) => {
      console.error(error);
      process.exit(1);
    },
  );
}
