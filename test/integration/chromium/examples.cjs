'use strict';
/* global document, window, getComputedStyle */
// Results with examples as a saved page from disk, offline, in Chromium: a click on a cell, bar or point shows its examples, and so
// do keys and the list; without Plotly, without scripts, with hostile names. Pictures are kept.
const { mkdirSync, mkdtempSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { chromium } = require('playwright-core');

const ROOT = join(__dirname, '..', '..', '..');
const SHOTS = join(ROOT, '.artifacts', 'screenshots');
const hunch = require(join(ROOT, 'dist'));
const { viewHtml } = require(join(ROOT, 'dist', 'notebook', 'display', 'view-html.js'));
const { viewOf } = require(join(ROOT, 'dist', 'notebook', 'display', 'view-of.js'));
const { plotlyScript } = require(join(ROOT, 'dist', 'notebook', 'display', 'plotly-script.js'));
const { PAGE_STYLE } = require(join(ROOT, 'dist', 'notebook', 'runner', 'page-style.js'));

const folder = mkdtempSync(join(tmpdir(), 'hunch-examples-'));
const results = [];
const check = (what, holds) => {
  results.push(Boolean(holds));
  console.log(`${holds ? 'ok  ' : 'FAIL'} ${what}`);
};

/** Predictions of digits, every seventh wrong; the names of the classes as given. */
function predictions(data, classes) {
  const rows = data.ids.map((id, i) => {
    const y = data.labels[i];
    const said = i % 7 === 0 ? (y + 1 + (i % 3)) % 10 : y;
    const sure = 0.5 + 0.45 * ((i % 13) / 13);
    const shares = classes.map((_, k) => [`p${k}`, k === said ? sure : (1 - sure) / 9]);
    return { id, y: classes[y], ink: data.metadata.columns.ink.values[i], ...Object.fromEntries(shares) };
  });
  const probabilities = classes.map((_, k) => `p${k}`);
  return hunch.predictionsFrom(rows, { id: 'id', label: 'y', classes, probabilities, metadata: ['ink'] });
}

/** Predictions that are worse for young members, worst for those in the north, and in one shop. */
function worseSomewhere() {
  const rows = Array.from({ length: 6000 }, (_, i) => {
    const draw = (k) => ((i * 2654435761 + k * 40503) >>> 0) % 1000;
    const [age, region, shop] = [
      20 + (draw(1) % 50),
      ['north', 'south', 'west'][draw(2) % 3],
      `shop ${draw(3) % 8}`,
    ];
    const rate = age < 30 ? (region === 'north' ? 500 : 200) : shop === 'shop 3' ? 300 : 60;
    return { y: 'stays', p: (i * 48271) % 1000 < rate ? 'leaves' : 'stays', age, region, shop };
  });
  return hunch.predictionsFrom(rows, { label: 'y', predicted: 'p', metadata: ['age', 'region', 'shop'] });
}

function save(name, shown, plotly = true) {
  const body = shown.map((result) => `<div class="output">${viewHtml(viewOf(result))}</div>`).join('<hr>');
  const head = `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width"><style>${PAGE_STYLE}</style>`;
  const file = join(folder, `${name}.html`);
  writeFileSync(file, `${head}<main>${body}</main>${plotly ? plotlyScript() : ''}`);
  return file;
}

/** Opens a page, and keeps what goes wrong on it. */
async function open(browser, file, options = {}) {
  const context = await browser.newContext({
    viewport: { width: 1000, height: 900 },
    offline: true,
    ...options,
  });
  const page = await context.newPage();
  const faults = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  page.on('request', (request) => !/^(file|data|blob):/.test(request.url()) && faults.push(request.url()));
  await page.goto(`file://${file}`);
  return { page, faults, close: () => context.close() };
}

/** Where a point of the n-th figure lies on the screen, once the figure is in view. */
async function place(page, nth, x, y) {
  const plot = page.locator('.hunch-clickable').nth(nth);
  await plot.scrollIntoViewIfNeeded();
  return plot.evaluate(
    (node, [x0, y0]) => {
      const { xaxis, yaxis, width } = node._fullLayout;
      const box = node.querySelector('.main-svg').getBoundingClientRect();
      const scale = box.width / width;
      return [
        box.left + scale * (xaxis._offset + xaxis.l2p(x0)),
        box.top + scale * (yaxis._offset + yaxis.l2p(y0)),
      ];
    },
    [x, y],
  );
}

async function click(page, nth, x, y) {
  const [left, top] = await place(page, nth, x, y);
  await page.mouse.move(left - 3, top - 3);
  await page.mouse.move(left, top);
  await page.waitForTimeout(150);
  await page.mouse.click(left, top);
  await page.waitForTimeout(250);
}

/** What the n-th list of examples shows: its choice, its status, the captions of the cards in sight. */
const seen = (page, nth) =>
  page
    .locator('.hunch-examples')
    .nth(nth)
    .evaluate((section) => ({
      title: section.querySelector('select')?.selectedOptions[0]?.textContent ?? '',
      status: section.querySelector('[role=status]')?.textContent ?? '',
      cards: [...section.querySelectorAll('.hunch-card')]
        .filter((card) => card.offsetParent)
        .map((card) => card.textContent),
      images: [...section.querySelectorAll('img')].filter((img) => img.offsetParent && img.naturalWidth === 8)
        .length,
      size: section.querySelector('img')?.getBoundingClientRect().width ?? 0,
      rendering: getComputedStyle(section.querySelector('img') ?? section).imageRendering,
    }));

async function pointer(browser, file, width) {
  const { page, faults, close } = await open(browser, file, { viewport: { width, height: 900 } });
  await page.waitForFunction(() => document.querySelectorAll('.hunch-clickable').length === 2, null, {
    timeout: 20_000,
  });
  const first = await seen(page, 0);
  check(
    `${width} px: the largest mistake is open at once, its pictures drawn`,
    first.cards.length === 6 && first.images === 6,
  );
  check(`${width} px: pictures are large and crisp`, first.size >= 64 && first.rendering === 'pixelated');
  await click(page, 0, 6, 5);
  const cell = await seen(page, 0);
  check(
    `${width} px: a click on a cell shows its examples (${cell.title})`,
    cell.title.startsWith('"5" taken for "6"') &&
      cell.cards.length > 0 &&
      cell.cards.every((card) => card.includes('5 → 6')),
  );
  await click(page, 0, 0, 0);
  check(`${width} px: right predictions too`, (await seen(page, 0)).title.startsWith('"0" rightly'));
  await click(page, 0, 7, 1);
  check(`${width} px: an empty cell says so`, (await seen(page, 0)).status.includes('No example'));
  await click(page, 1, 4, 0.02);
  const bar = await seen(page, 1);
  check(
    `${width} px: a click on a bar shows its examples (${bar.title})`,
    bar.title.startsWith('hardest fifth'),
  );
  await page.locator('.hunch-clickable').first().focus();
  const before = (await seen(page, 0)).title;
  await page.keyboard.press('ArrowRight');
  const after = (await seen(page, 0)).title;
  check(
    `${width} px: an arrow key goes to the next cell (${after})`,
    after !== before && after.startsWith('"0" taken for'),
  );
  await page.keyboard.press('Enter');
  check(
    `${width} px: Enter goes to the examples`,
    await page.evaluate(() => document.activeElement.tagName === 'SELECT'),
  );
  await page.keyboard.press('ArrowDown');
  check(`${width} px: the list answers keys`, (await seen(page, 0)).title !== after);
  const sideways = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  check(`${width} px: nothing scrolls sideways (${sideways} px)`, sideways <= 0);
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: join(SHOTS, `examples-${width}-${colorScheme}.png`), fullPage: true });
  }
  check(`${width} px: no error, no request ${faults.join(' | ')}`, faults.length === 0);
  await close();
}

/** Where the n-th point of a trace stands, in units of the axes. */
const pointOf = (page, nth, trace, point) =>
  page
    .locator('.hunch-clickable')
    .nth(nth)
    .evaluate((node, [t, p]) => [node.data[t].x[p], node.data[t].y[p]], [trace, point]);

/** Rings and outlines that a figure has now. */
const outlined = (page, nth, type) =>
  page
    .locator('.hunch-clickable')
    .nth(nth)
    .evaluate((node, kind) => node.layout.shapes.filter((shape) => shape.type === kind).length, type);

/** The map of a training set: a point shows its example, a bar those that it counts. */
async function map(page) {
  check('map: the points of the examples in sight are ringed', (await outlined(page, 0, 'circle')) === 12);
  const hard = await page
    .locator('.hunch-card')
    .first()
    .evaluate((card) => card.getAttribute('data-at').split(' ')[0].split('/').slice(1).map(Number));
  await click(page, 0, ...(await pointOf(page, 0, ...hard)));
  const one = await seen(page, 0);
  check(
    `map: a click on a point shows its example (${one.status})`,
    one.cards.length === 1 && one.status === 'The example of this point.' && one.images === 1,
  );
  check('map: the point is ringed', (await outlined(page, 0, 'circle')) === 1);
  const id = (words) => words.replace(/.* times/, '');
  await page.keyboard.press('ArrowUp');
  const above = await seen(page, 0);
  check(
    'map: an arrow key goes to the next',
    above.cards.length === 1 && id(above.cards[0]) !== id(one.cards[0]),
  );
  const bar = await page
    .locator('.hunch-clickable')
    .first()
    .evaluate((node) => {
      const { xaxis2, yaxis, width } = node._fullLayout;
      const box = node.querySelector('.main-svg').getBoundingClientRect();
      const scale = box.width / width;
      const { x, y, width: high } = node.data.at(-1);
      const at = x.indexOf(Math.max(...x));
      return [
        box.left + scale * (xaxis2._offset + xaxis2.l2p(x[at] / 2)),
        box.top + scale * (yaxis._offset + yaxis.l2p(y[at] + high[at] / 2)),
      ];
    });
  await page.mouse.move(bar[0] - 2, bar[1]);
  await page.mouse.move(...bar);
  await page.waitForTimeout(150);
  await page.mouse.click(...bar);
  await page.waitForTimeout(250);
  const many = await seen(page, 0);
  check(
    `map: a click on a bar shows those it counts (${many.status})`,
    many.cards.length > 1 && many.status === `${many.cards.length} examples of this bar.`,
  );
  await page.locator('select').first().selectOption({ index: 1 });
  check('map: the list shows a region again', (await seen(page, 0)).cards.length === 12);
}

/** The tree of slices, folded below the examples: its rows show the same groups as the bars above. */
async function tree(page) {
  const fold = page.locator('details', { hasText: 'As a tree' }).last();
  await fold.locator('summary').click();
  await page.waitForFunction(() => document.querySelectorAll('.hunch-clickable').length === 3, null, {
    timeout: 20_000,
  });
  const { words, at } = await page
    .locator('.hunch-clickable')
    .nth(2)
    .evaluate((node) => {
      const last = node.data[1].y.length - 1;
      return {
        words: node.data[1].customdata[last][0],
        at: [node.data[1].x[last] * 0.9, node.data[1].y[last] - 0.3],
      };
    });
  await click(page, 2, ...at);
  const { title } = await seen(page, 1);
  check(
    `tree: a click anywhere in a row shows its slice (${title})`,
    title.startsWith(words.replace(/&lt;/g, '<')),
  );
  check('tree: it is outlined in both figures', (await outlined(page, 2, 'rect')) === 1);
  check('tree: and in the bars', (await outlined(page, 1, 'rect')) === 1);
  check(
    'tree: the examples come into view',
    await page
      .locator('.hunch-examples')
      .nth(1)
      .evaluate(
        (section) => section.getBoundingClientRect().bottom > 0 && section.getBoundingClientRect().top < 900,
      ),
  );
}

async function main() {
  mkdirSync(SHOTS, { recursive: true });
  const data = hunch.datasets.digits();
  const named = predictions(data, data.classes);
  const shown = [
    hunch.confusion(named, { data }),
    hunch.sliceByDifficulty(named, { by: { source: 'metadata', column: 'ink' }, data }),
    hunch.topLosses(named, { data }),
  ];
  const evil = (i) =>
    `${['<img src=x onerror="window.hacked=1">', '</script><script>window.hacked=1</script>'][i % 2]}${i}`;
  const hostile = predictions(
    data,
    data.classes.map((_, i) => evil(i)),
  );
  const hostileShown = [hunch.confusion(hostile, { data }), hunch.topLosses(hostile, { data })];
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
  });
  const file = save('examples', shown);
  await pointer(browser, file, 1000);
  await pointer(browser, file, 600);

  const bad = await open(browser, save('hostile', hostileShown));
  await bad.page.waitForFunction(() => document.querySelectorAll('.hunch-clickable').length === 1, null, {
    timeout: 20_000,
  });
  await click(bad.page, 0, 1, 0);
  await bad.page.waitForTimeout(300);
  check('hostile names stay words', await bad.page.evaluate(() => window.hacked === undefined));
  check('hostile names are shown', (await seen(bad.page, 0)).title.includes('<img src=x onerror'));
  check(`hostile names: no error, no request ${bad.faults.join(' | ')}`, bad.faults.length === 0);
  await bad.close();

  const run = await hunch.fit(
    ({ tf, inputShape, units }) =>
      tf.sequential({
        layers: [tf.layers.flatten({ inputShape }), tf.layers.dense({ units, activation: 'softmax' })],
      }),
    data,
    { epochs: 8, learningRate: 0.05 },
  );
  const maps = await open(
    browser,
    save('maps', [
      hunch.trainingDynamics(run, { data }),
      await hunch.findSlices(worseSomewhere(), { seed: 1 }),
    ]),
  );
  await maps.page.waitForFunction(() => document.querySelectorAll('.hunch-clickable').length === 2, null, {
    timeout: 20_000,
  });
  await map(maps.page);
  await tree(maps.page);
  await maps.page.screenshot({ path: join(SHOTS, 'maps.png'), fullPage: true });
  check(`maps: no error, no request ${maps.faults.join(' | ')}`, maps.faults.length === 0);
  await maps.close();

  const bare = await open(browser, save('bare', shown, false));
  await bare.page.locator('select').first().selectOption({ index: 2 });
  const chosen = await seen(bare.page, 0);
  check(
    'without Plotly the list chooses',
    chosen.cards.length > 0 && chosen.status.includes('from the list'),
  );
  check(`without Plotly: no error, no request ${bare.faults.join(' | ')}`, bare.faults.length === 0);
  await bare.close();

  const still = await open(browser, file, { javaScriptEnabled: false });
  const visible = await still.page.locator('.hunch-examples').first().locator('.hunch-card:visible').count();
  const more = await still.page.locator('.hunch-more > summary').first().textContent();
  check(
    `without scripts the first group is open (${visible} cards, ${more})`,
    visible === 6 && /more groups/.test(more),
  );
  await still.close();

  await browser.close();
  rmSync(folder, { recursive: true, force: true });
  const failed = results.filter((holds) => !holds).length;
  console.log(`${results.length - failed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
