'use strict';
// Seeded numbers for data that are made up, and for faults.

/** A seeded stream of numbers in [0, 1): mulberry32. */
function uniform(seed) {
  let state = (seed * 0x9e3779b1 + 0x7f4a7c15) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A seeded stream of normal numbers (Box and Muller). */
function normal(seed) {
  const next = uniform(seed);
  return () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}

/** The values in a seeded order (Fisher and Yates). */
function shuffled(values, seed) {
  const next = uniform(seed);
  const copy = Array.from(values);
  for (let i = copy.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [copy[i], copy[j]] = [copy[j], copy[i]];
  }
  return copy;
}

const range = (n) => Array.from({ length: n }, (_, i) => i);

module.exports = { normal, range, shuffled, uniform };
