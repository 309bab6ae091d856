'use strict';
// What the checks say of a log, as plain data: of all symptoms their scores, and what was told.
const { join } = require('node:path');
const { expectedOf } = require('./cases.cjs');
const { library } = require('./data.cjs');

const dist = (name) => require(join(__dirname, '..', '..', 'dist', 'suspect', name));

/**
 * Every symptom of every check: its code, its check, its scale, from which score on it is told, and the `floor` of that: what
 * is asked for without the calibration.
 */
function symptomsOf(level = 0.95) {
  const { CHECKS } = dist('checks');
  const { thresholdOf } = dist('thresholds.js');
  const all = CHECKS.flatMap(({ id, symptoms }) =>
    Object.entries(symptoms).map(([code, symptom]) => ({ code, check: id, ...symptom })),
  );
  const sharing = all.filter(({ scale }) => scale === 'z').length;
  return all.map((one) => ({
    ...one,
    threshold: thresholdOf(one.code, one, level, sharing),
    floor: thresholdOf('', one, level, sharing),
  }));
}

/**
 * The highest score of each code among what would be told as a warning or an error, were it only high enough; what is
 * told as an info is no alarm.
 */
function loudScores(log) {
  const { CHECKS } = dist('checks');
  const { lacking } = dist('needs.js');
  const input = { log, predictions: null, slices: null };
  const scores = {};
  for (const check of CHECKS.filter(({ needs }) => !lacking(needs, input))) {
    let verdict;
    try {
      verdict = check.judge(check.measure(input));
    } catch {
      // diagnose() tells of it.
      continue;
    }
    for (const { code, score, severity } of verdict.suspicions ?? []) {
      if (severity !== 'info' && !Number.isNaN(score)) {
        scores[code] = Math.max(scores[code] ?? -Infinity, score);
      }
    }
  }
  return scores;
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
    scores: loudScores(subject.log ?? subject),
    named: Number(fitting !== undefined),
    causeBefore: Number(fitting !== undefined && expected.causes.includes(fitting.causes[0]?.id)),
    fitting,
    failed: failed.map(({ check, reason }) => `${check}: ${reason}`),
  };
}

/** What each check asks. */
const questionsOf = () => Object.fromEntries(dist('checks').CHECKS.map(({ id, question }) => [id, question]));

module.exports = { judge, loudScores, questionsOf, symptomsOf };
