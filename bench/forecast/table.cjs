'use strict';
// node bench/forecast/table.cjs FILE.json: writes the tables of docs/forecast.md from a report of the forecast bench.
const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const DOC = join(__dirname, '..', '..', 'docs', 'forecast.md');
const MARKS = ['<!-- bench:begin -->', '<!-- bench:end -->'];
const VERDICTS = ['more-data-helps', 'limited-by-bias', 'saturated', 'ill-behaved', 'cannot-tell'];

const percent = (share) =>
  Number.isFinite(share) ? `${(100 * share).toFixed(share > 0 && share < 0.0995 ? 1 : 0)} %` : '—';

/** Returns the tables in Markdown. */
function tablesOf({ date, commit, machine, rows }) {
  const find = (id, metric) => rows.find((row) => row.id === id && row.metric === metric);
  const share = (row) =>
    row ? `${percent(row.value)} [${row.interval.map((end) => percent(end)).join(', ')}], n = ${row.n}` : '—';
  const table = (head, lines) =>
    [head, head.map((_, i) => (i === 0 ? '---' : '--:')), ...lines]
      .map((cells) => `| ${cells.join(' | ')} |`)
      .join('\n');
  const parts = ['report', 'calibration', 'all'].flatMap((part) =>
    ['2x', '4x'].map((times) => {
      const id = `${part}, ${times}`;
      const ratio = find(id, 'miss to "no change"');
      return [
        `${part === 'all' ? 'all curves' : part}, ${times.replace('x', '×')}`,
        share(find(id, 'coverage, same test')),
        share(find(id, 'coverage, new examples')),
        percent(find(id, 'width of the interval').value),
        percent(find(id, 'miss').value),
        percent(find(id, 'miss of "no change"').value),
        `${ratio.value.toFixed(2)} [${ratio.interval.map((end) => end.toFixed(2)).join(', ')}]`,
      ];
    }),
  );
  const verdicts = VERDICTS.map((verdict) => [
    verdict,
    ...['2x', '4x'].flatMap((times) => {
      const [given, right] = ['verdict given', 'verdict borne out'].map((metric) =>
        find(`${verdict}, ${times}`, metric),
      );
      return [percent(given.value), right ? `${Math.round(right.value * right.n)} of ${right.n}` : '—'];
    }),
  ]);
  return [
    `${date}, commit ${commit}, ${machine.cpu}, Node ${machine.node}. Brackets are 95 % intervals.`,
    '',
    table(
      [
        'curves, to how many times the data',
        '90 % interval covers, same test',
        'covers, new examples',
        'its width, of the error',
        'miss, of the error',
        'miss of "no change"',
        'ratio of the misses',
      ],
      parts,
    ),
    '',
    `Verdicts on the curves of \`report\`, and how many the full size bore out (the error fell by what counts, or did not):`,
    '',
    table(['verdict', 'from a half', 'borne out', 'from a quarter', 'borne out'], verdicts),
    '',
    `A planted peak (a line in 32 directions learnt without regularization, error highest at 32 examples) is called ill-behaved in ${share(find('planted peak', 'ill-behaved'))} curves; healthy curves are in ${share(find('no peak', 'ill-behaved'))}.`,
  ].join('\n');
}

function main(file) {
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const doc = readFileSync(DOC, 'utf8');
  const [begin, end] = MARKS.map((mark) => doc.indexOf(mark));
  if (begin < 0 || end < begin) throw new Error(`docs/forecast.md has no ${MARKS.join(' … ')}`);
  writeFileSync(DOC, `${doc.slice(0, begin + MARKS[0].length)}\n\n${tablesOf(report)}\n\n${doc.slice(end)}`);
}

module.exports = { tablesOf };

if (require.main === module) main(process.argv[2]);
