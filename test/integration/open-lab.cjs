'use strict';
/* global window */
// A real JupyterLab with the installed kernel, in a real Chromium, on a folder of notebooks of its own.
const { execFileSync, spawn } = require('node:child_process');
const { mkdirSync, mkdtempSync, rmSync, writeFileSync } = require('node:fs');
const { createServer } = require('node:net');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { chromium } = require('playwright-core');

const ROOT = join(__dirname, '..', '..');
const VENV = process.env.HUNCH_VENV ?? join(ROOT, '.venv');
const SHOTS = join(ROOT, '.artifacts', 'screenshots');
const FOLDERS = ['CONFIG_DIR', 'DATA_DIR', 'LAB_SETTINGS_DIR', 'LAB_WORKSPACES_DIR'];

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** A code cell of a notebook. */
const codeCell = (id, source) => ({
  ...{ cell_type: 'code', id, execution_count: null, metadata: {}, outputs: [], source },
});

/** Writes a notebook of code cells for the kernel. */
function writeNotebook(path, cells) {
  const metadata = {
    kernelspec: { name: 'hunch', display_name: 'TypeScript (Hunch)', language: 'typescript' },
    language_info: { name: 'typescript' },
  };
  writeFileSync(path, JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }));
}

/** Counts what holds and what does not; `end` says it and ends the process. */
function tally() {
  const results = [];
  return {
    check(what, holds) {
      results.push(Boolean(holds));
      console.log(`${holds ? 'ok  ' : 'FAIL'} ${what}`);
    },
    end() {
      const failed = results.filter((holds) => !holds).length;
      console.log(`${results.length - failed} passed, ${failed} failed`);
      process.exit(failed === 0 ? 0 : 1);
    },
  };
}

/**
 * Installs the kernel, starts JupyterLab on a new folder that `fill` puts notebooks into, and opens a page.
 * `open(name)` goes to a notebook and waits for its kernel; `shot(name)` keeps a picture; `close` takes all away.
 */
async function openLab(fill) {
  const folder = mkdtempSync(join(tmpdir(), 'hunch-lab-'));
  mkdirSync(SHOTS, { recursive: true });
  execFileSync(process.execPath, [join(ROOT, 'dist/cli/main.js'), 'install', '--prefix', VENV]);
  mkdirSync(join(VENV, 'share/jupyter/lab/settings'), { recursive: true });
  writeFileSync(
    join(VENV, 'share/jupyter/lab/settings/overrides.json'),
    JSON.stringify({
      '@jupyterlab/apputils-extension:notification': { fetchNews: 'false', checkForUpdates: false },
    }),
  );
  fill(folder);
  const port = await freePort();
  const own = FOLDERS.map((name) => [
    `JUPYTER${name.startsWith('LAB') ? '' : '_'}${name}`,
    join(folder, '.jupyter', name),
  ]);
  const args = `--allow-root --no-browser --ip=127.0.0.1 --port=${port} --ServerApp.port_retries=0 --IdentityProvider.token= --ServerApp.password= --ServerApp.root_dir=${folder} --LabApp.news_url=None --LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate --LabApp.expose_app_in_browser=True --LabApp.extension_manager=readonly --ServerApp.terminals_enabled=False`;
  const server = spawn(join(VENV, 'bin/jupyter-lab'), args.split(' '), {
    env: { ...process.env, ...Object.fromEntries(own) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  server.stdout.resume();
  server.stderr.on('data', (text) => (log += text));
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
  });
  const base = `http://127.0.0.1:${port}`;
  const answers = () =>
    fetch(`${base}/api`).then(
      (answer) => answer.ok,
      () => false,
    );
  for (let i = 0; i < 100 && !(await answers()); i++)
    await new Promise((resolve) => setTimeout(resolve, 300));
  const page = await (await browser.newContext({ viewport: { width: 1300, height: 950 } })).newPage();
  return {
    page,
    log: () => log,
    async open(name) {
      await page.goto(`${base}/lab/tree/${name}?reset`);
      await page.waitForFunction(() => window.jupyterapp?.shell?.currentWidget?.sessionContext, null, {
        timeout: 60_000,
      });
      await page.waitForFunction(
        () => window.jupyterapp.shell.currentWidget.sessionContext.session?.kernel?.status === 'idle',
        null,
        { timeout: 60_000 },
      );
    },
    command: (id) => page.evaluate((name) => void window.jupyterapp.commands.execute(name), id),
    shot: (name) => page.screenshot({ path: join(SHOTS, name) }),
    async close() {
      await browser.close();
      server.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

module.exports = { codeCell, openLab, tally, writeNotebook };
