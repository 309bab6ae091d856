'use strict';
// Hunch in a stock tslab kernel, as someone has it who keeps the kernel they know: import, fit, show. The kernel loses what
// it sends in a flood until the import mends it, which a kernel without the import shows.
const { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const ROOT = join(__dirname, '..', '..', '..');
const { startKernel } = require(join(ROOT, 'dist', 'notebook', 'client', 'kernel-client.js'));
const folder = mkdtempSync(join(tmpdir(), 'hunch-tslab-'));
const results = [];
const check = (what, holds, detail = '') => {
  results.push(Boolean(holds));
  console.log(`${holds ? 'ok  ' : 'FAIL'} ${what}${detail === '' ? '' : ` (${detail})`}`);
};

const LINES = 2000;
const UPDATES = 300;
const PRINT = `for (let i = 0; i < ${LINES}; i++) console.log(i);`;

function prepare() {
  const own = join(folder, 'node_modules');
  mkdirSync(own);
  symlinkSync(ROOT, join(own, 'hunch-ml'), 'dir');
  // Our client says "node LAUNCHER --config-path FILE"; tslab wants its command before that.
  const tslab = join(ROOT, 'node_modules', 'tslab', 'bin', 'tslab');
  const launcher = join(folder, 'launcher.cjs');
  writeFileSync(launcher, `process.argv.splice(2, 0, 'kernel');\nrequire(${JSON.stringify(tslab)});\n`);
  // tslab speaks TCP only, which our client takes where a socket's path would be too long.
  const connectionDir = join(folder, 'connection'.padEnd(100, '-'));
  mkdirSync(connectionDir);
  return () => startKernel({ cwd: folder, launcher, connectionDir, env: { JPY_PARENT_PID: undefined } });
}

/** Runs a cell and gathers what it published, also where the end of the cell never comes. */
async function run(kernel, code, patience = 60_000) {
  const messages = [];
  let timer;
  const late = new Promise((resolve) => (timer = setTimeout(resolve, patience, { status: 'no idle' })));
  const cell = kernel.execute(code, { onMessage: (message) => messages.push(message) });
  cell.catch(() => undefined);
  const { status, error } = await Promise.race([cell, late]);
  clearTimeout(timer);
  const of = (...types) => messages.filter(({ header }) => types.includes(header.msg_type));
  const text = of('stream')
    .map(({ content }) => content.text)
    .join('');
  return { status, error, text, of };
}

const linesIn = (text) => text.split('\n').filter((line, i) => line === String(i)).length;

/** The one bundle that a cell has shown. */
function bundleOf({ of }) {
  const shown = of('display_data');
  return shown.length === 1 ? shown[0].content.data : {};
}

function isPng(base64) {
  return (
    Buffer.from(base64 ?? '', 'base64')
      .subarray(1, 4)
      .toString() === 'PNG'
  );
}

async function withoutHunch(start) {
  const kernel = await start();
  const flood = await run(kernel, PRINT, 4000);
  check(
    'control: without the import this kernel loses lines, or the end of the cell',
    flood.status === 'no idle' || linesIn(flood.text) < LINES,
    `${LINES - linesIn(flood.text)} lines lost, ${flood.status}`,
  );
  await kernel.shutdown();
}

async function withHunch(start) {
  const kernel = await start();
  const { implementation, implementation_version: version } = kernel.info;
  check('the kernel is stock tslab', implementation !== 'hunch', `${implementation} ${version}`);

  const imported = await run(
    kernel,
    `import { datasets, diagnose, figures, fit, show, splitDataset } from 'hunch-ml';\nconst { train, validation } = splitDataset(datasets.iris(), { validation: 0.2, seed: 1 });`,
  );
  check(
    'the import is typed and says nothing',
    imported.status === 'ok' && imported.text === '',
    imported.text,
  );
  const wrong = await run(kernel, `fit('no model', train);`);
  check('a wrong type is refused', wrong.status === 'error', wrong.text.split('\n')[0]);
  // Stock tslab refuses whatever comes within 200 ms of an error.
  await new Promise((resolve) => setTimeout(resolve, 400));

  const flood = await run(kernel, PRINT);
  check(
    `${LINES} lines in one cell all come after the import`,
    flood.status === 'ok' && linesIn(flood.text) === LINES,
    `${LINES - linesIn(flood.text)} lost, ${flood.status}`,
  );
  const updates = await run(
    kernel,
    `for (let i = 0; i < ${UPDATES}; i++) void show(\`state \${i}\`, { displayId: 'flood' });\nawait new Promise((resolve) => setTimeout(resolve, 50));`,
  );
  const states = updates
    .of('display_data', 'update_display_data')
    .map(({ content }) => content.data['text/plain']);
  check(
    `${UPDATES} changes of a display all come, in order`,
    updates.status === 'ok' &&
      states.length === UPDATES &&
      states.every((state, i) => state === `state ${i}`),
    `${UPDATES - states.length} lost`,
  );
  check(
    'all of them under one display id',
    updates
      .of('display_data', 'update_display_data')
      .every(({ content }) => content.transient.display_id === 'flood'),
  );

  // Stock tslab does not find the name of an earlier cell behind a short property such as `{ validation }`.
  const trained = await run(
    kernel,
    `const run = await fit(
  ({ tf, inputShape, units }) => tf.sequential({ layers: [tf.layers.dense({ inputShape, units, activation: 'softmax' })] }),
  train,
  { validation: validation, epochs: 20, seed: 1 },
);`,
  );
  const live = trained.of('display_data', 'update_display_data');
  const ids = new Set(live.map(({ content }) => content.transient.display_id));
  check('a model is trained', trained.status === 'ok', trained.text.trim().split('\n').at(-1));
  check(
    'the learning curve is drawn meanwhile, in one display',
    live.length >= 2 && ids.size === 1 && live.at(-1).content.data['application/vnd.plotly.v1+json'],
    `${live.length} pictures`,
  );

  const figure = bundleOf(await run(kernel, 'await show(figures.learningCurve(run));'));
  check(
    'show(figure): Plotly, HTML, picture and words',
    Array.isArray(figure['application/vnd.plotly.v1+json']?.data) &&
      figure['text/html']?.includes('<') &&
      isPng(figure['image/png']) &&
      figure['text/plain']?.length > 0,
    Object.keys(figure).join(', '),
  );
  const report = bundleOf(await run(kernel, 'const report = diagnose(run);\nawait show(report);'));
  check(
    'show(report): HTML and words',
    report['text/html']?.includes('<') && report['text/plain']?.length > 0,
    String(report['text/plain']).split('\n')[0],
  );
  const whole = bundleOf(await run(kernel, 'await show(run);'));
  check(
    'show(run): HTML and words',
    whole['text/html']?.includes('<') && whole['text/plain']?.length > 0,
    String(whole['text/plain']).split('\n')[0],
  );
  const plain = bundleOf(await run(kernel, `await show({ a: 1 });`));
  check('show(anything): words', plain['text/plain'] === '{ a: 1 }', plain['text/plain']);
  await kernel.shutdown();
}

async function main() {
  try {
    const start = prepare();
    await withoutHunch(start);
    await withHunch(start);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const failed = results.filter((ok) => !ok).length;
  console.log(`${results.length - failed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
