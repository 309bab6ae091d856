import { rankCauses, type CauseId } from './causes';
import type { Cause } from './types';

/** Probability of an observation under each cause; a cause that is not listed takes `other`. */
export interface Likelihood {
  readonly other: number;
  readonly under: Readonly<Partial<Record<CauseId, number>>>;
}

/** One yes-or-no thing that an experiment saw. */
export interface Observation {
  readonly seen: boolean;
  /** Probability of "yes". */
  readonly probability: Likelihood;
}

/** Weight that confirms a cause. */
export const CONFIRMED_AT = 0.8;

/**
 * Returns the causes with their weights after the observations: each weight times the probability of what was seen
 * under that cause, then scaled to sum to 1 (naive Bayes: observations count as independent given the cause).
 *
 * @example
 * const before = rankCauses({ 'learning-rate-too-high': 1, 'wiring-broken': 1 });
 * const probability = { other: 0.1, under: { 'learning-rate-too-high': 0.9 } };
 * updateCauses(before, [{ seen: true, probability }])[0].weight // => 0.9
 */
export function updateCauses(
  before: readonly Cause[],
  observations: readonly Observation[],
): readonly Cause[] {
  const weights: Partial<Record<CauseId, number>> = {};
  for (const { id, weight } of before) {
    const cause = id as CauseId;
    weights[cause] = observations.reduce((product, { seen, probability }) => {
      const yes = probability.under[cause] ?? probability.other;
      return product * (seen ? yes : 1 - yes);
    }, weight);
  }
  return rankCauses(weights);
}

const [OTHER] = rankCauses({ 'something-else': 1 });

/** Weight of a cause that nobody named, beside those of a finding. */
const UNNAMED = 0.03;
/** Weight from which it is told. */
const TOLD_AT = 0.1;

/**
 * The same, with something else than the named causes among them: it is told once it has a tenth of the weight, as where what
 * should have made a difference made none. Until then the named ones share all of the weight.
 */
export function updateWithUnnamed(
  before: readonly Cause[],
  observations: readonly Observation[],
): readonly Cause[] {
  const known = before.find(({ id }) => id === 'something-else');
  const all = known ? before : [...before, { ...OTHER, weight: UNNAMED }];
  const after = updateCauses(all, observations);
  const unnamed = after.find(({ id }) => id === 'something-else');
  if (known || !unnamed || unnamed.weight >= TOLD_AT) return after;
  return updateCauses(before, observations);
}
