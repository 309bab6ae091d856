'use strict';
// How often overfitOneBatch names the right outcome of a planted fault or its healthy twin, and the right cause first.
// Rules and weights were set with seeds 0 and 1; the seeds here are others.
const { join } = require('node:path');
const { planted } = require('./cases.cjs');
const { wilson } = require('../common/wilson.cjs');

const library = () => require(join(__dirname, '..', '..', 'dist'));

const row = (id, metric, hits, n, floor) => ({
  ...{ id, metric, value: n > 0 ? hits / n : NaN, unit: 'share', interval: wilson(hits, n), n, ...floor },
});

async function run({ quick, log, seeds = quick ? [20] : [20, 21, 22, 23, 24, 25] }) {
  const { overfitOneBatch } = library();
  const tallies = new Map();
  const tally = (key, right) => {
    const { hits, n } = tallies.get(key) ?? { hits: 0, n: 0 };
    tallies.set(key, { hits: hits + Number(right), n: n + 1 });
  };
  for (const seed of seeds) {
    for (const one of planted(seed)) {
      const found = await overfitOneBatch(one.build, one.data, { ...one.options, seed });
      const outcome = one.outcomes.includes(found.outcome);
      const said = found.causes.map(({ id, weight }) => `${id} ${weight.toFixed(2)}`).join(', ');
      const healthy = one.cause === undefined;
      const conflict = found.floor.conflicting > 0 === Boolean(one.conflicting);
      tally(`${one.name}|outcome`, outcome && conflict);
      tally(`${healthy ? 'all healthy' : 'all faults'}|outcome`, outcome && conflict);
      const place = found.causes.findIndex(({ id }) => id === one.cause);
      if (!healthy) {
        for (const key of [one.name, 'all faults']) {
          tally(`${key}|cause first`, place === 0);
          tally(`${key}|cause in first three`, place >= 0 && place < 3);
        }
      }
      if (!outcome || !conflict || (!healthy && place !== 0)) {
        const end = found.arms[0].finalLoss.toPrecision(3);
        log(
          `${one.name} on ${one.task}, seed ${seed}: ${found.outcome} at ${end} of ${found.guess.toPrecision(3)} after ${found.arms[0].steps} [${found.signs}] ${said}`,
        );
      }
    }
  }
  return [...tallies].map(([key, { hits, n }]) => {
    const [id, metric] = key.split('|');
    const floors = {
      'all healthy|outcome': 0.95,
      'all faults|outcome': 0.95,
      'all faults|cause in first three': 0.8,
    };
    const floor = floors[key];
    return row(id, metric, hits, n, floor ? { floor: `>= ${floor}`, holds: hits / n >= floor } : {});
  });
}

module.exports = { name: 'one-batch', run };
