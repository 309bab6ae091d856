'use strict';
// node bench/faults/table.cjs FILE.json: writes the tables of docs/checks.md from a report of the faults bench.
const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const DOC = join(__dirname, '..', '..', 'docs', 'checks.md');
const MARKS = ['<!-- bench:begin -->', '<!-- bench:end -->'];
const RIVALS = ['SageMaker Debugger', 'AUTOTRAINER', 'DeepDiagnosis', 'UMLAUT'];

const percent = (share) =>
  Number.isFinite(share) ? `${(100 * share).toFixed(share > 0 && share < 0.0995 ? 1 : 0)} %` : '—';
const share = (row) =>
  row ? `${percent(row.value)} [${row.interval.map((end) => percent(end)).join(', ')}], n = ${row.n}` : '—';
const short = (value) => Number(value.toPrecision(2)).toString();

const table = (head, lines) =>
  [head, head.map((_, i) => (i === 0 ? '---' : '--:')), ...lines]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');

/** Hunch and the other tools on the same logs of one part. */
function toolsTable(part, find) {
  const cause = (metric) => share(find(`${part}, all faults`, metric));
  const own = [
    ['**Hunch**', share(find(`${part}, all healthy`, 'any false alarm'))],
    [share(find(`${part}, all faults`, 'faults flagged')), cause('symptom named')],
  ].flat();
  const others = RIVALS.map((name) => [
    name,
    ...['any false alarm', 'faults flagged', 'symptom named'].map((metric) =>
      share(find(`${part}, ${name}`, metric)),
    ),
  ]);
  return table(
    ['tool', 'healthy runs with any alarm', 'faults flagged at all', 'symptom named'],
    [own, ...others],
  );
}

/** What holds of Hunch alone. */
function barsTable(find) {
  const bars = [
    ['any alarm, ordinary healthy runs', 'healthy', 'any false alarm'],
    ['any alarm, healthy runs that look odd', 'odd', 'any false alarm'],
    ['planted cause first, before an experiment', 'all faults', 'cause first, before'],
    ['planted cause first, after `confirm()`', 'all faults', 'cause first, confirmed'],
    ['wiring faults named after one epoch', 'wiring', 'named after one epoch'],
    ['wiring faults named before training', 'wiring', 'named before training'],
  ];
  const lines = bars.map(([words, id, metric]) => [
    words,
    ...['report', 'calibration'].map((part) => share(find(`${part}, ${id}`, metric))),
  ]);
  return table(['', 'report', 'calibration'], lines);
}

function costLines(rows, find) {
  const of = (metric) => rows.find((row) => / layers, /.test(row.id) && row.metric === metric);
  const growth = rows.find(({ metric }) => metric.startsWith('growth from'));
  const confirm = find('report, confirm', 'seconds, of training');
  const estimate = find('report, confirm', 'estimate, of seconds');
  const cost = of('diagnose, of training');
  return [
    `\`diagnose\` on the log of ${cost.id} takes ${short(of('diagnose').value)} ms, ${percent(cost.value)} of the ${short(of('training').value)} s of its training, and ${short(growth.value)} times as long as after ${growth.metric.replace('growth from ', '')} epochs.`,
    confirm
      ? `\`confirm()\` takes ${short(confirm.value)} times as long as the training that it asks about (median of ${confirm.n})${estimate ? `; its estimate was ${short(estimate.value)} times what it took` : ''}.`
      : '',
  ]
    .filter(Boolean)
    .join(' ');
}

function checksTable(part, rows) {
  const ids = [...new Set(rows.filter(({ id }) => id.startsWith(`${part}, check `)).map(({ id }) => id))];
  const lines = ids.map((id) => {
    const [alarm, detection] = ['false alarm', 'detection'].map((metric) =>
      rows.find((row) => row.id === id && row.metric === metric),
    );
    const { question } = alarm ?? detection;
    return [`\`${id.replace(`${part}, check `, '')}\``, question, share(alarm), share(detection)];
  });
  return table(['check', 'what it asks', 'false alarms', 'names faults that list it'], lines).replace(
    '| --- | --: |',
    '| --- | --- |',
  );
}

function faultsTable(part, rows, find) {
  const known = ['all faults', 'all healthy', 'healthy', 'odd', 'wiring', 'confirm', ...RIVALS];
  const plants = [
    ...new Set(
      rows
        .filter(({ id, metric }) => id.startsWith(`${part}, `) && metric === 'symptom named')
        .map(({ id }) => id.slice(part.length + 2)),
    ),
  ].filter((plant) => !known.includes(plant));
  const lines = plants.map((plant) => {
    const of = (metric) => {
      const row = find(`${part}, ${plant}`, metric);
      return row ? `${Math.round(row.value * row.n)} of ${row.n}` : '—';
    };
    return [plant.replaceAll('-', ' '), of('symptom named'), of('cause first, confirmed')];
  });
  return table(['planted fault', 'symptom named', 'cause first after `confirm()`'], lines);
}

/** Returns the tables in Markdown. */
function tablesOf({ date, commit, machine, rows }) {
  const find = (id, metric) => rows.find((row) => row.id === id && row.metric === metric);
  return [
    `${date}, commit ${commit}, ${machine.cpu}, Node ${machine.node}. Brackets are 95 % intervals (Wilson).`,
    '',
    '### Against other tools',
    '',
    'On the tasks of `report`, every tool on the same logs:',
    '',
    toolsTable('report', find),
    '',
    '### Early, and with an experiment',
    '',
    barsTable(find),
    '',
    costLines(rows, find),
    '',
    '### By check',
    '',
    checksTable('report', rows),
    '',
    '### By fault',
    '',
    faultsTable('report', rows, find),
  ].join('\n');
}

function main(file) {
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const doc = readFileSync(DOC, 'utf8');
  const [begin, end] = MARKS.map((mark) => doc.indexOf(mark));
  if (begin < 0 || end < begin) throw new Error(`docs/checks.md has no ${MARKS.join(' … ')}`);
  writeFileSync(DOC, `${doc.slice(0, begin + MARKS[0].length)}\n\n${tablesOf(report)}\n\n${doc.slice(end)}`);
}

module.exports = { tablesOf };

if (require.main === module) main(process.argv[2]);
