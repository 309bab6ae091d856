'use strict';
// Whether training with the suggested learning rate beats ten times and a thirtieth of it, by validation loss at the end.
// Thresholds of findLearningRate were set on splits of seed 0; the splits here have other seeds.
const { join } = require('node:path');
const { ARCHITECTURES, cases } = require('./cases.cjs');
const { wilson } = require('../common/wilson.cjs');

const library = () => require(join(__dirname, '..', '..', 'dist'));
const METHODS = ['valley', 'steepest', 'minimum/10'];
const FACTORS = [1, 10, 1 / 30];

const mean = (values) => values.reduce((a, b) => a + b, 0) / values.length;

/** Mean validation loss over the seeds, at the end of training with each rate; infinite where one was not finite. */
async function losses({ train, validation, architecture, optimizer, epochs, seed }, rates) {
  const { sweep } = library();
  const configurations = rates.map((learningRate, i) => ({ name: String(i), learningRate }));
  const seeds = [100 * seed, 100 * seed + 1, 100 * seed + 2];
  const { runs } = await sweep(ARCHITECTURES[architecture], train, {
    ...{ validation, epochs, optimizer, seeds, configurations },
  });
  return rates.map((_, i) => {
    const own = runs.filter(({ configuration }) => configuration === String(i));
    const ends = own.map(({ log }) =>
      log.stopped === 'non-finite' ? Infinity : log.epochs.at(-1).validation.loss.value,
    );
    return mean(ends);
  });
}

/** Loss of a guess that knows how often each class is there; the variance of values. */
function guess({ labels, classes, n }) {
  const values = Array.from(labels);
  if (classes.length === 0) return mean(values.map((value) => (value - mean(values)) ** 2));
  const shares = classes.map((_, k) => values.filter((code) => code === k).length / n);
  return shares.reduce((sum, share) => (share > 0 ? sum - share * Math.log(share) : sum), 0);
}

const row = (id, metric, hits, n, floor) => ({
  ...{ id, metric, value: n > 0 ? hits / n : NaN, unit: 'share', interval: wilson(hits, n), n, ...floor },
});

async function run({ quick, log }) {
  const { findLearningRate } = library();
  const tallies = new Map();
  const tally = (key, won) => {
    const { hits, n } = tallies.get(key) ?? { hits: 0, n: 0 };
    tallies.set(key, { hits: hits + Number(won), n: n + 1 });
  };
  const spreads = [];
  const hopeless = { refused: 0, n: 0 };
  for (const seed of quick ? [1] : [1, 2]) {
    for (const one of cases(seed, { quick })) {
      const { task, scale, architecture, optimizer } = one;
      const found = await findLearningRate(ARCHITECTURES[architecture], one.train, { optimizer, seed });
      const name = `${task} ${scale} ${architecture} ${optimizer}, split ${seed}`;
      if (!found.suggestions) {
        // Where nothing is suggested: does any rate of a coarse grid do better than a guess?
        const least = Math.min(...(await losses(one, [1e-5, 1e-4, 1e-3, 1e-2, 1e-1])));
        const learns = least < 0.9 * guess(one.validation);
        hopeless.n++;
        if (!learns) hopeless.refused++;
        log(`${name}: nothing, ${found.reason.code}${learns ? `, though it learns: ${least}` : ''}`);
        continue;
      }
      const [low, high] = found.suggestions.valley.range;
      spreads.push(high / low);
      for (const method of quick ? ['valley'] : METHODS) {
        const { rate } = found.suggestions[method];
        const [own, tenfold, thirtieth] = await losses(
          one,
          FACTORS.map((factor) => factor * rate),
        );
        const wins = { '×10': own < tenfold, '÷30': own < thirtieth };
        wins.both = wins['×10'] && wins['÷30'];
        for (const [against, won] of Object.entries(wins)) {
          tally(`${method} ${against} all`, won);
          if (method !== 'valley') continue;
          for (const group of [optimizer, scale, architecture, task])
            tally(`${method} ${against} ${group}`, won);
        }
        if (method === 'valley' && !wins.both)
          log(`${name}: ${rate.toExponential(1)} gives ${own}, ×10 ${tenfold}, ÷30 ${thirtieth}`);
      }
    }
  }
  const rows = [...tallies].map(([key, { hits, n }]) => {
    const [method, against, ...group] = key.split(' ');
    const floor =
      group[0] === 'all' && method === 'valley' && against === 'both'
        ? { floor: '>= 0.75', holds: hits / n >= 0.75 }
        : {};
    return row(`${method} ${group.join(' ')}`, `beats ${against}`, hits, n, floor);
  });
  spreads.sort((a, b) => a - b);
  const at = (share) => spreads[Math.floor(share * (spreads.length - 1))];
  rows.push({
    id: 'valley spread',
    metric: 'largest / smallest',
    value: at(0.5),
    unit: 'times',
    interval: [at(0.1), at(0.9)],
    n: spreads.length,
  });
  rows.push(row('refusals', 'no rate beats a guess', hopeless.refused, hopeless.n));
  return rows;
}

module.exports = { name: 'learning-rate', run };
