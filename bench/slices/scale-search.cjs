'use strict';
// One search of n rows of 20 columns in a process of its own: node scale-search.cjs ROWS
const { bitEngine } = require('../../dist/engine/count/bit-engine.js');
const { searchSlices, singleLevels } = require('../../dist/look/slices/search-slices.js');
const { sliceLineScore } = require('../../dist/look/slices/slice-score.js');
const { uniform } = require('../common/random.cjs');

const COLUMNS = 20;
const n = Number(process.argv[2]);
const next = uniform(1);
// Skewed columns of 10 levels: level 0 has about a fourth of the rows.
const columns = Array.from({ length: COLUMNS }, (_, c) => ({
  name: `c${c}`,
  levels: 10,
  codes: Uint8Array.from({ length: n }, () => Math.min(9, Math.floor(-Math.log(1 - next()) * 3))),
}));
const errors = Uint8Array.from({ length: n }, (_, i) =>
  next() < (columns[0].codes[i] === 1 && columns[1].codes[i] === 2 ? 0.3 : 0.1) ? 1 : 0,
);
globalThis.gc?.();
const before = process.memoryUsage().rss;
const began = performance.now();
const engine = bitEngine(columns, errors);
const sum = errors.reduce((a, b) => a + b, 0);
const support = Math.ceil(n / 100);
const score = sliceLineScore({ n, sum, squares: sum }, 0.95, support);
const work = searchSlices(engine.levels, singleLevels(engine.levels), score, { k: 10, support, maxLevel: 3 });
let step = work.next();
while (!step.done) step = work.next(engine.count(step.value));
const ms = performance.now() - began;
const bytes = process.resourceUsage().maxRSS * 1024 - before;
const evaluated = step.value.tried.reduce((total, level) => total + level.evaluated, 0);
console.log(JSON.stringify({ ms, bytes, evaluated, best: step.value.best[0].conditions.join() }));
