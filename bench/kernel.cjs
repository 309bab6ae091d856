'use strict';
// How long a person waits for the kernel: start, the first cell, a trivial cell, 2,000 lines in one cell, a restart's worth.
const { join } = require('node:path');

const median = (xs) => [...xs].sort((a, b) => a - b)[Math.floor(xs.length / 2)];

/** Milliseconds that `work` takes, and what it returned. */
async function timed(work) {
  const began = performance.now();
  const value = await work();
  return { ms: performance.now() - began, value };
}

module.exports = {
  name: 'kernel',
  async run({ quick, log }) {
    const { startKernel } = require(join(__dirname, '..', 'dist', 'notebook', 'client', 'kernel-client.js'));
    const times = {
      start: [],
      'first cell': [],
      'trivial cell': [],
      '2,000 lines': [],
      'first fit cell': [],
    };
    const starts = quick ? 2 : 5;
    let lost = 0;
    for (let i = 0; i < starts; i++) {
      const started = await timed(() => startKernel({ cwd: join(__dirname, '..', 'notebooks') }));
      const kernel = started.value;
      times.start.push(started.ms);
      times['first cell'].push((await timed(() => kernel.execute('1 + 1'))).ms);
      for (let k = 0; k < (quick ? 5 : 20); k++)
        times['trivial cell'].push((await timed(() => kernel.execute(`${k}`))).ms);
      const flood = await timed(() => kernel.execute('for (let i = 0; i < 2000; i++) console.log(i);'));
      times['2,000 lines'].push(flood.ms);
      const lines = flood.value.outputs
        .map((output) => output.text ?? '')
        .join('')
        .trim()
        .split('\n');
      lost += 2000 - lines.filter((line, k) => line === String(k)).length;
      const fit = await timed(() =>
        kernel.execute(
          'await fit(({ tf, inputShape, units }) => tf.sequential({ layers: [tf.layers.dense({ inputShape, units, activation: "softmax" })] }), datasets.iris(), { epochs: 1 });0',
        ),
      );
      if (fit.value.status !== 'ok') throw new Error(fit.value.error.evalue);
      times['first fit cell'].push(fit.ms);
      await kernel.shutdown();
      log(`kernel ${i + 1} of ${starts}`);
    }
    const rows = Object.entries(times).map(([id, ms]) => ({
      id,
      metric: 'time',
      value: median(ms),
      unit: 'ms',
      interval: [Math.min(...ms), Math.max(...ms)],
      n: ms.length,
    }));
    return [
      ...rows,
      {
        id: '2,000 lines',
        metric: 'lines lost',
        value: lost,
        unit: 'lines',
        n: starts,
        floor: 0,
        goal: 0,
        holds: lost === 0,
      },
    ];
  },
};
