import type { Evidence } from './filters';
import { rankValues } from './sureness';

/** Groups of equal size by how sure the model is, at most, and examples in one at least. */
const GROUPS = 50;
const FEWEST = 60;

/** The fifth that the model is surest of lies above this share. */
const SURE = 0.8;

/** Labels that are not the likeliest class, and how they stand among all. */
export interface Disputes {
  readonly n: number;
  /** Rows, in order. */
  readonly rows: Int32Array;
  /** Examples in the fifth that the model is surest of, and disputed labels among them. */
  readonly sure: number;
  readonly sureDisputes: number;
  /** Where sure over everywhere: 1 where labels are disputed as often as elsewhere, 0 where only unsure ones are. */
  readonly ratio: number;
  /** What is known of each dispute, D×F, row by row: see {@link FEATURES}. */
  readonly features: Float64Array;
}

/** What the chance that a disputed label is wrong goes by. */
export const FEATURES = [
  'margin of the likeliest class over the given one',
  'share of undisputed examples with a smaller lead',
  'logit of the dispute rate among examples as sure',
  'log of the dispute rate where sure over that',
  'log odds of being wrong by the noise rates of the classes',
  'log of the ratio',
  'logit of the dispute rate',
  'margin × log of the ratio',
  'odds by rates × log of the ratio',
] as const;

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
const logit = (p: number): number => Math.log(clamp(p, 1e-3, 1 - 1e-3) / (1 - clamp(p, 1e-3, 1 - 1e-3)));

/** Rates that never rise, nearest to hits / of in least squares (pool adjacent violators). */
function fallingRates(hits: readonly number[], of: readonly number[]): Float64Array {
  const pools: { hits: number; of: number; groups: number }[] = [];
  hits.forEach((own, g) => {
    pools.push({ hits: own + 0.5, of: of[g] + 1, groups: 1 });
    while (pools.length > 1) {
      const [before, last] = pools.slice(-2);
      if (before.hits / before.of >= last.hits / last.of) break;
      pools.splice(-2, 2, {
        hits: before.hits + last.hits,
        of: before.of + last.of,
        groups: before.groups + last.groups,
      });
    }
  });
  return Float64Array.from(
    pools.flatMap(({ hits: own, of: all, groups }) => new Array<number>(groups).fill(own / all)),
  );
}

/** Where each group ends, by shares of the examples that are less sure. */
function groupsBySureness(
  { data, facts }: Evidence,
  below: (value: number) => number,
): {
  readonly groupOf: (row: number) => number;
  readonly rates: Float64Array;
  readonly sure: number;
  readonly sureDisputes: number;
} {
  const { n } = data;
  const { self, other, disagrees } = facts;
  const groups = clamp(Math.floor(n / FEWEST), 5, GROUPS);
  const hits = new Array<number>(groups).fill(0);
  const of = new Array<number>(groups).fill(0);
  const groupOf = (row: number): number =>
    Math.min(groups - 1, Math.floor(below(Math.max(self[row], other[row])) * groups));
  let [sure, sureDisputes] = [0, 0];
  for (let i = 0; i < n; i++) {
    const share = below(Math.max(self[i], other[i]));
    const group = Math.min(groups - 1, Math.floor(share * groups));
    of[group]++;
    hits[group] += disagrees[i];
    if (share < SURE) continue;
    sure++;
    sureDisputes += disagrees[i];
  }
  return { groupOf, rates: fallingRates(hits, of), sure, sureDisputes };
}

/**
 * Returns how each class is estimated to be labelled: `rates[given · K + true]`, each true class adding up to 1; a class that
 * nobody confidently belongs to keeps its label.
 */
function noiseRates({ data, joint }: Evidence): Float64Array {
  const { k } = data;
  const rates = new Float64Array(k * k);
  for (let l = 0; l < k; l++) {
    let sum = 0;
    for (let j = 0; j < k; j++) sum += joint[j * k + l];
    for (let j = 0; j < k; j++) rates[j * k + l] = sum > 0 ? joint[j * k + l] / sum : Number(j === l);
  }
  return rates;
}

/** Log odds that a label is wrong if classes were mislabelled at these rates: ln Σ_{l ≠ given} p_l·rate(l) / p_given·rate(given). */
function oddsByRates({ k, p, given }: Evidence['data'], rates: Float64Array, row: number): number {
  const own = given[row];
  let wrong = 0;
  for (let l = 0; l < k; l++) if (l !== own) wrong += p[row * k + l] * rates[own * k + l];
  const odds = Math.log((wrong + 1e-9) / (p[row * k + own] * rates[own * k + own] + 1e-9));
  return clamp(odds, -5, 5);
}

/** Returns the disputed labels of some examples with what is known of each. */
export function findDisputes(evidence: Evidence): Disputes {
  const { data, facts } = evidence;
  const { n } = data;
  const { self, other, disagrees } = facts;
  let count = 0;
  for (let i = 0; i < n; i++) count += disagrees[i];
  const rows = new Int32Array(count);
  const lead = new Float64Array(n - count);
  const likeliest = new Float64Array(n);
  for (let i = 0, d = 0, a = 0; i < n; i++) {
    likeliest[i] = Math.max(self[i], other[i]);
    if (disagrees[i] === 1) rows[d++] = i;
    else lead[a++] = self[i] - other[i];
  }
  const sureness = rankValues(likeliest, n);
  const leads = rankValues(lead, lead.length);
  const { groupOf, rates, sure, sureDisputes } = groupsBySureness(evidence, sureness.below);
  const noise = noiseRates(evidence);
  const rate = (count + 0.5) / (n + 1);
  const sureRate = (sureDisputes + 0.5) / (sure + 1);
  const ratio = sureRate / rate;
  const logRatio = Math.log(clamp(ratio, 0.02, 1));
  const f = FEATURES.length;
  const features = new Float64Array(count * f);
  const [logRate, logSure] = [logit(rate), Math.log(sureRate)];
  const logits = rates.map(logit);
  const logShares = rates.map((local) => Math.min(0, logSure - Math.log(local)));
  for (let d = 0, at = 0; d < count; d++, at += f) {
    const i = rows[d];
    const margin = other[i] - self[i];
    const group = groupOf(i);
    const odds = oddsByRates(data, noise, i);
    features[at] = margin;
    features[at + 1] = lead.length > 0 ? leads.below(margin) : 0.5;
    features[at + 2] = logits[group];
    features[at + 3] = logShares[group];
    features[at + 4] = odds;
    features[at + 5] = logRatio;
    features[at + 6] = logRate;
    features[at + 7] = margin * logRatio;
    features[at + 8] = odds * logRatio;
  }
  return { n, rows, sure, sureDisputes, ratio, features };
}
