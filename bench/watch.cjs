'use strict';
// What watching costs: recording, as a share of a training step; and a training with a live figure in a notebook beside the
// same training without one, in turns.
const { createHmac } = require('node:crypto');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { recordingRows } = require('./engine/recording.cjs');

const dist = (...path) => require(join(__dirname, '..', 'dist', ...path));
const FLOOR = 1.03;

/** Milliseconds that this thread has had a processor, which other work on the machine does not lengthen; where it is not told, time. */
function ownTime() {
  try {
    return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
  } catch {
    return performance.now();
  }
}

/** Adds up the time that is spent in showing: from the moment the live view asks for the log to the listener after it. */
function clockOfShowing() {
  const { onProgress } = dist('core', 'progress.js');
  const { installLiveView } = dist('notebook', 'live', 'live-view.js');
  let [begun, spent] = [undefined, 0];
  onProgress((event) => {
    begun = undefined;
    if (!event.detail?.snapshot) return;
    const { snapshot } = event.detail;
    // Asked for the first time, the log sums up the data, which it would do at the end anyway: that is none of the showing.
    const asked = () => {
      snapshot();
      begun = ownTime();
      return snapshot();
    };
    event.detail = { ...event.detail, snapshot: asked };
  });
  installLiveView();
  onProgress(() => (spent += begun === undefined ? 0 : ownTime() - begun));
  return () => {
    const taken = spent / 1000;
    spent = 0;
    return taken;
  };
}

/** Nonparametric 95 % interval of the median by order statistics; the extremes where there are few. */
function medianInterval(values) {
  const all = sorted(values);
  const out = Math.max(0, Math.floor((all.length - 1.96 * Math.sqrt(all.length)) / 2) - 1);
  return [all[out], all[all.length - 1 - out]];
}

const sorted = (values) => [...values].sort((a, b) => a - b);
const quantile = (values, share) => sorted(values)[Math.round(share * (values.length - 1))];

/** A notebook that does with a bundle what a kernel does before the socket: JSON, and its signature. */
function fakeNotebook() {
  const seen = { messages: 0, bytes: 0 };
  let pictures = [];
  return {
    seen,
    awaitBeforeIdle: (work) => void pictures.push(work),
    /** The picture of the end is drawn on a thread of its own, after the training. */
    async idle() {
      await Promise.all(pictures);
      pictures = [];
    },
    name: 'bench',
    interruptSignal: () => undefined,
    publish(data, options) {
      const content = JSON.stringify({ data, metadata: {}, transient: { display_id: options?.displayId } });
      createHmac('sha256', 'key').update(content).digest('hex');
      seen.messages++;
      seen.bytes += content.length;
    },
  };
}

/** Two overlapping clouds of points, seeded. */
function cloud(n, seed) {
  const { dataset } = dist('index.js');
  const { random } = dist('core', 'random.js');
  const stream = random(seed);
  const d = 64;
  const values = new Float32Array(n * d);
  const labels = Array.from({ length: n }, (_, i) => String(i % 4));
  for (let i = 0; i < values.length; i++)
    values[i] = stream.normal() + (i % d) * 0.02 * (Math.floor(i / d) % 4);
  return dataset({ name: 'cloud', features: values, shape: [d], labels });
}

const build = ({ tf, inputShape, units }) =>
  tf.sequential({
    layers: [
      tf.layers.dense({ inputShape, units: 64, activation: 'relu' }),
      tf.layers.dense({ units: 64, activation: 'relu' }),
      tf.layers.dense({ units, activation: 'softmax' }),
    ],
  });

/** Trainings of several shapes; `seconds` is aimed at by the number of epochs (of examples, for one epoch). */
const SIZES = [
  { id: '1 s', seconds: 1, n: 2000, batchSize: 32, pairs: 15, quick: 5 },
  { id: 'many short epochs', seconds: 3, n: 128, batchSize: 64, pairs: 9, quick: 3 },
  { id: 'one long epoch', seconds: 3, n: 64_000, batchSize: 8, epochs: 1, pairs: 9, quick: 0 },
  { id: '10 s', seconds: 10, n: 8000, batchSize: 32, pairs: 5, quick: 0 },
];

async function trainer({ n, batchSize, seconds, epochs }) {
  const { fit } = dist('index.js');
  const [train, validation] = [cloud(n, 1), cloud(Math.min(n, 500), 2)];
  const train1 = async (count, live) => {
    const [begun, own] = [performance.now(), ownTime()];
    const run = await fit(build, train, { validation, batchSize, epochs: count, live });
    const [took, busy] = [(performance.now() - begun) / 1000, (ownTime() - own) / 1000];
    run.dispose();
    return { took, busy, log: run.log };
  };
  if (epochs) return () => (live) => train1(epochs, live);
  await train1(2, false);
  const some = Math.max(2, Math.round(20_000 / n));
  // By this thread's own time, which is the time it takes on a quiet machine.
  const { busy } = await train1(some, false);
  const count = Math.max(2, Math.round((seconds * some) / busy));
  return () => (live) => train1(count, live);
}

module.exports = {
  name: 'watch',
  async run({ quick, log }) {
    const { setHost } = dist('core', 'host.js');
    const { tf } = await dist('engine', 'use-engine.js').useEngine();
    const rows = (await recordingRows(tf, quick, ['mlp', 'cnn'])).map((row) => ({
      ...row,
      id: `recording, ${row.id}`,
    }));
    const showing = clockOfShowing();
    for (const size of SIZES) {
      const pairs = quick ? size.quick : size.pairs;
      if (pairs === 0) continue;
      const train = (await trainer(size))();
      const host = fakeNotebook();
      const withHost = async (live) => {
        setHost(host);
        try {
          return await train(live);
        } finally {
          await host.idle();
          setHost(undefined);
        }
      };
      await withHost(true);
      const [watched, bare, shares, times] = [[], [], [], []];
      let same = true;
      for (let i = 0; i < pairs; i++) {
        const order = i % 2 === 0 ? [true, false] : [false, true];
        const logs = {};
        for (const live of order) {
          showing();
          const { took, busy, log: own } = await withHost(live);
          if (live) {
            shares.push(busy / (busy - showing()));
          }
          (live ? watched : bare).push(busy);
          if (!live) times.push(took);
          logs[live] = JSON.stringify({ ...own, timing: null, model: null, layers: null, activations: null });
        }
        same &&= logs.true === logs.false;
      }
      if (!same) throw new Error(`watch: ${size.id}: the watched training gave other numbers`);
      const ratios = watched.map((time, i) => time / bare[i]);
      log(
        `${size.id}: ${quantile(times, 0.5).toFixed(2)} s (${quantile(bare, 0.5).toFixed(2)} s of this thread's own), ${(host.seen.messages / (pairs + 1)).toFixed(1)} messages and ${Math.round(host.seen.bytes / (pairs + 1) / 1024)} kB a training`,
      );
      const row = (metric, numbers, holds) => ({
        id: `live, ${size.id}`,
        metric,
        value: quantile(numbers, 0.5),
        unit: 'x',
        interval: medianInterval(numbers),
        n: pairs,
        floor: FLOOR,
        holds,
      });
      // Times are those of this thread on a processor, so that other work on the machine counts less; what is left of it moves
      // the times of two trainings apart, but not the share of one that goes into showing.
      rows.push(
        row('all / less showing', shares, quantile(shares, 0.5) <= FLOOR),
        row('with figure / without', ratios, medianInterval(ratios)[0] <= FLOOR),
      );
    }
    return rows;
  },
};
