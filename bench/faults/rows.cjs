'use strict';
// The rows of the report, from what was judged.
const { wilson } = require('../common/wilson.cjs');
const { expectedOf } = require('./cases.cjs');
const { median } = require('./cost.cjs');
const { symptomsOf } = require('./judge.cjs');

const row = (id, metric, hits, n, more = {}) => ({
  ...{ id, metric, value: n > 0 ? hits / n : NaN, unit: 'share', interval: wilson(hits, n), n },
  ...more,
});

const count = (results, of) => results.reduce((sum, result) => sum + Number(of(result)), 0);
const faultsOf = (results) => results.filter(({ group }) => group === 'fault');
const healthyOf = (results) => results.filter(({ group }) => group !== 'fault');

/** A floor, where it is judged: on the tasks that thresholds have not seen. */
const atLeast = (part, share, floor) =>
  part === 'report' ? { floor: `>= ${floor}`, holds: share >= floor } : {};
const atMost = (part, share, floor) =>
  part === 'report' ? { floor: `<= ${floor}`, holds: share <= floor } : {};

function healthyRows(part, results) {
  return [
    ['healthy', results.filter(({ group }) => group === 'healthy')],
    ['odd', results.filter(({ group }) => group === 'odd')],
    ['all healthy', healthyOf(results)],
  ].map(([group, those]) => {
    const hits = count(those, ({ codes }) => codes.length > 0);
    const judged = group === 'all healthy' ? atMost(part, hits / those.length, 0.05) : {};
    return row(`${part}, ${group}`, 'any false alarm', hits, those.length, judged);
  });
}

function faultRows(part, results) {
  const faults = faultsOf(results);
  const n = faults.length;
  const id = `${part}, all faults`;
  const [named, before] = [count(faults, (one) => one.named), count(faults, (one) => one.causeBefore)];
  const flagged = count(faults, ({ codes }) => codes.length > 0);
  const rows = [
    row(id, 'faults flagged', flagged, n),
    row(id, 'symptom named', named, n, atLeast(part, named / n, 0.95)),
    row(id, 'cause first, before', before, n, atLeast(part, before / n, 0.6)),
  ];
  if (faults.some(({ causeAfter }) => causeAfter !== null)) {
    const after = count(faults, ({ causeAfter, causeBefore }) => causeAfter ?? causeBefore);
    rows.push(row(id, 'cause first, confirmed', after, n, atLeast(part, after / n, 0.85)));
  }
  for (const plant of new Set(faults.map((one) => one.plant))) {
    const those = faults.filter((one) => one.plant === plant);
    const of = (what) => count(those, what);
    rows.push(
      row(
        `${part}, ${plant}`,
        'symptom named',
        of((one) => one.named),
        those.length,
      ),
      row(
        `${part}, ${plant}`,
        'cause first, confirmed',
        of(({ causeAfter, causeBefore }) => causeAfter ?? causeBefore),
        those.length,
      ),
    );
  }
  return rows;
}

/** Mistakes of wiring: named from the first epoch alone, and before training. */
function wiringRows(part, results) {
  const those = results.filter((one) => expectedOf(one).wiring);
  const [first, before] = ['namedFirst', 'namedBefore'].map((when) => count(those, (one) => one[when]));
  const n = those.length;
  return [
    row(`${part}, wiring`, 'named after one epoch', first, n, atLeast(part, first / n, 0.9)),
    row(`${part}, wiring`, 'named before training', before, n),
  ];
}

function confirmRows(part, results) {
  const those = results.filter(({ confirmSeconds }) => Number.isFinite(confirmSeconds));
  if (those.length === 0) return [];
  const value = median(those.map(({ confirmSeconds, seconds }) => confirmSeconds / seconds));
  const guessed = those.filter(({ estimate }) => Number.isFinite(estimate));
  const id = `${part}, confirm`;
  const rows = [
    {
      ...{ id, metric: 'seconds, of training', value, unit: 'times', n: those.length },
      ...atMost(part, value, 3),
    },
  ];
  if (guessed.length > 0) {
    rows.push({
      ...{ id, metric: 'estimate, of seconds', unit: 'times', n: guessed.length },
      value: median(guessed.map(({ estimate, confirmSeconds }) => estimate / confirmSeconds)),
    });
  }
  return rows;
}

/** What other tools say of the same logs; those that the library would not train on have none. */
function rivalRows(part, results) {
  const logged = results.filter(({ rivals }) => rivals !== undefined);
  const names = Object.keys(logged[0]?.rivals ?? {});
  return names.flatMap((name) => {
    const id = `${part}, ${name}`;
    const [healthy, faults] = [healthyOf(logged), faultsOf(logged)];
    const fired = (one) => one.rivals[name].fired.length > 0;
    return [
      row(id, 'any false alarm', count(healthy, fired), healthy.length),
      row(id, 'faults flagged', count(faults, fired), faults.length),
      row(
        id,
        'symptom named',
        count(faults, (one) => one.rivals[name].named),
        faults.length,
      ),
    ];
  });
}

/**
 * Of each check: alarms on healthy runs that it looked at, and planted faults that list one of its codes, with how many of
 * those it named.
 */
function countsOf(results) {
  const counts = {};
  for (const { code, check } of symptomsOf()) {
    counts[check] ??= { codes: [] };
    counts[check].codes.push(code);
  }
  for (const [check, { codes }] of Object.entries(counts)) {
    const looked = healthyOf(results).filter((one) => one.looked.includes(check));
    const listing = faultsOf(results).filter((one) =>
      expectedOf(one).symptoms.some((code) => codes.includes(code)),
    );
    const names = (one) =>
      one.codes.some((code) => codes.includes(code) && expectedOf(one).symptoms.includes(code));
    counts[check] = {
      alarms: count(looked, ({ checks }) => checks.includes(check)),
      healthyRuns: looked.length,
      found: count(listing, names),
      faults: listing.length,
    };
  }
  return counts;
}

/** The same as rows, with what each check asks. */
function checkRows(part, counts, questions) {
  return Object.entries(counts).flatMap(([check, { alarms, healthyRuns, found, faults }]) => {
    const more = { question: questions[check] };
    return [
      row(`${part}, check ${check}`, 'false alarm', alarms, healthyRuns, more),
      row(`${part}, check ${check}`, 'detection', found, faults, more),
    ].filter(({ n }) => n > 0);
  });
}

module.exports = {
  ...{ checkRows, confirmRows, countsOf, faultRows, healthyRows, rivalRows, wiringRows },
};
