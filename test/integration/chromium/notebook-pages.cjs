'use strict';
/* global document */
// Opens the pages of the notebooks from disk, offline, in Chromium: interactive figures, no console error, no request, a
// picture kept. `.ci/run` has made them: quickstart.html, and those of the other notebooks in .artifacts.
const { existsSync, mkdirSync, readdirSync } = require('node:fs');
const { join } = require('node:path');
const { chromium } = require('playwright-core');
const { anyFigureAnswers } = require('../any-figure-answers.cjs');

const ROOT = join(__dirname, '..', '..', '..');
const SHOTS = join(ROOT, '.artifacts', 'screenshots');

/** What is to hold of a page, and whether it does. */
async function look(browser, name, file) {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, offline: true });
  const page = await context.newPage();
  const errors = [];
  const requests = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('request', (request) => !/^(file|data|blob):/.test(request.url()) && requests.push(request.url()));
  await page.goto(`file://${file}`);
  await page.waitForFunction(() => document.querySelectorAll('.js-plotly-plot .main-svg').length >= 3, null, {
    timeout: 20_000,
  });
  await page.waitForTimeout(500);
  const figures = await page.$$eval('.js-plotly-plot', (nodes) =>
    nodes.map((node) => node.getBoundingClientRect().width),
  );
  const answers = await anyFigureAnswers(page);
  const sideways = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  await page.screenshot({ path: join(SHOTS, `${name}-wide.png`), fullPage: true });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 420, height: 900 });
  await page.waitForTimeout(300);
  await page.screenshot({ path: join(SHOTS, `${name}-narrow-dark.png`), fullPage: true });
  await context.close();
  return [
    [`${figures.length} interactive figures`, figures.length >= 3 && figures.every((width) => width > 200)],
    ['a figure answers the pointer', answers],
    [`no error on the page ${errors.join(' | ')}`, errors.length === 0],
    [`no request leaves the page ${requests.join(' ')}`, requests.length === 0],
    [`nothing scrolls sideways (${sideways} px)`, sideways <= 0],
  ];
}

/** Pages by name. */
function pages() {
  const first = join(ROOT, 'quickstart.html');
  if (!existsSync(first)) throw new Error('quickstart.html is not there: run npm start first');
  const others = readdirSync(join(ROOT, '.artifacts')).filter((name) => /^\d\d-.*\.html$/.test(name));
  const named = others.map((name) => [name.replace('.html', ''), join(ROOT, '.artifacts', name)]);
  return [['quickstart', first], ...named];
}

async function main() {
  mkdirSync(SHOTS, { recursive: true });
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
  });
  const checks = [];
  for (const [name, file] of pages()) {
    const seen = await look(browser, name, file);
    checks.push(...seen.map(([what, holds]) => [`${name}: ${what}`, holds]));
  }
  await browser.close();
  for (const [what, holds] of checks) console.log(`${holds ? 'ok  ' : 'FAIL'} ${what}`);
  const failed = checks.filter(([, holds]) => !holds).length;
  console.log(`${checks.length - failed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
