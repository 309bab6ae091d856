'use strict';
// What the checks say of a log, as plain data: of all symptoms their scores, and what was told.
const { join } = require('node:path');
const { expectedOf } = require('./cases.cjs');
const { library } = require('./data.cjs');

const dist = (name) => require(join(__dirname, '..', '..', 'dist', 'suspect', name));

/** Every symptom of every check: its code, its check, its scale, and from which score on it is told. */
function symptomsOf(level = 0.95) {
  const { CHECKS } = dist('checks');
  const { thresholdOf } = dist('thresholds.js');
  const all = CHECKS.flatMap(({ id, symptoms }) =>
    Object.entries(symptoms).map(([code, symptom]) => ({ code, check: id, ...symptom })),
  );
  const sharing = all.filter(({ scale }) => scale === 'z').length;
  return all.map((one) => ({ ...one, threshold: thresholdOf(one.code, one, level, sharing) }));
}

/** Data that cannot be trained on are refused by name: the mistake is told before it does harm. */
const refusal = ({ symptoms }) => ({
  ...{ told: [{ code: 'refused', score: 1, threshold: 1 }], codes: ['refused'], checks: [], looked: [] },
  ...{ scores: {}, named: Number(symptoms.includes('refused')), causeBefore: 1, failed: [] },
});

/** The verdict on a case of which the log, or the run, is known. */
function judge(one, subject = one.log) {
  const expected = expectedOf(one);
  if (one.refused) return refusal(expected);
  const { outcomes, findings } = library().diagnose(subject);
  const failed = outcomes.filter(({ status }) => status === 'failed');
  const loud = findings.filter(({ severity }) => severity !== 'info');
  const fitting = loud.find(({ code }) => expected.symptoms.includes(code));
  return {
    told: loud.map(({ code, score, threshold }) => ({ code, score, threshold })),
    codes: loud.map(({ code }) => code),
    checks: [...new Set(loud.map(({ check }) => check))],
    looked: outcomes
      .filter(({ status }) => ['found', 'nothing-found'].includes(status))
      .map(({ check }) => check),
    scores: Object.assign({}, ...outcomes.map(({ scores }) => scores)),
    named: Number(fitting !== undefined),
    causeBefore: Number(fitting !== undefined && expected.causes.includes(fitting.causes[0]?.id)),
    fitting,
    failed: failed.map(({ check, reason }) => `${check}: ${reason}`),
  };
}

module.exports = { judge, symptomsOf };
