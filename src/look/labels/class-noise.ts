import { wilsonInterval } from '../../stats/wilson-interval';
import type { Evidence } from './filters';
import type { ClassNoise, NoisePair } from './types';

/** Confident examples with each given label. */
function confidentTotals({ data, confident }: Evidence): Float64Array {
  const totals = new Float64Array(data.k);
  for (let i = 0; i < data.n; i++) if (confident.likely[i] >= 0) totals[data.given[i]]++;
  return totals;
}

/** Returns how wrong the labels of each class are estimated to be, in the order of the classes. */
export function classNoise(
  evidence: Evidence,
  classes: readonly string[],
  flags: Uint8Array,
  level: number,
): readonly ClassNoise[] {
  const { data, perClass, joint, confident } = evidence;
  const { k, given } = data;
  const flagged = new Float64Array(k);
  for (let i = 0; i < data.n; i++) flagged[given[i]] += flags[i];
  const totals = confidentTotals(evidence);
  return classes.map((label, j) => {
    let other = 0;
    let wrong = 0;
    for (let l = 0; l < k; l++) {
      if (l === j) continue;
      other += confident.counts[j * k + l];
      wrong += joint[j * k + l];
    }
    return {
      ...{ label, n: perClass[j], flagged: flagged[j] },
      rate: perClass[j] > 0 ? Math.min(1, wrong / perClass[j]) : NaN,
      interval: wilsonInterval(Math.min(other, totals[j]), totals[j], level),
      confident: totals[j],
    };
  });
}

/** Returns the pairs of classes that labels are mixed up between, those with most estimated examples first. */
export function noisePairs(
  evidence: Evidence,
  classes: readonly string[],
  flags: Uint8Array,
  level: number,
): readonly NoisePair[] {
  const { data, facts, perClass, joint, confident } = evidence;
  const { k, n, given } = data;
  const flagged = new Float64Array(k * k);
  for (let i = 0; i < n; i++) if (flags[i] === 1) flagged[given[i] * k + facts.top[i]]++;
  const totals = confidentTotals(evidence);
  const pairs: NoisePair[] = [];
  for (let j = 0; j < k; j++) {
    for (let l = 0; l < k; l++) {
      const at = j * k + l;
      if (j === l || (joint[at] === 0 && flagged[at] === 0)) continue;
      pairs.push({
        ...{ given: classes[j], suggested: classes[l], flagged: flagged[at], estimated: joint[at] },
        rate: perClass[j] > 0 ? joint[at] / perClass[j] : NaN,
        interval: wilsonInterval(Math.min(confident.counts[at], totals[j]), totals[j], level),
      });
    }
  }
  return pairs.sort((a, b) => b.estimated - a.estimated || b.flagged - a.flagged);
}
