'use strict';
// Tables of predictions with planted slices and without, seeded: skewed categories, numbers of several shapes, gaps, columns
// that follow each other. The true error probability of each row is known.
const { uniform, normal } = require('../common/random.cjs');

/** One column: the cells, and a way to draw a condition that about `share` of the rows satisfy. */
function makeColumn(kind, n, seed, before) {
  const next = uniform(seed);
  const gauss = normal(seed + 1);
  if (kind === 'category') {
    const levels = 2 + Math.floor(next() * 11);
    const weights = Array.from({ length: levels }, (_, level) => 1 / (level + 1) ** (next() * 1.2));
    const total = weights.reduce((a, b) => a + b);
    const cells = Array.from({ length: n }, () => {
      let u = next() * total;
      let level = 0;
      while (level < levels - 1 && (u -= weights[level]) > 0) level++;
      return `v${level}`;
    });
    return { kind, cells };
  }
  if (kind === 'follows') {
    // Says nearly the same as an earlier column, as columns of real tables do.
    const cells = before.cells.map((cell) => (next() < 0.85 ? `as ${String(cell).slice(0, 4)}` : `as other`));
    return { kind: 'category', cells };
  }
  const shape = Math.floor(next() * 3);
  const cells = Array.from({ length: n }, () =>
    shape === 0 ? gauss() : shape === 1 ? Math.exp(gauss()) : Math.floor(next() * 60),
  );
  if (kind === 'gaps') for (let i = 0; i < n; i++) if (next() < 0.08) cells[i] = null;
  return { kind: 'number', cells };
}

/** A condition on a column that some share of the rows satisfies: its test and the share. */
function drawCondition({ kind, cells }, next) {
  const n = cells.length;
  let holds;
  if (kind === 'category') {
    const value = cells[Math.floor(next() * n)];
    holds = (cell) => cell === value;
  } else if (next() < 0.15 && cells.includes(null)) {
    holds = (cell) => cell === null;
  } else {
    const sorted = cells.filter((cell) => cell !== null).sort((a, b) => a - b);
    const width = 0.1 + next() * 0.3;
    const from = sorted[Math.floor(next() * (1 - width) * sorted.length)];
    const to = sorted[Math.min(sorted.length - 1, sorted.indexOf(from) + Math.floor(width * sorted.length))];
    holds = (cell) => cell !== null && cell >= from && cell < to;
  }
  return Uint8Array.from(cells, (cell) => (holds(cell) ? 1 : 0));
}

/**
 * A table of n rows with `planted` slices of 1 to 3 conditions, each with 1 to 20 % of the rows and at least `ratio` times the
 * error of the other rows.
 */
function makeTable(seed, { n, planted, ratio, base }) {
  const next = uniform(seed * 7919 + 13);
  const width = 6 + Math.floor(next() * 9);
  const columns = [];
  for (let c = 0; c < width; c++) {
    const u = next();
    const kind = u < 0.5 ? 'category' : u < 0.6 && c > 0 ? 'follows' : u < 0.75 ? 'gaps' : 'number';
    columns.push(makeColumn(kind, n, seed * 1009 + c, columns[c - 1]));
  }
  const slices = [];
  const taken = new Set();
  for (let tries = 0; slices.length < planted && tries < 1000; tries++) {
    const conditions = 1 + Math.floor(next() * 3);
    const chosen = [...columns.keys()].sort(() => next() - 0.5).slice(0, conditions);
    if (chosen.some((c) => taken.has(c))) continue;
    const rows = new Uint8Array(n).fill(1);
    for (const c of chosen) drawCondition(columns[c], next).forEach((holds, i) => (rows[i] &= holds));
    const share = rows.reduce((a, b) => a + b, 0) / n;
    if (share < 0.0105 || share > 0.2) continue;
    slices.push({ rows, share, ratio: ratio * (1 + next()), columns: chosen });
    chosen.forEach((c) => taken.add(c));
  }
  const risk = new Float64Array(n).fill(base);
  for (const slice of slices) slice.rows.forEach((inside, i) => inside && (risk[i] = Math.max(risk[i], Math.min(0.95, base * slice.ratio))));
  const wrong = uniform(seed * 31 + 5);
  const rows = Array.from({ length: n }, (_, i) => {
    const row = { y: 1, p: wrong() < risk[i] ? 0 : 1 };
    columns.forEach(({ cells }, c) => (row[`c${c}`] = cells[i]));
    return row;
  });
  return { rows, risk, slices };
}

module.exports = { makeTable };
