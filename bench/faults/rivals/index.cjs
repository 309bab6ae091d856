'use strict';
// Rules of other tools as published, replayed on the same logs. Each rule says from a log whether it fires, and which of our
// codes a reader of its message would take it for: wide, so that no tool misses a fault for its choice of words.
const { expectedOf } = require('../cases.cjs');

const RIVALS = ['sagemaker', 'autotrainer', 'deepdiagnosis', 'umlaut'].map((name) =>
  require(`./${name}.cjs`),
);

/** What a tool says of a case: the rules that fire, and whether one of them names what was planted. */
function replay({ rules, judges, more }, one) {
  const { symptoms } = expectedOf(one);
  const fired = judges(one.log) ? Object.keys(rules).filter((name) => rules[name].fires(one.log)) : [];
  const codes = fired.flatMap((name) => rules[name].codes);
  if (more && fired.length > 0) codes.push(...more(one.log));
  return { fired, named: codes.some((code) => symptoms.includes(code)) };
}

module.exports = { RIVALS, replay };
