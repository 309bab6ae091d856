'use strict';

/** Moves the pointer over the figures of a page, a grid of places each, until one shows what lies under it. */
async function anyFigureAnswers(page) {
  for (const plot of await page.locator('.js-plotly-plot .nsewdrag').all()) {
    await plot.scrollIntoViewIfNeeded();
    const { x, y, width, height } = await plot.boundingBox();
    for (let place = 0; place < 40; place++) {
      await page.mouse.move(
        x + (width * ((place % 8) + 0.5)) / 8,
        y + (height * (Math.floor(place / 8) + 0.5)) / 5,
      );
      await page.waitForTimeout(60);
      if ((await page.locator('.hoverlayer .hovertext').count()) > 0) return true;
    }
  }
  return false;
}

module.exports = { anyFigureAnswers };
