'use strict';
// The cases of the benchmark: healthy runs, healthy runs that look odd, and runs with one planted fault.
const { FAULTS } = require('./faults.cjs');
const { ARCHITECTURES, modelOf } = require('./models.cjs');
const { ODD } = require('./odd.cjs');
const { TASKS, dataOf } = require('./tasks.cjs');

/** The healthy setup of a task: suitable data, a random split, a rate and a length that suit. */
function healthySetup(task, architecture, seed, data = dataOf(task, seed)) {
  const { kind, part, epochs, rate } = TASKS[task];
  return {
    ...{ task, kind, part, architecture },
    spec: { ...ARCHITECTURES[kind][part][architecture] },
    ...data,
    options: { epochs, learningRate: rate, optimizer: 'adam' },
  };
}

/** Architectures that suit a task. */
const architecturesOf = (task) => {
  const { kind, part, not = [] } = TASKS[task];
  return Object.keys(ARCHITECTURES[kind][part]).filter((name) => !not.includes(name));
};

/** Seeds of the two parts differ too. */
const seedOf = (part, i) => (part === 'report' ? 5000 : 0) + i;

/** Cases as plain names: `group` is `healthy`, `odd` or `fault`, `plant` the name of what is changed. */
function listCases(part, { healthySeeds, oddSeeds, faultSeeds, oddTasks = Infinity, faultTasks = Infinity }) {
  const cases = [];
  const tasks = Object.keys(TASKS).filter((task) => TASKS[task].part === part);
  const add = (group, plant, task, architecture, i) => {
    const seed = seedOf(part, i);
    cases.push({
      id: [part, group, plant, task, architecture, seed].join('/'),
      part,
      group,
      plant,
      task,
      architecture,
      seed,
    });
  };
  const data = new Map(tasks.map((task) => [task, dataOf(task, seedOf(part, 0))]));
  for (const task of tasks) {
    for (const architecture of architecturesOf(task)) {
      for (let i = 0; i < healthySeeds; i++) add('healthy', 'none', task, architecture, i);
    }
  }
  for (const [group, plants, seeds, most] of [
    ['odd', ODD, oddSeeds, oddTasks],
    ['fault', FAULTS, faultSeeds, faultTasks],
  ]) {
    for (const [turn, plant] of Object.keys(plants).entries()) {
      const able = tasks.flatMap((task) => {
        const names = architecturesOf(task);
        // Another architecture from plant to plant; one that the plant can be made on.
        const order = names.map((_, k) => names[(turn + k) % names.length]);
        const fits = order.find((name) =>
          (plants[plant].on ?? (() => true))(healthySetup(task, name, seedOf(part, 0), data.get(task))),
        );
        return fits ? [[task, fits]] : [];
      });
      const chosen = able
        .slice(turn % Math.max(1, able.length))
        .concat(able.slice(0, turn % Math.max(1, able.length)));
      for (const [task, architecture] of chosen.slice(0, most)) {
        for (let i = 0; i < seeds; i++) add(group, plant, task, architecture, 10 + i);
      }
    }
  }
  return cases;
}

/** What `fit` is given in a case: build, train, options; the data of an earlier training, if any; and what should be found. */
function setupOf({ group, plant, task, architecture, seed }) {
  const healthy = healthySetup(task, architecture, seed);
  const changed =
    group === 'fault'
      ? FAULTS[plant].plant(healthy, seed)
      : group === 'odd'
        ? ODD[plant].make(healthy, seed)
        : healthy;
  const { spec, train, validation, options, before } = changed;
  return {
    build: modelOf(spec, train.task),
    train,
    options: { ...options, validation, seed, live: false },
    ...(before ? { before } : {}),
    ...expectedOf({ group, plant }),
  };
}

/** What should be found of a case. */
function expectedOf({ group, plant }) {
  const {
    symptoms,
    causes,
    wiring = false,
  } = group === 'fault' ? FAULTS[plant] : { symptoms: [], causes: [] };
  return { symptoms, causes, wiring };
}

/** Seeds of each kind of case, and tasks of each fault, in a full run and in one that shows that the benchmark runs. */
const FULL = { healthySeeds: 4, oddSeeds: 2, faultSeeds: 2, faultTasks: 4 };
const QUICK = { healthySeeds: 1, oddSeeds: 1, faultSeeds: 1, faultTasks: 1, oddTasks: 1 };

/** The full grid with at most as many seeds of each case. */
const withSeeds = (most) =>
  Object.fromEntries(
    Object.entries(FULL).map(([name, n]) => [name, name.endsWith('Seeds') ? Math.min(n, most) : n]),
  );

module.exports = { FULL, QUICK, expectedOf, listCases, setupOf, withSeeds };
