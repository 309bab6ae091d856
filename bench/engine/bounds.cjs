'use strict';
// What the machine allows: operations at the peak of our own micro-kernel, bytes at the speed of our own copying, both
// measured in the same run on as many threads as there are cores.
const { availableParallelism } = require('node:os');
const { part, whyNot } = require('./hunch-plan.cjs');
const { ROWS, buildModel } = require('./rows.cjs');
const { median } = require('./report.cjs');

const float = new Float32Array(1);
const bitsOf = (value) => {
  float[0] = value;
  return new Uint32Array(float.buffer)[0];
};

/** A memory in which programs are run by all threads at once. */
async function workshop(bytes) {
  const { takeMemory, returnMemory } = part('engine', 'plan', 'memory-pool.js');
  const { kernelsIn } = part('engine', 'plan', 'module.js');
  const { startTeam, TEAM_BYTES } = part('engine', 'plan', 'team.js');
  const { TEAM_AT } = part('engine', 'plan', 'blueprint.js');
  const threads = availableParallelism();
  const memory = takeMemory(bytes);
  const kernels = kernelsIn(memory);
  const team = threads > 1 ? startTeam(memory, kernels, TEAM_AT, threads - 1, 'plan') : undefined;
  if (team) while (team.ready() < threads) await new Promise((resolve) => setTimeout(resolve, 5));
  let end = TEAM_AT + TEAM_BYTES;
  const take = (size) => {
    const at = Math.ceil(end / 64) * 64;
    end = at + size;
    return at;
  };
  const put = (words) => {
    const at = take(words.length * 4);
    new Uint32Array(memory.buffer, at, words.length).set(words.map((word) => word >>> 0));
    return [at, at + words.length * 4];
  };
  return {
    threads,
    take,
    floats: (at, length) => new Float32Array(memory.buffer, at, length),
    /** Milliseconds of one run of `program(slice)` in each thread. */
    time(kernel, argsOf, turns) {
      const programs = Array.from({ length: threads }, (_, slice) =>
        put(
          Array.from({ length: turns }, () => [
            kernels.indexOf(kernel),
            argsOf(slice).length,
            ...argsOf(slice),
          ]).flat(),
        ),
      );
      const [step] = put([1, threads, ...programs.flat()]);
      const runs = Array.from({ length: 15 }, () => {
        const began = performance.now();
        kernels.exports.runStep(step, TEAM_AT, threads);
        return performance.now() - began;
      });
      return { best: Math.min(...runs), median: median(runs.slice(3)) };
    },
    end() {
      team?.dispose();
      returnMemory(memory);
    },
  };
}

/** GFLOP/s of all threads together: products of 64 × 128 by 128 × 64, all in the first caches. */
async function measuredPeak() {
  const shop = await workshop(2 ** 22);
  const [M, K, N] = [64, 128, 64];
  const places = Array.from({ length: shop.threads }, () => [
    shop.take(M * K * 4),
    shop.take(K * N * 4),
    shop.take(M * N * 4),
  ]);
  for (const [a, b] of places) {
    shop.floats(a, M * K).fill(0.5);
    shop.floats(b, K * N).fill(0.25);
  }
  const turns = 200;
  const args = (slice) => {
    const [a, b, c] = places[slice];
    return [a, M * K * 4, 0, K * 4, b, c, M * N * 4, 0, N * 4, 0, 1, 1, M, N, 1, 0, 1, 0, K, 0];
  };
  const { best } = shop.time('product', args, turns);
  if (shop.floats(places[0][2], 1)[0] !== K * 0.125) throw new Error('the product is wrong');
  shop.end();
  return (2 * M * K * N * turns * shop.threads) / best / 1e6;
}

/** GB/s, read and written together, of copying blocks of so many bytes in all threads. */
async function measuredBandwidth(bytes) {
  const threads = availableParallelism();
  const each = Math.max(4096, Math.ceil(bytes / 2 / threads / 32) * 32);
  const shop = await workshop(each * 2 * threads + 2 ** 20);
  const places = Array.from({ length: threads }, () => [shop.take(each), shop.take(each)]);
  const turns = Math.max(1, Math.round(2 ** 24 / each));
  const args = (slice) => {
    const [from, to] = places[slice];
    return [from, each, each, each, to, each, each, each, 1, 1, 1, each / 4, bitsOf(1), 0, 0];
  };
  shop.floats(places[0][0], each / 4).fill(3);
  const { best } = shop.time('copy', args, turns);
  if (shop.floats(places[0][1], each / 4)[each / 4 - 1] !== 3) throw new Error('the copy is wrong');
  shop.end();
  return (2 * each * turns * threads) / best / 1e6;
}

/** Operations and bytes of a row's step: each buffer is at least written once and read once, each weight three times. */
function workOf(tf, id) {
  const { allocate } = part('engine', 'plan', 'allocate.js');
  const { draftStep } = part('engine', 'plan', 'draft.js');
  const { graphOf } = part('engine', 'plan', 'graph.js');
  const { planLoss } = part('engine', 'plan', 'losses.js');
  const { batch, infer } = ROWS[id];
  const model = buildModel(tf, id, { blank: true });
  try {
    const losses = infer ? [] : [planLoss('categoricalCrossentropy')];
    const rows = infer ?? batch;
    const draft = draftStep({ graph: graphOf(model), batch: rows, training: !infer, losses });
    const flops = draft.stages.flat().reduce((sum, op) => sum + op.flops, 0) * rows;
    const { laidOut } = allocate(draft.stages, rows, 1, draft.kept);
    // Weights, gradients and two states of Adam are read and written in the update.
    const update = infer ? 0 : draft.trainedFloats * 4 * 6;
    return { flops, bytes: 2 * laidOut + update };
  } catch (error) {
    if (whyNot(error)) return undefined;
    throw error;
  } finally {
    model.dispose();
  }
}

/** Measures the machine, and returns for each row how many milliseconds it allows. */
async function boundRows(tf, quick) {
  const peak = await measuredPeak();
  const bandwidths = new Map();
  for (const size of quick ? [2 ** 20, 2 ** 24] : [2 ** 18, 2 ** 20, 2 ** 22, 2 ** 24, 2 ** 26]) {
    bandwidths.set(size, await measuredBandwidth(size));
  }
  const threads = availableParallelism();
  const rows = [
    {
      id: 'machine',
      metric: 'peak of the micro-kernel',
      value: peak,
      unit: 'GFLOP/s',
      n: 15,
      note: `${threads} threads`,
    },
    ...[...bandwidths].map(([size, speed]) => ({
      id: 'machine',
      metric: `copying ${size / 2 ** 20} MiB`,
      value: speed,
      unit: 'GB/s',
      n: 15,
      note: `read and written, ${threads} threads`,
    })),
  ];
  const speedFor = (bytes) => {
    const sizes = [...bandwidths.keys()];
    return bandwidths.get(sizes.find((size) => size >= bytes) ?? sizes.at(-1));
  };
  return {
    rows,
    of(id) {
      const work = workOf(tf, id);
      return (
        work && {
          ...work,
          compute: work.flops / peak / 1e6,
          traffic: work.bytes / speedFor(work.bytes) / 1e6,
        }
      );
    },
  };
}

module.exports = { boundRows };
