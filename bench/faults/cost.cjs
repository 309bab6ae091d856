'use strict';
// What diagnose costs: the log of a long training of a deep narrow model, against the seconds of that training.
const { library } = require('./data.cjs');

const LAYERS = 20;

const deep = ({ tf, inputShape, units }) =>
  tf.sequential({
    layers: [
      ...Array.from({ length: LAYERS - 1 }, (_, i) =>
        tf.layers.dense({ units: 8, activation: 'tanh', ...(i === 0 ? { inputShape } : {}) }),
      ),
      tf.layers.dense({ units, activation: 'softmax' }),
    ],
  });

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** Median seconds of diagnose on a log; the first call, which compiles, is left out. */
function diagnoseSeconds(log) {
  const { diagnose } = library();
  return median(
    Array.from({ length: 8 }, () => {
      // A log of its own each time: what was worked out for one is kept with it.
      const fresh = { ...log };
      const begun = performance.now();
      diagnose(fresh);
      return (performance.now() - begun) / 1000;
    }).slice(1),
  );
}

async function costRows({ quick }) {
  const { fit, datasets, splitDataset } = library();
  const { train, validation } = splitDataset(datasets.wine(), { seed: 1 });
  const [short, long] = quick ? [25, 100] : [250, 1000];
  const timed = [];
  for (const epochs of [short, long]) {
    const run = await fit(deep, train, { validation, epochs, seed: 1, live: false });
    timed.push({ training: run.log.timing.seconds, diagnosing: diagnoseSeconds(run.log) });
    run.dispose();
  }
  const share = timed[1].diagnosing / timed[1].training;
  const id = `${LAYERS} layers, ${long} epochs`;
  return [
    { id, metric: 'training', value: timed[1].training, unit: 's', n: 1 },
    { id, metric: 'diagnose', value: 1000 * timed[1].diagnosing, unit: 'ms', n: 7 },
    {
      ...{ id, metric: 'diagnose, of training', value: share, unit: 'share', n: 7 },
      ...(quick ? {} : { floor: '<= 0.01', holds: share <= 0.01 }),
    },
    {
      ...{ id, metric: `growth from ${short}`, value: timed[1].diagnosing / timed[0].diagnosing },
      ...{ unit: 'times', n: 7 },
    },
  ];
}

module.exports = { costRows, median };
