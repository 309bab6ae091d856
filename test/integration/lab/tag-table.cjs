'use strict';
/* global window */
// The table of tagErrors in a real JupyterLab: its keys tag, and none of them reaches the notebook's command mode, where d d
// deletes a cell and a, b insert one. What is copied runs as a cell.
const { join } = require('node:path');
const { codeCell, openLab, tally, writeNotebook } = require('../open-lab.cjs');

const { check, end } = tally();

const SOURCE = `const rows = Array.from({ length: 60 }, (_, i) => ({ id: 'e' + i, y: 'a', p: i < 20 ? 'b' : 'a' }));
const predictions = predictionsFrom(rows, { label: 'y', predicted: 'p', id: 'id' });
tagErrors(predictions)`;

async function main() {
  const cells = [codeCell('a', SOURCE), codeCell('b', '1 + 1'), codeCell('c', '2 + 2')];
  const lab = await openLab((folder) => writeNotebook(join(folder, 'tags.ipynb'), cells));
  const { page, command, shot } = lab;
  try {
    await lab.open('tags.ipynb');
    await command('notebook:run-all-cells');
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
    await shot('lab-tags.png');
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
    await shot('lab-tags-cell.png');
  } finally {
    await lab.close();
  }
  end();
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
