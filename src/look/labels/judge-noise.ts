import { wilsonInterval } from '../../stats/wilson-interval';
import { findDisputes, FEATURES, type Disputes } from './disputes';
import type { Evidence } from './filters';
import { CONSTANT, ERRORS, SHARES, WEIGHTS } from './noise-constants';
import type { LabelIssues, NoiseEstimate, NoiseKind } from './types';

/** Ratios of disputes where sure to disputes everywhere that tell the kinds of noise apart. */
const AS_OFTEN = 0.8;
const HARDLY = 0.25;
/** Disputes that a kind is told by, at least; and a dispute rate that is little. */
const FEWEST = 20;
const LITTLE = 0.005;

const percent = (share: number): string => `${(100 * share).toFixed(share < 0.0995 ? 1 : 0)} %`;

/** What the noise looks like, and how likely each disputed label is wrong. */
export interface NoiseJudgement {
  readonly estimate: NoiseEstimate;
  readonly disputes: Disputes;
  /** Chance that each disputed label is wrong, in the order of the disputes' rows. */
  readonly chances: Float64Array;
  /** The regime whose errors of calibration apply. */
  readonly regime: keyof typeof ERRORS;
}

/**
 * Where labels are disputed: as often where the model is sure as elsewhere, between, or hardly where it is sure. Few disputes say
 * little, so that the lower end of the ratio's interval has its say.
 */
function regimeOf(ratio: number, low: number): NoiseJudgement['regime'] {
  if (ratio >= AS_OFTEN && low >= AS_OFTEN / 2) return 'sure';
  return ratio <= HARDLY || low <= HARDLY / 3 ? 'unsure' : 'between';
}

function kindOf({ n, rows, ratio }: Disputes, low: number, high: number): NoiseKind {
  if (rows.length <= LITTLE * n) return 'little';
  if (rows.length < FEWEST || (low < HARDLY && high > AS_OFTEN)) return 'cannot-tell';
  // As often as elsewhere, as far as luck lets it be known.
  if (high >= 1 && low >= AS_OFTEN / 2) return 'class-conditional';
  const kinds = { sure: 'class-conditional', between: 'mixed', unsure: 'instance-dependent' } as const;
  return kinds[regimeOf(ratio, low)];
}

const WHY: Readonly<Record<NoiseKind, (where: string) => string>> = {
  'class-conditional': (where) =>
    `${where}: labels are wrong about as often where the model is sure as elsewhere, as if drawn at random for each class.`,
  'instance-dependent': (where) =>
    `${where}: labels are disputed where the model is unsure. Either people erred on hard examples or the model does; probabilities alone cannot tell which.`,
  mixed: (where) =>
    `${where}: some labels are wrong at random, and more are disputed where the model is unsure, by people's errors or its own.`,
  little: (where) => `${where}: hardly any label is disputed.`,
  'cannot-tell': (where) => `${where}: too few disputes to tell where they gather.`,
};

/** Estimates the kind of noise of some labels, and the chance of each disputed one. */
export function judgeNoise(evidence: Evidence, level: number): NoiseJudgement {
  const disputes = findDisputes(evidence);
  const { n, rows, sure, sureDisputes, ratio, features } = disputes;
  const disputed = n > 0 ? rows.length / n : NaN;
  const interval = wilsonInterval(sureDisputes, sure, level);
  const share = Math.max(disputed, 1e-9);
  const kind = kindOf(disputes, interval[0] / share, interval[1] / share);
  const disputedWhereSure = sure > 0 ? sureDisputes / sure : NaN;
  const where = `The model disputes ${percent(disputed)} of the labels, and ${percent(disputedWhereSure)} in the fifth it is surest of`;
  const f = FEATURES.length;
  const chances = new Float64Array(rows.length);
  for (let d = 0; d < rows.length; d++) {
    let sum = CONSTANT;
    for (let j = 0; j < f; j++) sum += WEIGHTS[j] * features[d * f + j];
    chances[d] = 1 / (1 + Math.exp(-sum));
  }
  const estimate = { kind, why: WHY[kind](where), disputed, disputedWhereSure, interval };
  return { estimate, disputes, chances, regime: regimeOf(ratio, interval[0] / share) };
}

/** Bins that chances are counted in, to find the cut. */
const BINS = 1000;

/**
 * Part of the best cut that is used. Where labels are disputed mostly when the model is unsure the odds by class noise are too
 * strict with people's errors; a lower cut costs little where they are right.
 */
const HEDGE: Readonly<Record<NoiseJudgement['regime'], number>> = { sure: 1, between: 0.9, unsure: 0.7 };

/**
 * Returns the chance from which on disputed labels are to be flagged: half of the largest F1 that can be expected, which is where
 * F1 is largest, hedged.
 *
 * @see Zachary Lipton, Charles Elkan & Balakrishnan Naryanaswamy, "Optimal thresholding of classifiers to maximize F1 measure", 2014
 */
export function bestCut(chances: Float64Array, regime: NoiseJudgement['regime']): number {
  const counts = new Float64Array(BINS);
  const sums = new Float64Array(BINS);
  let all = 0;
  for (const chance of chances) {
    const bin = Math.min(BINS - 1, Math.floor(chance * BINS));
    counts[bin]++;
    sums[bin] += chance;
    all += chance;
  }
  let [best, flagged, right] = [-1, 0, 0];
  for (let bin = BINS - 1; bin >= 0; bin--) {
    flagged += counts[bin];
    right += sums[bin];
    const f1 = flagged > 0 ? (2 * right) / (flagged + all) : 0;
    if (f1 > best) best = f1;
  }
  return Math.max(0, best / 2) * HEDGE[regime];
}

/** The error that a share of the worlds stays below. */
function errorAt(errors: readonly number[], share: number): number {
  const at = SHARES.findIndex((one) => one >= share);
  if (at <= 0) return errors[Math.max(0, at)];
  const part = (share - SHARES[at - 1]) / (SHARES[at] - SHARES[at - 1]);
  return errors[at - 1] + part * (errors[at] - errors[at - 1]);
}

/** The mean of a function of the error over the worlds. */
function meanOver(errors: readonly number[], of: (error: number) => number): number {
  return SHARES.slice(1).reduce(
    (sum, share, i) => sum + ((share - SHARES[i]) * (of(errors[i]) + of(errors[i + 1]))) / 2,
    0,
  );
}

const logit = (p: number): number => Math.log(p / (1 - p));
const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

/** Steps of the table that chances are looked up in. */
const STEPS = 500;

/**
 * Returns what a chance amounts to once it is taken into account how far such chances were off in simulated worlds, those
 * without any wrong label among them.
 */
export function honestChance(regime: NoiseJudgement['regime']): (chance: number) => number {
  const table = Float64Array.from({ length: STEPS + 1 }, (_, step) => {
    const at = logit(Math.min(1 - 1e-4, Math.max(1e-4, step / STEPS)));
    return meanOver(ERRORS[regime], (error) => logistic(at + error));
  });
  return (chance) => {
    const place = Math.min(STEPS - 1, Math.floor(chance * STEPS));
    const part = chance * STEPS - place;
    return table[place] * (1 - part) + table[place + 1] * part;
  };
}

/**
 * Returns the expected precision of a list: the mean of its labels' honest chances, with the interval that holds the asked share
 * of the simulated worlds. Labels that the model does not dispute count as right.
 *
 * @param raw sum of the chances of the list's labels
 * @param honest sum of their honest chances
 */
export function expectedPrecision(
  regime: NoiseJudgement['regime'],
  { raw, honest, flagged }: { readonly raw: number; readonly honest: number; readonly flagged: number },
  level: number,
): LabelIssues['precision'] {
  if (flagged === 0) return { value: NaN, interval: [NaN, NaN], level, why: 'nothing is flagged' };
  const why = 'by how far such estimates were off in simulated worlds whose wrong labels are known';
  const at = logit(Math.min(1 - 1e-4, Math.max(1e-4, raw / flagged)));
  const errors = ERRORS[regime];
  const low = Math.floor(flagged * logistic(at + errorAt(errors, 0.5 - level / 2))) / flagged;
  const high = Math.ceil(flagged * logistic(at + errorAt(errors, 0.5 + level / 2))) / flagged;
  return { value: Math.min(high, Math.max(low, honest / flagged)), interval: [low, high], level, why };
}
