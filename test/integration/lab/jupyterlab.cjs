'use strict';
/* global document, window */
// The quickstart in a real JupyterLab in a real Chromium: installed kernel, interactive figures, an error with its
// traceback, the stop button on a running fit and the next cell after it. Screenshots are kept.
const { cpSync } = require('node:fs');
const { join } = require('node:path');
const { anyFigureAnswers } = require('../any-figure-answers.cjs');
const { codeCell, openLab, tally, writeNotebook } = require('../open-lab.cjs');

const { check, end } = tally();

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
  const lab = await openLab((folder) => {
    cpSync(join(__dirname, '../../../notebooks/01-quickstart.ipynb'), join(folder, 'quickstart.ipynb'));
    writeNotebook(join(folder, 'stop.ipynb'), STOPPABLE);
    writeNotebook(join(folder, 'examples.ipynb'), EXAMPLES);
  });
  const { page, open, command, shot } = lab;
  try {
    const errors = [];
    page.on('pageerror', (error) => errors.push(String(error)));
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
    await shot('lab-quickstart.png');
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
    await shot('lab-figure.png');

    await open('stop.ipynb');
    await command('notebook:run-all-cells');
    await page.waitForFunction(
      () =>
        document.querySelectorAll('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-OutputArea-output').length > 0,
      null,
      { timeout: 60_000 },
    );
    await page.waitForTimeout(1500);
    await shot('lab-live.png');
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
    await shot('lab-error.png');

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
    await shot('lab-examples.png');
    check(`no error on the page ${errors.join(' | ').slice(0, 300)}`, errors.length === 0);
  } catch (error) {
    console.error(lab.log().split('\n').slice(-30).join('\n'));
    throw error;
  } finally {
    await lab.close();
  }
  end();
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
