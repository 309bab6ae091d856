'use strict';
/* global window */
// The table of tagErrors in a real JupyterLab: its keys tag, and none of them reaches the notebook's command mode, where d d
// deletes a cell and a, b insert one. What is copied runs as a cell.
const { execFileSync, spawn } = require('node:child_process');
const { mkdirSync, mkdtempSync, rmSync, writeFileSync } = require('node:fs');
const { createServer } = require('node:net');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { chromium } = require('playwright-core');

const ROOT = join(__dirname, '..', '..', '..');
const VENV = process.env.HUNCH_VENV ?? join(ROOT, '.venv');
const SHOTS = join(ROOT, '.artifacts', 'screenshots');
const folder = mkdtempSync(join(tmpdir(), 'hunch-lab-tags-'));
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

const cell = (id, source) => ({
  ...{ cell_type: 'code', id, execution_count: null, metadata: {}, outputs: [], source },
});

const SOURCE = `const rows = Array.from({ length: 60 }, (_, i) => ({ id: 'e' + i, y: 'a', p: i < 20 ? 'b' : 'a' }));
const predictions = predictionsFrom(rows, { label: 'y', predicted: 'p', id: 'id' });
tagErrors(predictions)`;

async function main() {
  mkdirSync(SHOTS, { recursive: true });
  execFileSync(process.execPath, [join(ROOT, 'dist/cli/main.js'), 'install', '--prefix', VENV]);
  const metadata = {
    kernelspec: { name: 'hunch', display_name: 'TypeScript (Hunch)', language: 'typescript' },
    language_info: { name: 'typescript' },
  };
  const cells = [cell('a', SOURCE), cell('b', '1 + 1'), cell('c', '2 + 2')];
  writeFileSync(
    join(folder, 'tags.ipynb'),
    JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }),
  );
  const port = await freePort();
  const env = { ...process.env };
  for (const name of [
    'JUPYTER_CONFIG_DIR',
    'JUPYTER_DATA_DIR',
    'JUPYTERLAB_SETTINGS_DIR',
    'JUPYTERLAB_WORKSPACES_DIR',
  ])
    env[name] = join(folder, '.jupyter', name);
  const args = `--allow-root --no-browser --ip=127.0.0.1 --port=${port} --ServerApp.port_retries=0 --IdentityProvider.token= --ServerApp.password= --ServerApp.root_dir=${folder} --LabApp.news_url=None --LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate --LabApp.expose_app_in_browser=True --LabApp.extension_manager=readonly --ServerApp.terminals_enabled=False`;
  const server = spawn(join(VENV, 'bin/jupyter-lab'), args.split(' '), { env, stdio: 'ignore' });
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
  });
  try {
    const base = `http://127.0.0.1:${port}`;
    for (let i = 0; i < 100; i++) {
      const there = await fetch(`${base}/api`).then(
        (answer) => answer.ok,
        () => false,
      );
      if (there) break;
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    const page = await (await browser.newContext({ viewport: { width: 1300, height: 950 } })).newPage();
    await page.goto(`${base}/lab/tree/tags.ipynb?reset`);
    await page.waitForFunction(
      () => window.jupyterapp?.shell?.currentWidget?.sessionContext?.session?.kernel?.status === 'idle',
      null,
      { timeout: 90_000 },
    );
    await page.evaluate(() => void window.jupyterapp.commands.execute('notebook:run-all-cells'));
    const place = '.jp-OutputArea-output .hunch-tags .ht-place';
    await page.waitForSelector(place, { timeout: 60_000 });
    const state = () =>
      page.evaluate(() => {
        const { content } = window.jupyterapp.shell.currentWidget;
        return {
          cells: content.model.sharedModel.cells.map((one) => one.getSource()).join('|'),
          mode: content.mode,
          active: content.activeCellIndex,
        };
      });
    await page.click(place);
    const before = await state();
    const text = (name) => page.textContent(`.hunch-tags .${name}`);
    const keys = async (...all) => {
      for (const key of all) await page.keyboard.press(key);
    };
    check('begins at the first error', (await text('ht-place')) === 'Error 1 of 20');
    await keys('t');
    await page.keyboard.type('bad dab 1');
    await keys('Enter', 'd', 'd', 'a', 'b', 'x', 'c', 'v', 'm', 'y', 'ArrowDown', 'Escape');
    await keys('j', '1', 'j', ' ', 'Enter');
    await page.keyboard.type('dd');
    await keys('Enter');
    const after = await state();
    check('no key reaches the notebook', JSON.stringify(after) === JSON.stringify(before));
    check(
      'keys tag',
      (await text('ht-place')) === 'Error 4 of 20' && (await text('ht-seen')).startsWith('4 of 20'),
    );
    await page.screenshot({ path: join(SHOTS, 'lab-tags.png') });
    await page.click('.hunch-tags .ht-copy');
    const copied = await page.inputValue('.hunch-tags .ht-out');
    await page.evaluate((source) => {
      const { content } = window.jupyterapp.shell.currentWidget;
      content.activeCellIndex = 1;
      content.activeCell.model.sharedModel.setSource(source);
      void window.jupyterapp.commands.execute('notebook:run-cell');
    }, copied);
    await page.waitForFunction(
      () =>
        JSON.stringify(
          window.jupyterapp.shell.currentWidget.content.model.sharedModel.cells[1].outputs,
        ).includes('at best'),
      null,
      { timeout: 60_000 },
    );
    const said = await page.evaluate(
      () =>
        window.jupyterapp.shell.currentWidget.content.model.sharedModel.cells[1].outputs[0].data[
          'text/plain'
        ],
    );
    const words = [said].flat().join('');
    check(
      `the cell says what was tagged: ${words.split('\n')[0]}`,
      /bad dab 1 +2 /.test(words) && /dd +1 /.test(words),
    );
    await page.screenshot({ path: join(SHOTS, 'lab-tags-cell.png') });
  } finally {
    await browser.close();
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  }
  const failed = results.filter((holds) => !holds).length;
  console.log(`${results.length - failed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
