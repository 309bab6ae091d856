'use strict';
// What it costs to record what a debugger needs (activations and norms of the layers at some steps; loss, confidence and
// correctness of each example): epochs of the loop that `fit` trains by, on one thread, with it and without, in turn. Times are
// those of the processor, so that other programs on the machine count less.
const { compileModel, part } = require('./hunch-plan.cjs');
const { median, quartiles } = require('./report.cjs');
const { ROWS, CLASSES, buildModel, dataOf, setWeights, startingWeights } = require('./rows.cjs');

const FLOOR = 1.05;
/** Steps of an epoch: some of them are watched. */
const STEPS = 64;

/** A training of a row; `epoch(recording)` gives the processor's milliseconds for one more. */
function startRow(tf, id) {
  const { random } = part('core', 'random.js');
  const { batch } = ROWS[id];
  const model = buildModel(tf, id, { blank: true });
  setWeights(tf, model, startingWeights(model, random(1)));
  const layers = part('engine', 'train', 'layer-facts.js').layerFacts(model);
  const plan = compileModel(tf, model, { batch });
  model.dispose();
  const session = part('engine', 'session-on.js').sessionOn(plan, CLASSES, 128e6);
  const n = batch * STEPS;
  const data = dataOf(id, n, random(2));
  const labels = Int32Array.from({ length: n }, (_, i) => data.targets.indexOf(1, i * CLASSES) - i * CLASSES);
  const spec = {
    session,
    loaded: session.load(data),
    train: { ...data, task: 'classification', labels },
    subset: null,
    units: CLASSES,
    loss: part('engine', 'losses.js').LOSSES.categoricalCrossentropy,
    batchSize: batch,
    epochs: 100,
    learningRate: 0.001,
    log: part('engine', 'train', 'growing-log.js').growingLog(layers),
    aborted: () => false,
    breathe: () => undefined,
  };
  const judge = part('engine', 'train', 'judge.js').judgeOf(spec);
  const { trainEpoch } = part('engine', 'train', 'train-epoch.js');
  const order = Int32Array.from({ length: n }, (_, i) => i);
  let epochs = 0;
  return {
    async epoch(recording) {
      const began = process.cpuUsage();
      await trainEpoch({ ...spec, judge, recording }, ++epochs, order);
      spec.log.layers.endEpoch();
      const { user, system } = process.cpuUsage(began);
      return (user + system) / 1000;
    },
    dispose: () => plan.dispose(),
  };
}

/** One line for each row that is trained: the time of an epoch with recording as a share of that without. */
async function recordingRows(tf, quick, chosen = Object.keys(ROWS)) {
  const rows = [];
  for (const id of chosen.filter((name) => !ROWS[name].infer)) {
    const training = startRow(tf, id);
    try {
      for (const recording of [true, false, true, false]) await training.epoch(recording);
      const times = { with: [], without: [] };
      const began = performance.now();
      // Neighbours are compared, so that what else the machine does falls on both.
      while (
        times.with.length < 9 ||
        (performance.now() - began < (quick ? 1500 : 6000) && times.with.length < 200)
      ) {
        const first = times.with.length % 2 === 0;
        const [a, b] = [await training.epoch(first), await training.epoch(!first)];
        times.with.push(first ? a : b);
        times.without.push(first ? b : a);
      }
      const ratios = times.with.map((time, i) => time / times.without[i]);
      const ratio = median(ratios);
      rows.push({
        id,
        metric: 'time with recording',
        value: ratio,
        unit: 'x',
        interval: quartiles(ratios),
        n: ratios.length,
        against: 'without',
        ratio,
        floor: FLOOR,
        holds: ratio <= FLOOR,
        note: `an epoch of ${STEPS} steps takes ${median(times.without).toFixed(1)} ms without; quickest ones: ${(Math.min(...times.with) / Math.min(...times.without)).toFixed(3)} times`,
      });
    } finally {
      training.dispose();
    }
  }
  return rows;
}

module.exports = { recordingRows };
