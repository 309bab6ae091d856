'use strict';
// npm run bench -- SUITE [--quick] [--json FILE] [--python PATH]
const { execFileSync } = require('node:child_process');
const { existsSync, mkdirSync, readdirSync, writeFileSync } = require('node:fs');
const { cpus, totalmem } = require('node:os');
const { dirname, join } = require('node:path');
const { parseArgs } = require('node:util');

const suites = () =>
  readdirSync(__dirname)
    .filter(
      (entry) =>
        (entry.endsWith('.cjs') && entry !== 'run.cjs') || existsSync(join(__dirname, entry, 'index.cjs')),
    )
    .map((entry) => entry.replace(/\.cjs$/, ''));

function commit() {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
      cwd: __dirname,
      encoding: 'utf8',
      stdio: 'pipe',
    }).trim();
  } catch {
    return 'unknown';
  }
}

const machine = () => ({
  cpu: cpus()[0].model.trim(),
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  platform: `${process.platform}-${process.arch}`,
});

const shown = (value) => (Number.isFinite(value) ? Number(value.toPrecision(3)).toString() : String(value));

/** One row in words: the figure, what it stands against, and whether its floor holds. */
function line(row) {
  const interval = row.interval ? ` [${row.interval.map(shown).join(', ')}]` : '';
  const against = row.against ? `, ${shown(row.ratio)}x of ${row.against}` : '';
  const verdict =
    row.holds === undefined
      ? ''
      : row.holds
        ? `  holds (floor ${row.floor})`
        : `  NOT HELD (floor ${row.floor})`;
  // A ratio's goal is shown in the docs; that of a plain figure here.
  const aim =
    row.goal === undefined || row.against
      ? ''
      : `  goal ${row.goal}${row.value <= row.goal ? ', reached' : ''}`;
  return `${row.id.padEnd(28)} ${row.metric.padEnd(22)} ${shown(row.value)} ${row.unit}${interval}, n=${row.n}${against}${verdict}${aim}`;
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      json: { type: 'string' },
      python: { type: 'string' },
    },
  });
  const known = suites();
  if (positionals.length !== 1 || !known.includes(positionals[0])) {
    console.error(`bench: name one suite of: ${known.join(', ')}`);
    return 2;
  }
  const [name] = positionals;
  const suite = require(existsSync(join(__dirname, `${name}.cjs`)) ? `./${name}.cjs` : `./${name}/index.cjs`);
  const rows = await suite.run({
    quick: values.quick,
    python: values.python,
    log: (text) => console.error(text),
  });
  for (const row of rows) console.log(line(row));
  const report = {
    suite: suite.name,
    date: new Date().toISOString().slice(0, 10),
    commit: commit(),
    machine: machine(),
    rows,
  };
  if (values.json) {
    mkdirSync(dirname(values.json), { recursive: true });
    writeFileSync(values.json, JSON.stringify(report, null, 2) + '\n');
  }
  // Times from a reduced grid are shown, not judged: it is too short, and other programs run beside it.
  const isTime = ({ ratio, unit }) => ratio !== undefined || unit === 'x' || /^(ms|s)\b/.test(unit);
  const judged = values.quick ? rows.filter((row) => !isTime(row)) : rows;
  const missed = judged.filter((row) => row.holds === false);
  console.log(
    missed.length === 0 ? 'all floors held' : `floors not held: ${missed.map((row) => row.id).join(', ')}`,
  );
  return missed.length === 0 ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
