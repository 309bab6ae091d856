'use strict';
// findSlices: exact on Adult and as fast as it says, near-linear in the rows, and right on planted slices.
const { execFileSync } = require('node:child_process');
const { mkdtempSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { wilson } = require('../common/wilson.cjs');
const { readAdult } = require('./adult.cjs');
const { ALPHA, K } = require('./adult-search.cjs');
const { largeShapes, shapes, tryTable } = require('./planted.cjs');

const inProcess = (command, args) =>
  JSON.parse(
    execFileSync(command, args, { encoding: 'utf8', maxBuffer: 1e8, stdio: ['ignore', 'pipe', 'ignore'] }),
  );
const node = (file, ...args) =>
  inProcess(process.execPath, ['--expose-gc', join(__dirname, file), ...args.map(String)]);
/** Standard errors over all rows that a planted slice needs for anyone to tell it from luck. */
const LEAST_Z = 4;
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const key = (cells) => cells.map((cell) => cell.join(':')).join(' ');

/** The ten best of all combinations of one and two conditions, by trying each. */
function exhaustivePairs({ n, columns, errors }) {
  const total = errors.reduce((a, b) => a + b, 0);
  const support = Math.ceil(n / 100);
  const found = [];
  const offer = (cells, size, sum) => {
    const score = ALPHA * (sum / size / (total / n) - 1) - (1 - ALPHA) * (n / size - 1);
    if (size >= support && sum > 0 && score > 0) found.push({ cells, size, sum, score });
  };
  columns.forEach((a, i) => {
    for (let v = 0; v < a.levels; v++) {
      const rows = [...errors.keys()].filter((row) => a.codes[row] === v);
      offer(
        [[i, v]],
        rows.length,
        rows.reduce((sum, row) => sum + errors[row], 0),
      );
      for (let j = i + 1; j < columns.length; j++) {
        const b = columns[j];
        const [sizes, sums] = [new Float64Array(b.levels), new Float64Array(b.levels)];
        for (const row of rows) {
          sizes[b.codes[row]]++;
          sums[b.codes[row]] += errors[row];
        }
        for (let w = 0; w < b.levels; w++)
          offer(
            [
              [i, v],
              [j, w],
            ],
            sizes[w],
            sums[w],
          );
      }
    }
  });
  return found.sort((a, b) => b.score - a.score).slice(0, K);
}

function adultRows({ quick, python, log }) {
  const adult = readAdult();
  if (!adult) {
    log('slices: Adult is not beside the project; its rows are left out');
    return [];
  }
  const repeats = quick ? 5 : 21;
  const [pairs, three, all] = [2, 3, 'Infinity'].map((level) => node('adult-search.cjs', level, repeats));
  const rows = [];
  const same = (a, b) => a.length === b.length && a.every((one, i) => key(one.cells) === key(b[i].cells));
  const isSame = (id, metric, holds) =>
    rows.push({ id, metric, value: holds ? 1 : 0, unit: 'of 1', n: K, floor: '= 1', holds });
  isSame('Adult, level 2', 'ten best as by trying all', same(pairs.best, exhaustivePairs(adult)));
  const known = require('./adult-top.json');
  isSame('Adult, level 3', `ten best as sliceline ${known.version}`, same(three.best, known.found));
  const own = median(three.times);
  rows.push({
    id: 'Adult, level 3',
    metric: 'hunch, first of a process',
    value: three.times[0],
    unit: 'ms',
    n: 1,
  });
  rows.push({ id: 'Adult, level 3', metric: 'hunch, memory of all', value: three.mib, unit: 'MiB', n: 1 });
  rows.push({
    ...{ id: 'Adult, all levels', metric: 'hunch', value: median(all.times), unit: 'ms', n: repeats },
    ...{
      against: 'level 3',
      ratio: median(all.times) / own,
      floor: '<= 3 times',
      holds: median(all.times) <= 3 * own,
    },
  });
  const counted = all.tried.map(({ evaluated }) => evaluated);
  rows.push({
    id: 'Adult, all levels',
    metric: 'combinations counted',
    value: counted.reduce((a, b) => a + b),
    unit: `(${counted.length} levels)`,
    n: 1,
  });
  if (python) {
    const folder = mkdtempSync(join(tmpdir(), 'hunch-adult-'));
    const file = join(folder, 'adult.csv');
    const lines = Array.from({ length: adult.n }, (_, row) =>
      [...adult.columns.map(({ codes }) => codes[row]), adult.errors[row]].join(),
    );
    writeFileSync(file, [[...adult.columns.map(({ name }) => name), 'error'].join(), ...lines].join('\n'));
    const theirs = inProcess(
      python,
      [join(__dirname, 'contender.py'), file, ALPHA, K, 3, Math.ceil(adult.n / 100)].map(String),
    );
    rmSync(folder, { recursive: true });
    isSame('Adult, level 3', 'ten best as sliceline here', same(three.best, theirs.found));
    rows.push({
      ...{ id: 'Adult, level 3', metric: 'hunch', value: own, unit: 'ms', n: repeats, against: 'sliceline' },
      ...{
        ratio: own / (theirs.seconds * 1000),
        floor: '<= 1/80',
        holds: own <= (theirs.seconds * 1000) / 80,
      },
    });
    rows.push({
      ...{
        id: 'Adult, level 3',
        metric: 'memory',
        value: three.mib,
        unit: 'MiB',
        n: 1,
        against: 'sliceline',
      },
      ...{ ratio: three.mib / theirs.mib, floor: '<= 1/20', holds: three.mib <= theirs.mib / 20 },
    });
  }
  return rows;
}

function scaleRows({ quick }) {
  const sizes = quick ? [10_000, 100_000, 1_000_000] : [10_000, 100_000, 1_000_000, 10_000_000];
  return sizes.flatMap((n) => {
    const { ms, bytes, evaluated } = node('scale-search.cjs', n);
    const id = `${n.toLocaleString('en')} × 20`;
    return [
      { id, metric: 'cost of a row', value: (ms * 1e6) / n, unit: 'ns/row', n: evaluated },
      { id, metric: 'memory of a row', value: bytes / n, unit: 'bytes', n: 1 },
    ];
  });
}

/** Tables with planted slices; the smallest of them are too faint for their rows, but for tables with rows `enough`. */
function plantedRows({ quick, log }, enough) {
  const count = quick ? (enough ? 8 : 16) : 200;
  const id = `${count} ${enough ? 'large tables' : 'tables'}`;
  const tried = [];
  // Seeds of their own: those that constants were chosen on are below 10,000.
  const first = (quick ? 30_000 : 20_000) + (enough ? 20_000 : 0);
  for (const { seed, shape } of (enough ? largeShapes : shapes)(count, first)) {
    tried.push(tryTable(seed, shape));
    if (tried.length % 50 === 0) log(`slices: ${tried.length} of ${id}`);
  }
  const share = (metric, of, hits, floor, compare) => ({
    ...{
      id,
      metric,
      value: of.length ? hits.length / of.length : NaN,
      unit: 'share',
      n: of.length,
    },
    interval: wilson(hits.length, of.length),
    // The reduced grid is too small to judge shares by.
    ...(floor === undefined || quick
      ? {}
      : {
          floor: `${compare} ${floor}`,
          holds: compare === '<=' ? hits.length <= floor * of.length : hits.length >= floor * of.length,
        }),
  });
  const all = tried.flatMap((table) => table.planted);
  const planted = all.filter(({ apart }) => apart);
  const strong = planted.filter(({ ratio }) => ratio >= 1.5);
  // Below this many standard errors over all rows nobody can tell a slice from what luck makes somewhere among so many.
  const told = strong.filter(({ z }) => z >= LEAST_Z);
  const visible = planted.filter((own) => own.visible);
  const reported = tried.flatMap((table) => table.reported);
  const healthy = tried.filter((table) => table.planted.length === 0);
  const found = (of) => of.filter(({ place }) => place >= 0);
  return [
    share('planted, 1.5 times, found', strong, found(strong), ...(enough ? [1, '>='] : [])),
    share(`planted, 1.5 times, z ≥ ${LEAST_Z}, found`, told, found(told)),
    {
      id,
      metric: `planted, 1.5 times, z < ${LEAST_Z}: no method can tell`,
      value: strong.length - told.length,
      unit: 'slices',
      n: strong.length,
    },
    {
      id,
      metric: 'planted, mostly inside of another one: not counted',
      value: all.length - planted.length,
      unit: 'slices',
      n: all.length,
    },
    share('planted, visible, found', visible, found(visible), 0.9, '>='),
    share(
      'reported by chance',
      reported,
      reported.filter(({ chance }) => chance),
      0.1,
      '<=',
    ),
    share(
      'reported, none planted',
      reported,
      reported.filter(({ matched }) => !matched),
      0.1,
      '<=',
    ),
    share(
      'planted before chance',
      tried,
      tried.filter(({ ordered }) => ordered),
      0.97,
      '>=',
    ),
    share(
      'quiet without a slice',
      healthy,
      healthy.filter((table) => table.reported.length === 0),
      0.95,
      '>=',
    ),
    {
      id,
      metric: 'reported error over the true one, mean',
      value: 1 + reported.reduce((sum, { off }) => sum + off, 0) / reported.length,
      unit: 'times',
      n: reported.length,
    },
    {
      id,
      metric: 'time, median',
      value: median(tried.map(({ ms }) => ms)),
      unit: 'ms',
      n: count,
    },
  ];
}

module.exports = {
  name: 'slices',
  run: (options) => [
    ...adultRows(options),
    ...scaleRows(options),
    ...plantedRows(options, false),
    ...plantedRows(options, true),
  ],
};
