'use strict';
// How long it takes from `fit` called to its first step: the first one of a process that has done nothing but load the engine,
// whose JavaScript nobody has run yet, and later ones of the same process.
// node first-step.cjs ID prints it as JSON.
const { execFileSync } = require('node:child_process');
const { join } = require('node:path');
const { part } = require('./hunch-plan.cjs');
const { median, quartiles } = require('./report.cjs');
const { ROWS, CLASSES, buildModel, dataOf } = require('./rows.cjs');

const GOAL = 30;
/** Fits after the first one. */
const LATER = 5;

/** Notes when a plan's first step begins. */
function watchFirstStep() {
  const seen = { at: NaN };
  const module = part('engine', 'plan', 'run-plan.js');
  const { runPlan } = module;
  module.runPlan = (...args) => {
    const plan = runPlan(...args);
    for (const name of ['step', 'watchedStep']) {
      const work = plan[name];
      plan[name] = (...given) => {
        if (Number.isNaN(seen.at)) seen.at = performance.now();
        return work(...given);
      };
    }
    return plan;
  };
  return seen;
}

/** Fits one batch for one epoch, again and again: the time of the log ends with its only step. */
async function measure(id) {
  const seen = watchFirstStep();
  const { fit, dataset } = require(join(__dirname, '..', '..', 'dist', 'index.js'));
  await part('engine', 'use-engine.js').useEngine();
  const { batch, input } = ROWS[id];
  const { inputs, targets } = dataOf(id, batch, part('core', 'random.js').random(2));
  const labels = Array.from({ length: batch }, (_, i) => targets.indexOf(1, i * CLASSES) - i * CLASSES);
  const classes = Array.from({ length: CLASSES }, (_, k) => `class ${k}`);
  const data = dataset({ features: inputs, shape: input, labels, classes, task: 'classification' });
  const times = [];
  for (let i = 0; i <= LATER; i++) {
    seen.at = NaN;
    const began = performance.now();
    const run = await fit(({ tf }) => buildModel(tf, id), data, {
      epochs: 1,
      batchSize: batch,
      live: false,
    });
    const { timing, engine } = run.log;
    times.push({ ms: seen.at - began, done: timing.seconds * 1000, steps: engine.steps });
    run.dispose();
  }
  const [first, ...later] = times;
  return { ...first, later: median(later.map(({ ms, done, steps }) => (steps === 'plan' ? ms : done))) };
}

/** One line for each row whose model is trained. */
async function firstStepRows(quick, chosen = quick ? ['mlp', 'cnn', 'lstm'] : Object.keys(ROWS)) {
  const rows = [];
  for (const id of chosen.filter((name) => !ROWS[name].infer)) {
    const runs = Array.from({ length: quick ? 3 : 9 }, () =>
      JSON.parse(
        execFileSync(process.execPath, [join(__dirname, 'first-step.cjs'), id], {
          encoding: 'utf8',
          stdio: 'pipe',
        }),
      ),
    );
    const planned = runs[0].steps === 'plan';
    const times = runs.map(({ ms, done }) => (planned ? ms : done));
    const { steps } = runs[0];
    rows.push({
      id,
      metric: 'fit to first step',
      value: median(times),
      unit: 'ms',
      interval: quartiles(times),
      n: times.length,
      note: `steps run on: ${steps}; the step is done after ${median(runs.map(({ done }) => done)).toFixed(0)} ms`,
      // A goal and not a floor: milliseconds go by the machine, and a machine that is busy or slow is not a fault.
      ...(planned ? { goal: GOAL } : {}),
    });
    const later = runs.map((run) => run.later);
    rows.push({
      id,
      metric: 'fit to first step, later fits',
      value: median(later),
      unit: 'ms',
      interval: quartiles(later),
      n: later.length,
      note: `medians of ${LATER} fits after the first one of a process`,
    });
  }
  return rows;
}

module.exports = { firstStepRows };

if (require.main === module) {
  measure(process.argv[2]).then(
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
