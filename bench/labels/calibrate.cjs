'use strict';
// node bench/labels/calibrate.cjs [--worlds N] [--folder KEPT]: fits the constants of the default rule on the worlds of the part
// "calibration" and writes src/look/labels/noise-constants.ts. Build first and again afterwards.
const { writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { parseArgs } = require('node:util');
const { worldOf } = require('./worlds.cjs');

const LABELS = join(__dirname, '..', '..', 'dist', 'look', 'labels');
const { rowFacts } = require(join(LABELS, 'labelled-rows.js'));
const { gatherEvidence } = require(join(LABELS, 'filters.js'));
const { FEATURES, findDisputes } = require(join(LABELS, 'disputes.js'));
const { bestCut, judgeNoise } = require(join(LABELS, 'judge-noise.js'));
const { SHARES } = require(join(LABELS, 'noise-constants.js'));

/** Disputes that a world is fitted on at least. */
const FEWEST = 10;
const RIDGE = 0.01;

const logit = (p) => Math.log(p / (1 - p));
const sigmoid = (x) => 1 / (1 + Math.exp(-x));

/** Solves A·x = b by elimination with pivots. */
function solve(a, b) {
  const m = b.length;
  const rows = a.map((row, i) => [...row, b[i]]);
  for (let c = 0; c < m; c++) {
    const pivot = rows
      .slice(c)
      .reduce((best, row, i) => (Math.abs(row[c]) > Math.abs(rows[best][c]) ? c + i : best), c);
    [rows[c], rows[pivot]] = [rows[pivot], rows[c]];
    for (let r = 0; r < m; r++) {
      if (r === c) continue;
      const times = rows[r][c] / rows[c][c];
      for (let j = c; j <= m; j++) rows[r][j] -= times * rows[c][j];
    }
  }
  return rows.map((row, i) => row[m] / row[i]);
}

/** Weighted logistic regression by Newton's method, the constant last. */
function fitLogistic(examples, f) {
  let w = new Array(f + 1).fill(0);
  for (let step = 0; step < 30; step++) {
    const gradient = w.map((value, j) => (j < f ? -RIDGE * value : 0));
    const hessian = w.map((_, i) => w.map((__, j) => (i === j ? (i < f ? RIDGE : 1e-9) : 0)));
    for (const { features, wrong, weight } of examples) {
      for (let d = 0; d < wrong.length; d++) {
        const x = [...features.subarray(d * f, (d + 1) * f), 1];
        const p = sigmoid(x.reduce((sum, value, j) => sum + value * w[j], 0));
        for (let i = 0; i <= f; i++) {
          gradient[i] += weight * (wrong[d] - p) * x[i];
          for (let j = 0; j <= f; j++) hessian[i][j] += weight * p * (1 - p) * x[i] * x[j];
        }
      }
    }
    const move = solve(hessian, gradient);
    w = w.map((value, j) => value + move[j]);
    if (Math.max(...move.map(Math.abs)) < 1e-8) break;
  }
  return w;
}

const digits = (value) => Number(value.toPrecision(4));

function write(weights, errors) {
  const list = (values) => `[${values.map(digits).join(', ')}]`;
  writeFileSync(
    join(__dirname, '..', '..', 'src', 'look', 'labels', 'noise-constants.ts'),
    `// Fitted by bench/labels/calibrate.cjs on the simulated worlds of the part "calibration"; never by hand.

/** Weights of the features of a dispute, in their order, and the constant. */
export const WEIGHTS: readonly number[] = ${list(weights.slice(0, -1))};
export const CONSTANT = ${digits(weights.at(-1))};

/** Shares of worlds at which {@link ERRORS} stand. */
export const SHARES: readonly number[] = ${list(SHARES)};

/** By how much the logit of the true precision of a list lay above that of the expected one, by where labels are disputed. */
export const ERRORS: Readonly<Record<'sure' | 'between' | 'unsure', readonly number[]>> = {
${Object.entries(errors)
  .map(([regime, values]) => `  ${regime}: ${list(values)},`)
  .join('\n')}
};
`,
  );
}

/** The error of each share, so that a further world lies below it with at least that probability. */
function quantiles(errors) {
  const sorted = [...errors].sort((a, b) => a - b);
  const n = sorted.length;
  return SHARES.map((share) => {
    const at = share < 0.5 ? Math.floor((n + 1) * share) - 1 : Math.ceil((n + 1) * share) - 1;
    return sorted[Math.min(n - 1, Math.max(0, at))];
  });
}

async function main() {
  const { values } = parseArgs({
    options: { worlds: { type: 'string', default: '400' }, folder: { type: 'string' } },
  });
  const worlds = [];
  for (let number = 0; number < Number(values.worlds); number++) {
    const { n, k, given, p, wrong, world } = await worldOf(number, 'calibration', values.folder);
    const data = { n, k, given, p };
    const evidence = gatherEvidence(data, rowFacts(data), { thresholds: null, joint: null });
    const { rows, features } = findDisputes(evidence);
    worlds.push({
      world,
      evidence,
      rows,
      features,
      wrongAt: wrong,
      wrong: Array.from(rows, (row) => wrong[row]),
    });
  }
  const fitted = worlds
    .filter(({ rows, world }) => rows.length >= FEWEST && world.noise !== 'none')
    .map((one) => ({ ...one, weight: 1 / Math.sqrt(one.rows.length) }));
  const weights = fitLogistic(fitted, FEATURES.length);
  console.log(
    FEATURES.map((name, j) => `${digits(weights[j])}  ${name}`).join('\n'),
    '\n',
    digits(weights.at(-1)),
    ' constant',
  );
  const errors = { sure: [], between: [], unsure: [] };
  for (const { evidence, rows, features, wrongAt } of worlds) {
    if (rows.length === 0) continue;
    const f = FEATURES.length;
    const chances = Float64Array.from(rows, (_, d) =>
      sigmoid(weights.reduce((sum, w, j) => sum + w * (j < f ? features[d * f + j] : 1), 0)),
    );
    const { regime } = judgeNoise(evidence, 0.95);
    const cut = bestCut(chances, regime);
    let [flagged, right, expected] = [0, 0, 0];
    rows.forEach((row, d) => {
      if (chances[d] < cut) return;
      flagged++;
      right += wrongAt[row];
      expected += chances[d];
    });
    if (flagged > 0) errors[regime].push(logit((right + 0.5) / (flagged + 1)) - logit(expected / flagged));
  }
  for (const [regime, own] of Object.entries(errors)) {
    console.log(
      regime,
      own.length,
      quantiles(own)
        .map((value) => value.toFixed(2))
        .join(' '),
    );
  }
  write(weights, Object.fromEntries(Object.entries(errors).map(([regime, own]) => [regime, quantiles(own)])));
}

main();
