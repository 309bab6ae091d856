'use strict';
// One search of Adult in a process of its own, for its time and memory: node adult-search.cjs LEVEL REPEATS
const { readAdult } = require('./adult.cjs');
const { bitEngine } = require('../../dist/engine/count/bit-engine.js');
const { singleLevels, searchSlices } = require('../../dist/look/slices/search-slices.js');
const { sliceLineScore } = require('../../dist/look/slices/slice-score.js');

const ALPHA = 0.95;
const K = 10;

/** SliceLine's ten best slices of a table of codes. */
function search({ n, columns, errors }, maxLevel) {
  const engine = bitEngine(columns, errors);
  const sum = errors.reduce((a, b) => a + b, 0);
  const support = Math.ceil(n / 100);
  const score = sliceLineScore({ n, sum, squares: sum }, ALPHA, support);
  const work = searchSlices(engine.levels, singleLevels(engine.levels), score, { k: K, support, maxLevel });
  let step = work.next();
  while (!step.done) step = work.next(engine.count(step.value));
  return step.value;
}

/** The slice as columns and codes. */
const cellsOf = ({ conditions }) =>
  Array.from({ length: conditions.length / 3 }, (_, i) => [conditions[3 * i], conditions[3 * i + 1]]);

if (require.main === module) {
  // The whole library, as a person has it.
  require('../../dist/index.js');
  const [level, repeats] = process.argv.slice(2).map(Number);
  const table = readAdult();
  const times = [];
  let found;
  for (let i = 0; i < repeats; i++) {
    const began = performance.now();
    found = search(table, level);
    times.push(performance.now() - began);
  }
  const mib = process.resourceUsage().maxRSS / 1024;
  const best = found.best.map((cell) => ({
    cells: cellsOf(cell),
    size: cell.size,
    errors: cell.sum,
    score: cell.score,
  }));
  console.log(JSON.stringify({ times, mib, best, tried: found.tried }));
}

module.exports = { search, cellsOf, ALPHA, K };
