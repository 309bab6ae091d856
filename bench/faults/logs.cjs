'use strict';
// The logs of trained cases, one file a case, so that checks can be judged again without training again.
// They stand in HUNCH_FAULT_LOGS, or in .artifacts/faults/logs. A file is known by its case and by what makes the case: the
// text of its plant and of what all cases share. What the library does with a case is not in it: train anew after a change.
const { createHash } = require('node:crypto');
const { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { trainCases } = require('./train-cases.cjs');

const ROOT = join(__dirname, '..', '..');
const words = () => require(join(ROOT, 'dist', 'build', 'number-words.js'));

const folderOf = () => process.env.HUNCH_FAULT_LOGS ?? join(ROOT, '.artifacts', 'faults', 'logs');

const textOf = (name) => readFileSync(join(__dirname, name), 'utf8');
const PLANTS = { odd: 'odd.cjs', fault: 'faults.cjs' };

/** What stands before the list of plants, and the text of one of them. */
function plantText({ group, plant }) {
  if (group === 'healthy') return '';
  const text = textOf(PLANTS[group]);
  const head = text.slice(0, text.search(/^const (FAULTS|ODD) = /m));
  const begin = text.search(new RegExp(`^ {2}'?${plant}'?: \\{`, 'm'));
  if (begin < 0) throw new Error(`${PLANTS[group]} has no ${plant}`);
  return head + text.slice(begin, text.indexOf('\n  },', begin));
}

const shared = ['tasks.cjs', 'models.cjs', 'data.cjs', '../common/random.cjs'].map(textOf).join('');
const heldOut = textOf('held-out-tasks.cjs');
const hashOf = (one) =>
  createHash('sha256')
    .update(`${one.id}\n${shared}\n${plantText(one)}${one.part === 'report' ? heldOut : ''}`)
    .digest('hex')
    .slice(0, 12);

const fileOf = (one) => join(folderOf(), `${one.id.replaceAll('/', '~')}~${hashOf(one)}.json`);

function written(entry) {
  const { toWord } = words();
  return JSON.stringify(entry, (_key, value) => {
    if (typeof value === 'number') return toWord(value);
    return ArrayBuffer.isView(value) ? Array.from(value) : value;
  });
}

/** Numbers back in the place of their words; names of this kind no case has. */
function revived(value, fromWord) {
  if (typeof value === 'string') return fromWord(value) ?? value;
  if (value === null || typeof value !== 'object') return value;
  for (const key of Object.keys(value)) {
    const inside = value[key];
    if (typeof inside === 'string' || typeof inside === 'object') value[key] = revived(inside, fromWord);
  }
  return value;
}

function keep(one, entry) {
  const file = fileOf(one);
  writeFileSync(`${file}.${process.pid}`, written(entry));
  renameSync(`${file}.${process.pid}`, file);
}

const readEntry = (one) => revived(JSON.parse(readFileSync(fileOf(one), 'utf8')), words().fromWord);

/** Trains the cases that are not kept yet, or all of them. */
async function trainLogs(cases, { refresh = false, log = () => {} } = {}) {
  mkdirSync(folderOf(), { recursive: true });
  const left = refresh ? cases : cases.filter((one) => !existsSync(fileOf(one)));
  if (left.length === 0) return;
  const begun = performance.now();
  let done = 0;
  const kept = (one, entry) => {
    keep(one, { id: one.id, ...entry });
    if (++done % 10 === 0 || done === left.length) {
      log(`trained ${done} of ${left.length}, ${((performance.now() - begun) / 1000).toFixed(0)} s`);
    }
  };
  await trainCases(left, {
    onRun: async (one, _setup, run) => kept(one, { refused: null, log: run.log }),
    onRefused: (one, _setup, error) => kept(one, { refused: error.message, log: null }),
  });
}

/** Each case with what it should show, its log, or why the library would not begin; trained where it is not kept. */
async function logsOf(cases, options) {
  await trainLogs(cases, options);
  return cases.map((one) => ({ ...one, ...readEntry(one) }));
}

module.exports = { folderOf, logsOf };
