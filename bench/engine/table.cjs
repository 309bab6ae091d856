'use strict';
// node bench/engine/table.cjs FILE.json: writes the table of docs/engine.md from a report of the engine bench.
const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const DOC = join(__dirname, '..', '..', 'docs', 'engine.md');
const MARKS = ['<!-- bench:begin -->', '<!-- bench:end -->'];
const COLUMNS = [
  'hunch, 1 thread',
  'hunch, all cores',
  'hunch, wide',
  'hunch, fast',
  'hunch, fast and wide',
  'torch, all cores',
  'torch, 1 thread',
  'torch, compiled',
  'keras',
  'jax',
  'tfjs native',
  'tfjs wasm, completed',
  'tfjs wasm',
  'tfjs cpu',
];

/** Heads of the table of ratios, and the metrics that stand there. */
const RATIOS = [
  ['to PyTorch', 'time against PyTorch'],
  ['fast, to PyTorch', 'time against PyTorch, fast'],
  ['to native', 'time against native'],
  ['wide, to native', 'time against native, wide'],
  ['to the best peer', 'time against best peer'],
  ['wide, to the best peer', 'time against best peer, wide'],
];

const shown = (value) => (Number.isFinite(value) ? String(Number(value.toPrecision(3))) : '—');

/** Returns the table in Markdown: milliseconds of each contender, bound, first step; then the ratios. */
function tableOf({ date, commit, machine, rows }) {
  const ids = [...new Set(rows.filter(({ unit }) => /^ms\/(step|call)$/.test(unit)).map(({ id }) => id))];
  const find = (id, metric) => rows.find((row) => row.id === id && row.metric === metric);
  const columns = COLUMNS.filter((name) => ids.some((id) => find(id, name)));
  const ratio = (id, metric) => {
    const row = find(id, metric);
    if (!row) return '—';
    const verdict = row.holds === undefined ? '' : row.holds ? ' ✓' : ' ✗';
    const peer = metric === 'time against best peer' ? ` (${row.against})` : '';
    return `${shown(row.value)}${verdict}${peer}`;
  };
  const text = (cells) => `| ${cells.join(' | ')} |`;
  const table = (head, lines) => [
    text(head),
    text(head.map((_, i) => (i ? '--:' : '---'))),
    ...lines.map(text),
  ];
  const times = ids.map((id) => [
    id,
    ...columns.map((name) => {
      const value = shown(find(id, name)?.value);
      return name.startsWith('hunch') ? `**${value}**` : value;
    }),
    shown(find(id, 'bound')?.value),
    shown(find(id, 'fit to first step')?.value),
  ]);
  const ratios = RATIOS.filter(([, metric]) => ids.some((id) => find(id, metric)));
  const peak = find('machine', 'peak of the micro-kernel');
  return [
    `Milliseconds a step (infer10k: a call), medians of blocks in turn, ${date}, commit ${commit}, on ${machine.cpu}, ` +
      `${machine.cores} cores, Node ${machine.node}. ` +
      `Bound: operations of direct products at the measured ${shown(peak?.value)} GFLOP/s of vectors of four floats, or bytes at the measured bandwidth, whichever takes longer. ` +
      'First step: from `fit` called to the beginning of its first step.',
    '',
    ...table(['row', ...columns, 'bound', 'first step'], times),
    '',
    'Ratios of "hunch, all cores", and of "wide"; ✓ and ✗ say whether a floor holds.',
    '',
    ...table(
      ['row', ...ratios.map(([head]) => head), 'to the bound'],
      ids.map((id) => [
        id,
        ...ratios.map(([, metric]) => ratio(id, metric)),
        shown(find(id, 'bound')?.ratio),
      ]),
    ),
  ].join('\n');
}

function main(file) {
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const doc = readFileSync(DOC, 'utf8');
  const [begin, end] = MARKS.map((mark) => doc.indexOf(mark));
  if (begin < 0 || end < begin) throw new Error(`docs/engine.md has no ${MARKS.join(' … ')}`);
  writeFileSync(DOC, `${doc.slice(0, begin + MARKS[0].length)}\n\n${tableOf(report)}\n\n${doc.slice(end)}`);
}

module.exports = { tableOf };

if (require.main === module) main(process.argv[2]);
