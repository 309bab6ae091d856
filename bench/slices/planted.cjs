'use strict';
// What findSlices makes of tables with planted slices and of tables without.
const { makeTable } = require('./tables.cjs');

/** Rows in both over rows in either. */
function overlap(slice, planted) {
  let both = 0;
  for (const row of slice.indices) both += planted.rows[row];
  const size = planted.rows.reduce((a, b) => a + b, 0);
  return both / (size + slice.indices.length - both);
}

/**
 * Whether at least half of the rows of a planted slice are in no other one. Columns may follow each other, so that one slice lies in another
 * with the same error: then it is nothing of its own.
 */
function isApart(own, planted) {
  const others = planted.filter((one) => one !== own);
  let [size, alone] = [0, 0];
  own.rows.forEach((inside, row) => {
    size += inside;
    if (inside && !others.some((one) => one.rows[row])) alone++;
  });
  return alone >= size / 2;
}

const mean = (values) => values.reduce((a, b) => a + b, 0) / values.length;

/** The size that a slice of some ratio needs, by the sizes that the result names for 1.5, 2 and 3. */
function needed(smallestVisible, ratio) {
  const at = ratio < 2 ? smallestVisible[0] : ratio < 3 ? smallestVisible[1] : smallestVisible[2];
  return at.share * ((at.ratio - 1) / (ratio - 1)) ** 2;
}

/** Standard errors that the error of some rows lies above that of the other rows, of all rows: what a search could know at most. */
function zOf(inside, wrong) {
  const overall = mean(wrong);
  const own = wrong.filter((_, row) => inside[row]);
  const spread = Math.sqrt((overall * (1 - overall) * (1 - own.length / wrong.length)) / own.length);
  return (mean(own) - overall) / spread;
}

/** One table: what was planted, whether it was found, and what was reported beside it. */
function tryTable(seed, shape) {
  const { findSlices, predictionsFrom } = require('../../dist/index.js');
  const { rows, risk, slices } = makeTable(seed, shape);
  const predictions = predictionsFrom(rows, { label: 'y', predicted: 'p', task: 'classification' });
  const began = performance.now();
  const found = findSlices(predictions, { k: 10 });
  const ms = performance.now() - began;
  const overall = mean(Array.from(risk));
  const wrong = rows.map(({ p }) => 1 - p);
  const planted = slices.map((own) => {
    const inside = Array.from(risk).filter((_, row) => own.rows[row]);
    const ratio = mean(inside) / overall;
    const place = found.slices.findIndex((slice) => overlap(slice, own) >= 0.5);
    const visible = own.share >= needed(found.smallestVisible, ratio);
    return { share: own.share, ratio, place, visible, apart: isApart(own, slices), z: zOf(own.rows, wrong) };
  });
  const reported = found.slices.map((slice) => ({
    // Its rows are hardly worse in truth than all are.
    chance: mean(slice.indices.map((row) => risk[row])) <= 1.05 * overall,
    matched: slices.some((own) => overlap(slice, own) >= 0.3),
    // How far the error where it was judged lies from the true one of its rows.
    off: slice.error / mean(slice.indices.map((row) => risk[row])) - 1,
  }));
  const lastPlanted = Math.max(-1, ...planted.map(({ place }) => place));
  const firstChance = reported.findIndex(({ chance }) => chance);
  return { seed, planted, reported, ms, ordered: firstChance < 0 || firstChance > lastPlanted };
}

const BASES = [0.08, 0.1, 0.15, 0.2, 0.25];

/** Shapes of tables of so many rows, by place and base error: three in four have planted slices. */
const shapesOf = (count, first, rowsOf) =>
  Array.from({ length: count }, (_, i) => {
    const base = BASES[i % BASES.length];
    return { seed: first + i, shape: { n: rowsOf(i, base), planted: i % 4, ratio: [1.5, 2][i % 2], base } };
  });

const SIZES = [20_000, 50_000, 100_000];
/** Tables as they come: the smallest planted slices are too faint for their rows. */
const shapes = (count, first) => shapesOf(count, first, (i) => SIZES[i % SIZES.length]);

/** The smallest slice that has to be found: its share of the rows, its error over that of all, and standard errors that are enough. */
const [SHARE, RATIO, ENOUGH] = [0.01, 1.5, 8.5];
/** Tables with rows enough for the smallest slice: 87,000 to 332,000, the fewer errors there are the more. */
const largeShapes = (count, first) =>
  shapesOf(count, first, (_, base) => Math.ceil((ENOUGH / (RATIO - 1)) ** 2 * ((1 - base) / base / SHARE)));

module.exports = { tryTable, shapes, largeShapes };
