'use strict';
// node node-contender.cjs KIND: trains rows when asked, one JSON message a line (see contenders.cjs).
const { readFileSync } = require('node:fs');
const { availableParallelism } = require('node:os');
const { createInterface } = require('node:readline');
const { compileRow, part, whyNot } = require('./hunch-plan.cjs');
const { ROWS, CLASSES, buildModel, setWeights, sizeOf } = require('./rows.cjs');

/** TensorFlow.js on a backend; says what is missing as an error. */
async function loadTf(kind) {
  if (kind === 'tfjs native') return part('engine', 'native-binding.js').loadNativeBinding();
  if (kind === 'tfjs wasm, completed') {
    process.env.HUNCH_ENGINE = 'wasm';
    return (await part('engine', 'use-engine.js').useEngine()).tf;
  }
  const tf = require('@tensorflow/tfjs');
  tf.enableProdMode();
  if (kind === 'tfjs wasm') {
    const { setWasmPaths } = require('@tensorflow/tfjs-backend-wasm');
    setWasmPaths(require.resolve('@tensorflow/tfjs-backend-wasm').replace(/[^/\\]*$/, ''));
    await tf.setBackend('wasm');
  } else await tf.setBackend('cpu');
  await tf.ready();
  return tf;
}

/** Weights, inputs and targets of a row, as they stand one after another in a file of floats. */
function readRow({ file, weights, inputs, targets }) {
  const bytes = readFileSync(file);
  const all = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
  let at = 0;
  const next = (length) => all.subarray(at, (at += length));
  return {
    weights: weights.map(({ shape }) => next(sizeOf(shape))),
    inputs: next(inputs),
    targets: next(targets),
  };
}

const batchRows = (step, batch, n) => Int32Array.from({ length: batch }, (_, i) => (step * batch + i) % n);

/** Our plan: on some threads, with or without relaxed operations. */
function hunch(tf, kind) {
  const module = kind.startsWith('hunch, fast') ? 'fast' : 'plan';
  const threads = kind === 'hunch, 1 thread' ? 1 : availableParallelism();
  return {
    async prepare(id, data, n, checks) {
      const { batch, infer } = ROWS[id];
      const compile = (dropout) => {
        const plan = compileRow(tf, id, data.weights, { batch, threads, module, dropout });
        return { plan, loaded: plan.load({ n, inputs: [data.inputs], targets: [data.targets] }) };
      };
      const { plan, loaded } = compile(true);
      let steps = 0;
      const everyRow = batchRows(0, n, n);
      const batches = Array.from({ length: Math.floor(n / batch) }, (_, i) => batchRows(i, batch, n));
      const step = infer
        ? () => inferAll(plan, loaded, everyRow)
        : () => plan.step(loaded, batches[steps++ % batches.length]);
      let first;
      if (infer) first = [...inferAll(plan, loaded, everyRow).subarray(0, checks)];
      else {
        const twin = compile(false);
        first = Array.from({ length: checks }, (_, i) => twin.plan.step(twin.loaded, batchRows(i, batch, n)));
        twin.plan.dispose();
      }
      for (let i = 0; i < 3; i++) step();
      // Threads take some time to come.
      await new Promise((resolve) => setTimeout(resolve, 100));
      return {
        first,
        path: `${module}.wasm, ${Math.min(threads, plan.slices)} of ${plan.slices} slices at a time`,
        run(count) {
          for (let i = 0; i < count; i++) step();
        },
        dispose: () => plan.dispose(),
      };
    },
  };
}

/** As the session of a training does it. */
function inferAll(plan, loaded, rows) {
  const all = new Float32Array(rows.length * CLASSES);
  for (let start = 0; start < rows.length; start += plan.inferBatch) {
    plan.infer(loaded, rows.subarray(start, start + plan.inferBatch));
    all.set(plan.outputs(), start * CLASSES);
  }
  return all;
}

/** A model of TensorFlow.js, trained by `trainOnBatch`. */
function tfjs(tf) {
  return {
    async prepare(id, data, n, checks, patience) {
      const { batch, infer, input } = ROWS[id];
      const make = (dropout) => {
        const model = buildModel(tf, id, { dropout, blank: true });
        setWeights(tf, model, data.weights);
        model.compile({ optimizer: tf.train.adam(0.001), loss: 'categoricalCrossentropy' });
        return model;
      };
      const cut = (values, shape, start, count) =>
        tf.tensor(values.slice(start * sizeOf(shape), (start + count) * sizeOf(shape)), [count, ...shape]);
      const size = infer ? n : batch;
      const batches = Array.from({ length: Math.floor(n / size) }, (_, i) => [
        cut(data.inputs, input, i * size, size),
        cut(data.targets, [CLASSES], i * size, size),
      ]);
      const model = make(true);
      let steps = 0;
      const train = async (one) => (await one.trainOnBatch(...batches[steps++ % batches.length])) ?? NaN;
      const predict = () => {
        const made = model.predict(batches[0][0], { batchSize: n });
        const values = made.dataSync();
        made.dispose();
        return values;
      };
      let first = [];
      if (infer) first = [...predict().subarray(0, checks)];
      else {
        const twin = make(false);
        for (let i = 0; i < checks; i++) {
          const began = performance.now();
          first.push(await train(twin));
          const took = performance.now() - began;
          if (took > patience) throw new Error(`left out: a step takes ${(took / 1000).toFixed(1)} s`);
        }
        twin.dispose();
        steps = 0;
      }
      return {
        first,
        path: `backend ${tf.getBackend()}`,
        async run(count) {
          for (let i = 0; i < count; i++) await (infer ? predict() : train(model));
        },
        dispose() {
          model.dispose();
          tf.dispose(batches);
        },
      };
    },
  };
}

async function main(kind) {
  const ours = kind.startsWith('hunch');
  let contender;
  let current;
  const commands = {
    async load() {
      if (kind.endsWith('wide')) {
        const { used, missing } = part('engine', 'plan', 'wide-vectors.js').wideVectors();
        if (!used) throw new Error(`no vectors of eight floats: ${missing}`);
      }
      const tf = await loadTf(ours ? 'tfjs cpu' : kind);
      contender = ours ? hunch(tf, kind) : tfjs(tf);
      return {};
    },
    async prepare({ row, checks, patience, ...file }) {
      current?.dispose();
      current = undefined;
      current = await contender.prepare(row, readRow(file), file.n, checks, patience);
      return { first: current.first, path: current.path };
    },
    async steps({ count }) {
      await current.run(1); // brings its memory back near
      const began = performance.now();
      await current.run(count);
      return { ms: (performance.now() - began) / count };
    },
  };
  for await (const line of createInterface({ input: process.stdin })) {
    const { command, ...args } = JSON.parse(line);
    let reply;
    try {
      reply = await commands[command](args);
    } catch (error) {
      const why = whyNot(error);
      reply = { failed: why ? `cannot plan: ${why}` : String(error?.message ?? error).split('\n')[0] };
    }
    process.stdout.write(`@${JSON.stringify(reply)}\n`);
  }
}

main(process.argv[2]);
