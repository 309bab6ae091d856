'use strict';
/* global document, localStorage, window, Event */
// Goes through the table of tagErrors in Chromium, offline and from disk, by keys and by mouse; what comes back, as a cell and
// as a file, is to give the same counts. Looks on white, on dark and in 600 pixels are kept in .artifacts.
const { mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { chromium } = require('playwright-core');

const ROOT = join(__dirname, '..', '..', '..');
const SHOTS = join(ROOT, '.artifacts', 'screenshots');
const hunch = require(join(ROOT, 'dist', 'index.js'));

const EVIL = '</script><img src=x onerror="window.hurt=1">"\'';

/** Digits of which about one in ten is called wrong; one id is hostile, one that of every object's parent. */
function setup() {
  const digits = hunch.datasets.digits();
  const ids = digits.ids.map((id, i) => (i === 9 ? EVIL : i === 25 ? '__proto__' : id));
  const data = hunch.dataset({
    ...{ name: 'digits', features: digits.features.values, shape: [8, 8], ids },
    labels: Array.from(digits.labels, (code) => digits.classes[code]),
  });
  const rows = ids.map((id, i) => {
    const y = digits.classes[digits.labels[i]];
    const p = i % 16 === 9 ? digits.classes[(digits.labels[i] + 1) % 10] : y;
    return { id, y, p, pen: i % 3 === 0 ? 'thick' : 'thin' };
  });
  const options = { label: 'y', predicted: 'p', id: 'id', classes: digits.classes };
  return { data, predictions: hunch.predictionsFrom(rows, options) };
}

async function pageOf(result, dark) {
  const { 'text/html': html } = await result[Symbol.for('Jupyter.display')]();
  const colours = dark ? 'background:#111;color:#ddd' : 'background:#fff;color:#111';
  return `<!doctype html><html><head><meta charset="utf-8"></head><body style="margin:16px;font-family:sans-serif;${colours}">${html}</body></html>`;
}

/** Runs the cell as a notebook would. */
const runCell = (cell, predictions) =>
  new Function('tagErrors', 'predictions', `return ${cell}`)(hunch.tagErrors, predictions);

async function main() {
  mkdirSync(SHOTS, { recursive: true });
  const checks = [];
  const hold = (what, holds) => checks.push([what, holds]);
  const { data, predictions } = setup();
  const result = hunch.tagErrors(predictions, { data, sample: 1000, correct: 5 });
  const file = join(SHOTS, 'tag-table.html');
  writeFileSync(file, await pageOf(result, false));

  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
  });
  const context = await browser.newContext({
    viewport: { width: 1000, height: 800 },
    offline: true,
    acceptDownloads: true,
  });
  const page = await context.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await page.goto(`file://${file}`);
  const text = (name) => page.textContent(`.hunch-tags .${name}`);
  const pressed = () =>
    page.$$eval('.hunch-tags [aria-pressed=true] .ht-name', (nodes) => nodes.map((n) => n.textContent));

  // A front end that listens above the table must not hear its keys; Jupyter looks for the attribute.
  await page.evaluate(() => {
    window.leaked = [];
    document.body.addEventListener('keydown', (event) => window.leaked.push(event.key));
  });
  const errorsThere = result.examples.filter(({ wrong }) => wrong).length;
  await page.focus('.hunch-tags');
  hold('starts at the first error', (await text('ht-place')) === `Error 1 of ${errorsThere}`);
  const keys = async (...all) => {
    for (const key of all) await page.keyboard.press(key);
  };
  await keys('t');
  await page.keyboard.type('blurry nju 1');
  await keys('Enter');
  hold('typing a tag adds it and takes no key for a command', (await pressed()).join() === 'blurry nju 1');
  await keys('t');
  await page.keyboard.type(EVIL);
  await keys('Enter', 'ArrowRight', '1', 'ArrowRight', ' ');
  hold('space goes on', (await text('ht-place')) === `Error 4 of ${errorsThere}`);
  await keys('2', 'j', 'w', 'k', 'u', 'u');
  hold('undo takes back the last two and goes there', (await text('ht-place')).startsWith('Error 4 '));
  hold('undo forgets', (await text('ht-seen')).startsWith('3 of '));
  await keys('w', 'n');
  await page.keyboard.type('it is a 7, not a 1 "quoted"');
  await keys('Enter', 'ArrowRight', '1', '2', '3', 'ArrowRight');
  hold('five are looked at', (await text('ht-seen')).startsWith('5 of '));
  await page.click('.hunch-tags .ht-tag:nth-child(1)');
  await page.click('.hunch-tags .ht-next');
  await keys('1');
  hold('a click keeps the keys alive', (await text('ht-seen')).startsWith('7 of '));
  hold('the counts are live', (await text('ht-tag .ht-count')).startsWith('5 ·'));
  await page.screenshot({ path: join(SHOTS, 'tag-table-light.png') });

  for (let i = 0; i < errorsThere; i++) await page.keyboard.press('ArrowRight');
  await keys('k', 'k', 'k', 'k', 'k');
  for (let i = 0; i < 5; i++) await page.keyboard.press('j');
  hold('the last is a right answer', (await text('ht-place')) === 'Right answer 5 of 5');
  await keys('l', 'k', ' ');
  const leaked = await page.evaluate(() => window.leaked);
  hold(
    `no key leaks: ${leaked.join(' ')}`,
    leaked.every((key) => key === 'Tab'),
  );
  hold('shortcuts are suppressed', (await page.$('.hunch-tags[data-lm-suppress-shortcuts]')) !== null);

  await context.grantPermissions(['clipboard-read', 'clipboard-write']).catch(() => undefined);
  await page.click('.hunch-tags .ht-copy');
  const cell = await page.inputValue('.hunch-tags .ht-out');
  await page.screenshot({ path: join(SHOTS, 'tag-table-cell.png') });
  const back = runCell(cell, predictions);
  const countOf = (from, tag) => from.tags.find((one) => one.tag === tag)?.count;
  const wanted = { 'blurry nju 1': 5, [EVIL.replace(/\s+/g, ' ')]: 2, 'label is wrong': 2 };
  for (const [tag, count] of Object.entries(wanted))
    hold(
      `the cell gives ${count} × ${tag.slice(0, 14)}, it is ${countOf(back, tag)}`,
      countOf(back, tag) === count,
    );
  hold('the cell knows what was looked at', back.errors.reviewed === 7 && back.errors.noTag.count === 1);
  hold('the cell knows luck', back.correct.lucky.count === 1 && back.correct.lucky.n === 2);
  hold(
    'the cell keeps the note',
    back.store.examples.some(({ note }) => note === 'it is a 7, not a 1 "quoted"'),
  );

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.click('.hunch-tags .ht-download'),
  ]);
  const saved = join(SHOTS, 'tags.json');
  await download.saveAs(saved);
  const read = await hunch.readTags(saved);
  const again = hunch.tagErrors(predictions, { tagged: read, sample: 1000, correct: 5 });
  hold('the file gives the same', JSON.stringify(again.tags) === JSON.stringify(back.tags));
  hold(
    'the file knows the errors',
    read.errors.flat().length === result.errors.n && read.fingerprint !== null,
  );
  hold(
    'it is the file that readTags reads as text',
    JSON.parse(readFileSync(saved, 'utf8')).schemaVersion === 1,
  );

  await page.reload();
  hold('a reload continues', (await text('ht-seen')).startsWith('7 of '));
  await page.evaluate(() => localStorage.clear());
  writeFileSync(file, await pageOf(hunch.tagErrors(predictions, { data, tagged: read }), true));
  await page.reload();
  hold('an output with tags says them without storage', (await text('ht-seen')).startsWith('7 of '));
  await page.focus('.hunch-tags');
  await keys('u');
  hold('nothing to undo is said', (await text('ht-said')) === 'Nothing to undo.');
  await page.screenshot({ path: join(SHOTS, 'tag-table-dark.png'), fullPage: true });
  await page.setViewportSize({ width: 600, height: 900 });
  await page.screenshot({ path: join(SHOTS, 'tag-table-narrow-dark.png') });
  const sideways = await page.evaluate(() => {
    const box = document.querySelector('.hunch-tags');
    return box.scrollWidth - box.clientWidth;
  });
  hold(`nothing scrolls sideways (${sideways} px)`, sideways <= 1);
  await page.evaluate(() => window.dispatchEvent(new Event('resize')));
  hold('what is hostile stays text', (await page.evaluate(() => window.hurt)) === undefined);
  hold(`no error on the page ${errors.join(' | ')}`, errors.length === 0);

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
