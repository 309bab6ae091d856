'use strict';
// How long `require('hunch-ml')` takes in a fresh process, and whether it keeps its hands off TensorFlow.js.
const { execFileSync } = require('node:child_process');
const { join } = require('node:path');

const ENTRY = join(__dirname, '..', 'dist', 'index.js');
const SCRIPT = `
  const began = performance.now();
  require(${JSON.stringify(ENTRY)});
  const ms = performance.now() - began;
  const heavy = Object.keys(require.cache).filter((f) => /node_modules.(@tensorflow|@duckdb|jsdom|plotly|tslab|zeromq)/.test(f));
  console.log(JSON.stringify({ ms, modules: Object.keys(require.cache).length, heavy: heavy.length }));`;

const median = (xs) => [...xs].sort((a, b) => a - b)[Math.floor(xs.length / 2)];

module.exports = {
  name: 'imports',
  async run({ quick }) {
    const runs = Array.from({ length: quick ? 7 : 25 }, () =>
      JSON.parse(execFileSync(process.execPath, ['-e', SCRIPT], { encoding: 'utf8' })),
    );
    const times = runs.map((run) => run.ms);
    const { modules, heavy } = runs[0];
    return [
      {
        id: 'import hunch-ml',
        metric: 'time',
        value: median(times),
        unit: 'ms',
        interval: [Math.min(...times), Math.max(...times)],
        n: runs.length,
        floor: 150,
        goal: 50,
        holds: median(times) < 150,
      },
      { id: 'import hunch-ml', metric: 'files loaded', value: modules, unit: 'files', n: 1 },
      {
        id: 'import hunch-ml',
        metric: 'files of heavy packages',
        value: heavy,
        unit: 'files',
        n: 1,
        floor: 0,
        goal: 0,
        holds: heavy === 0,
      },
    ];
  },
};
