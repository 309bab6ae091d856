'use strict';
// Rows of the report from what was measured.
const { ROWS } = require('./rows.cjs');

const median = (xs) => {
  const sorted = [...xs].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};
const quartiles = (xs) => {
  const sorted = [...xs].sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  return [at(0.25), at(0.75)];
};

/** Most that the first losses may be apart, as a share. */
const SAME = 1e-3;
const NATIVE_FLOOR = 0.7;
const GOAL = 0.5;
/** Near enough to what the machine allows, where that is more than half of the best peer's time. */
const NEAR_BOUND = 1.25;
const OURS = 'hunch, all cores';
const WIDE = 'hunch, wide';
const isPeer = (name) => !name.startsWith('hunch') && name !== 'tfjs wasm, completed';

/** The largest difference of first losses from those of the first contender. */
function apart(able) {
  const [reference] = able;
  return Math.max(
    0,
    ...able.slice(1).flatMap(({ first }) =>
      first.map((loss, i) => {
        const difference = Math.abs(loss - reference.first[i]) / Math.max(1e-2, Math.abs(reference.first[i]));
        return Number.isNaN(difference) ? Infinity : difference;
      }),
    ),
  );
}

/** One line for each contender, the ratios, and the bound. */
function reportRow(id, able, unable, bound) {
  const { floor, fastFloor, infer } = ROWS[id];
  const unit = infer ? 'ms/call' : 'ms/step';
  const times = new Map(able.map(({ name, times: all }) => [name, median(all)]));
  const rows = able.map(({ name, times: all, path }) => ({
    id,
    metric: name,
    value: median(all),
    unit,
    interval: quartiles(all),
    n: all.length,
    note: path,
  }));
  for (const { name, reason } of unable) {
    if (name.startsWith('hunch')) rows.push({ id, metric: name, value: NaN, unit, n: 0, note: reason });
  }
  const against = (metric, name, peer, more = {}) => {
    if (!times.has(name) || !times.has(peer)) return;
    const ratio = times.get(name) / times.get(peer);
    const verdict = more.floor === undefined ? {} : { holds: ratio <= more.floor };
    rows.push({ id, metric, value: ratio, unit: 'x', n: 1, against: peer, ratio, ...more, ...verdict });
  };
  against('time against PyTorch', OURS, 'torch, all cores', { floor, goal: GOAL });
  if (fastFloor)
    against('time against PyTorch, fast', 'hunch, fast', 'torch, all cores', { floor: fastFloor });
  against('time against native', OURS, 'tfjs native', { floor: NATIVE_FLOOR, goal: GOAL });
  against('time against native, wide', WIDE, 'tfjs native', { goal: NATIVE_FLOOR });
  const peers = [...times.keys()].filter(isPeer).sort((a, b) => times.get(a) - times.get(b));
  if (peers.length > 0) {
    against('time against best peer', OURS, peers[0], { goal: GOAL });
    against('time against best peer, wide', WIDE, peers[0], { goal: GOAL });
  }
  if (bound && times.has(OURS)) {
    const allowed = Math.max(bound.compute, bound.traffic);
    rows.push({
      id,
      metric: 'bound',
      value: allowed,
      unit,
      n: 1,
      note: `${(bound.flops / 1e6).toFixed(1)} MFLOP: ${bound.compute.toPrecision(2)} ms; ${(bound.bytes / 2 ** 20).toFixed(1)} MiB: ${bound.traffic.toPrecision(2)} ms; ours takes ${(times.get(OURS) / allowed).toFixed(2)} times the bound`,
      against: OURS,
      ratio: times.get(OURS) / allowed,
      goal: NEAR_BOUND,
    });
  }
  if (able.length > 1) {
    const value = apart(able);
    rows.push({
      id,
      metric: infer ? 'outputs apart' : 'first losses apart',
      value,
      unit: 'share',
      n: able.length,
      floor: SAME,
      holds: value <= SAME,
      note: `contenders: ${able.map(({ name, first }) => `${name} ${first.map((loss) => loss.toFixed(4)).join(' ')}`).join('; ')}`,
    });
  }
  return rows;
}

module.exports = { median, quartiles, reportRow };
