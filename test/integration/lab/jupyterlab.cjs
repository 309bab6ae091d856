'use strict';
/* global document, window */
// The quickstart in a real JupyterLab in a real Chromium: installed kernel, interactive figures, an error with its
// traceback, the stop button on a running fit and the next cell after it. Screenshots are kept.
const { execFileSync, spawn } = require('node:child_process');
const { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } = require('node:fs');
const { createServer } = require('node:net');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { chromium } = require('playwright-core');
const { anyFigureAnswers } = require('../any-figure-answers.cjs');

const ROOT = join(__dirname, '..', '..', '..');
const VENV = process.env.HUNCH_VENV ?? join(ROOT, '.venv');
const SHOTS = join(ROOT, '.artifacts', 'screenshots');
const folder = mkdtempSync(join(tmpdir(), 'hunch-lab-'));
const results = [];
const check = (what, holds) => {
  results.push(Boolean(holds));
  console.log(`${holds ? 'ok  ' : 'FAIL'} ${what}`);
};

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

const codeCell = (id, source) => ({
  cell_type: 'code',
  id,
  execution_count: null,
  metadata: {},
  outputs: [],
  source,
});

const STOPPABLE = [
  codeCell(
    'a',
    `import { datasets, fit, splitDataset } from 'hunch-ml';\nconst { train, validation } = splitDataset(datasets.digits(), { validation: 0.25 });`,
  ),
  codeCell(
    'b',
    `const long = await fit(({ tf, inputShape, classes }) => tf.sequential({ layers: [tf.layers.flatten({ inputShape }), tf.layers.dense({ units: 64, activation: 'relu' }), tf.layers.dense({ units: classes.length, activation: 'softmax' })] }), train, { validation, epochs: 5000 });`,
  ),
  codeCell('c', `long.log.stopped`),
  codeCell('d', `function inner() { throw new RangeError('planted'); }\ninner();`),
  codeCell('e', `1 + 1`),
];

const EXAMPLES = [
  codeCell(
    'a',
    `import { confusion, datasets, predictionsFrom } from 'hunch-ml';
const data = datasets.digits();
const rows = data.ids.map((id, i) => ({ id, y: String(data.labels[i]), p: String((data.labels[i] + (i % 7 === 0 ? 1 : 0)) % 10) }));
confusion(predictionsFrom(rows, { id: 'id', label: 'y', predicted: 'p' }), { data })`,
  ),
];

async function main() {
  mkdirSync(SHOTS, { recursive: true });
  execFileSync(process.execPath, [join(ROOT, 'dist/cli/main.js'), 'install', '--prefix', VENV], {
    stdio: 'inherit',
  });
  mkdirSync(join(VENV, 'share/jupyter/lab/settings'), { recursive: true });
  writeFileSync(
    join(VENV, 'share/jupyter/lab/settings/overrides.json'),
    JSON.stringify({
      '@jupyterlab/apputils-extension:notification': { fetchNews: 'false', checkForUpdates: false },
    }),
  );
  cpSync(join(ROOT, 'notebooks/01-quickstart.ipynb'), join(folder, 'quickstart.ipynb'));
  const metadata = {
    kernelspec: { name: 'hunch', display_name: 'TypeScript (Hunch)', language: 'typescript' },
    language_info: { name: 'typescript' },
  };
  writeFileSync(
    join(folder, 'stop.ipynb'),
    JSON.stringify({ cells: STOPPABLE, metadata, nbformat: 4, nbformat_minor: 5 }),
  );
  writeFileSync(
    join(folder, 'examples.ipynb'),
    JSON.stringify({ cells: EXAMPLES, metadata, nbformat: 4, nbformat_minor: 5 }),
  );
  const port = await freePort();
  const env = { ...process.env };
  for (const name of [
    'JUPYTER_CONFIG_DIR',
    'JUPYTER_DATA_DIR',
    'JUPYTERLAB_SETTINGS_DIR',
    'JUPYTERLAB_WORKSPACES_DIR',
  ]) {
    env[name] = join(folder, '.jupyter', name);
  }
  const args = `--allow-root --no-browser --ip=127.0.0.1 --port=${port} --ServerApp.port_retries=0 --IdentityProvider.token= --ServerApp.password= --ServerApp.root_dir=${folder} --LabApp.news_url=None --LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate --LabApp.expose_app_in_browser=True --LabApp.extension_manager=readonly --ServerApp.terminals_enabled=False`;
  const server = spawn(join(VENV, 'bin/jupyter-lab'), args.split(' '), {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let serverLog = '';
  server.stderr.on('data', (text) => (serverLog += text));
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
  });
  try {
    const base = `http://127.0.0.1:${port}`;
    for (let i = 0; i < 100; i++) {
      if (
        await fetch(`${base}/api`).then(
          (r) => r.ok,
          () => false,
        )
      )
        break;
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    const page = await (await browser.newContext({ viewport: { width: 1300, height: 950 } })).newPage();
    const errors = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    const open = async (name) => {
      await page.goto(`${base}/lab/tree/${name}?reset`);
      await page.waitForFunction(() => window.jupyterapp?.shell?.currentWidget?.sessionContext, null, {
        timeout: 60_000,
      });
      await page.waitForFunction(
        () => window.jupyterapp.shell.currentWidget.sessionContext.session?.kernel?.status === 'idle',
        null,
        { timeout: 60_000 },
      );
    };
    const command = (id) => page.evaluate((name) => void window.jupyterapp.commands.execute(name), id);
    const outputs = () =>
      page.evaluate(() =>
        window.jupyterapp.shell.currentWidget.content.model.sharedModel.cells
          .filter((cell) => cell.cell_type === 'code')
          .map((cell) => ({
            count: cell.execution_count,
            outputs: JSON.parse(JSON.stringify(cell.outputs)),
          })),
      );
    const settled = (timeout) =>
      page.waitForFunction(
        () => {
          const notebook = window.jupyterapp.shell.currentWidget;
          const kernel = notebook.sessionContext.session?.kernel;
          return (
            kernel?.status === 'idle' &&
            notebook.content.widgets.every((cell) => cell.promptNode?.textContent !== '[*]:')
          );
        },
        null,
        { timeout },
      );

    await open('quickstart.ipynb');
    await command('notebook:run-all-cells');
    await page.waitForTimeout(1500);
    await settled(180_000);
    const cells = await outputs();
    const failed = cells.flatMap((cell) => cell.outputs.filter((o) => o.output_type === 'error'));
    check(
      `quickstart: ${cells.length} cells ran without an error ${failed.map((e) => e.evalue).join(' ')}`,
      failed.length === 0,
    );
    check(
      'quickstart: every cell has its number',
      cells.every((cell, i) => cell.count === i + 1),
    );
    const figures = cells.flatMap((cell) =>
      cell.outputs.filter((o) => o.data?.['application/vnd.plotly.v1+json']),
    );
    check(
      `quickstart: ${figures.length} figures in the outputs, each with its picture`,
      figures.length >= 3 && figures.every((f) => f.data['image/png']),
    );
    await page.evaluate(() => {
      const nodes = document.querySelectorAll('.jp-WindowedPanel-outer, .jp-Notebook');
      for (const node of nodes) node.scrollTop = 0;
    });
    await page.screenshot({ path: join(SHOTS, 'lab-quickstart.png') });
    let drawn = 0;
    for (let i = 0; i < 60; i++) {
      drawn = Math.max(drawn, await page.$$eval('.js-plotly-plot .main-svg', (nodes) => nodes.length));
      if (drawn > 0) break;
      await page.mouse.move(700, 500);
      await page.mouse.wheel(0, 500);
      await page.waitForTimeout(200);
    }
    check(`quickstart: figures are drawn by the extension (${drawn} layers seen)`, drawn > 0);
    check('quickstart: a figure answers the pointer', await anyFigureAnswers(page));
    await page.screenshot({ path: join(SHOTS, 'lab-figure.png') });

    await open('stop.ipynb');
    await command('notebook:run-all-cells');
    await page.waitForFunction(
      () =>
        document.querySelectorAll('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-OutputArea-output').length > 0,
      null,
      { timeout: 60_000 },
    );
    await page.waitForTimeout(1500);
    await page.screenshot({ path: join(SHOTS, 'lab-live.png') });
    await command('notebook:interrupt-kernel');
    await settled(30_000);
    const stopped = await outputs();
    const said = JSON.stringify(stopped[2].outputs);
    check(`stop: the fit ended and kept what was learnt (${said.slice(0, 120)})`, said.includes('aborted'));
    const error = stopped[3].outputs.find((o) => o.output_type === 'error');
    check(
      `error: name, message and traceback (${error?.ename}: ${error?.evalue})`,
      error?.ename === 'RangeError' &&
        error.evalue === 'planted' &&
        error.traceback.join('\n').includes('inner'),
    );
    await page.evaluate(() => {
      const panel = window.jupyterapp.shell.currentWidget.content;
      panel.activeCellIndex = 4;
    });
    await command('notebook:run-cell');
    await settled(20_000);
    const last = (await outputs())[4].outputs[0];
    check('the cell after the error runs', JSON.stringify(last?.data ?? '').includes('2'));
    await page.screenshot({ path: join(SHOTS, 'lab-error.png') });

    await open('examples.ipynb');
    await command('notebook:run-all-cells');
    await page.waitForTimeout(1000);
    await settled(60_000);
    const list = page.locator('.jp-NotebookPanel:not(.lm-mod-hidden) .hunch-examples');
    await list.locator('select').waitFor({ timeout: 20_000 });
    const cards = () => list.locator('.hunch-card:visible').count();
    check(`examples: ${await cards()} cards are shown`, (await cards()) === 6);
    await page
      .locator('.jp-NotebookPanel:not(.lm-mod-hidden) .hunch-clickable')
      .waitFor({ timeout: 20_000 })
      .then(
        () => check('examples: the figure is drawn from the extension, and can be clicked', true),
        () => check('examples: the figure is drawn from the extension, and can be clicked', false),
      );
    await list.locator('select').selectOption({ index: 1 });
    check('examples: another choice shows others', (await cards()) > 0);
    await page.screenshot({ path: join(SHOTS, 'lab-examples.png') });
    check(`no error on the page ${errors.join(' | ').slice(0, 300)}`, errors.length === 0);
  } catch (error) {
    console.error(serverLog.split('\n').slice(-30).join('\n'));
    throw error;
  } finally {
    await browser.close();
    server.kill('SIGTERM');
    await new Promise((resolve) => server.on('exit', resolve));
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
