import type { DifficultySlices } from '../look/types';
import type { CauseId } from './causes';
import type { Confirmable, Experiment } from './experiment';
import type { LiveRun } from './live-run';
import type { Cause } from './types';
import type { Likelihood } from './update-causes';

/** A cause of this weight is a fact, or as good as one: what is left is to take it away and look. */
export const SURE_AT = 0.95;
/** Experiments that take more than so many times the training are for `until` alone. */
export const MOST_SHARE = 3;
/** Bits of information below which an experiment tells nothing. */
const LEAST_BITS = 0.02;
/** Added to each cost, in trainings, so that what is nearly free does not win by that alone. */
const OVERHEAD = 0.5;

/** −Σ p log₂ p. */
function entropy(weights: readonly number[]): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.reduce((sum, weight) => {
    const p = weight / total;
    return p > 0 ? sum - p * Math.log2(p) : sum;
  }, 0);
}

const yes = (likelihood: Likelihood, id: string): number =>
  likelihood.under[id as CauseId] ?? likelihood.other;

/**
 * Returns by how many bits the entropy of the causes' weights falls, on average over what the experiment may see, when its
 * answers are taken as independent given the cause.
 *
 * @example
 * // Two causes, alike; "yes" is certain under one and impossible under the other: all of one bit.
 * const sharp = { other: 0, under: { 'loss-summed': 1 } };
 * expectedInformation(rankCauses({ 'loss-summed': 1, 'wiring-broken': 1 }), [sharp]) // => 1
 */
export function expectedInformation(causes: readonly Cause[], outcomes: readonly Likelihood[]): number {
  const before = entropy(causes.map(({ weight }) => weight));
  let after = 0;
  for (let answers = 0; answers < 2 ** outcomes.length; answers++) {
    const joint = causes.map(({ id, weight }) =>
      outcomes.reduce((product, likelihood, i) => {
        const p = yes(likelihood, id);
        return product * ((answers >> i) & 1 ? p : 1 - p);
      }, weight),
    );
    const chance = joint.reduce((sum, p) => sum + p, 0);
    if (chance > 0) after += chance * entropy(joint);
  }
  return before - after;
}

/** How much likelier "yes" is under a cause than under causes that nobody named. */
const contrast = ({ outcomes }: Experiment, id: string): number =>
  Math.max(...outcomes.map((likelihood) => Math.abs(yes(likelihood, id) - likelihood.other)));

/** What an experiment tells for what it takes. */
export interface Rated {
  readonly experiment: Experiment;
  readonly value: number;
}

/** Contrast that an experiment must have with a cause to be the one that takes it away. */
const LEAST_CONTRAST = 0.3;

/**
 * Yields the experiments that can be run and tell something, the best first: by the information that they bring for the
 * square root of their cost. Where one cause is as good as sure, or no experiment tells the causes apart, by how surely
 * they take the first one away. Whether one can be run is asked only when its turn has come.
 */
export function* rateExperiments(
  experiments: readonly Experiment[],
  causes: readonly Cause[],
  run: LiveRun,
  finding: Confirmable,
  slices: DifficultySlices | null,
  { done = [], most = MOST_SHARE }: { readonly done?: readonly string[]; readonly most?: number } = {},
): Generator<Rated> {
  const [top] = causes;
  if (!top) return;
  const rate = function* (tells: (experiment: Experiment) => number): Generator<Rated> {
    const rated = experiments
      .filter(({ id }) => !done.includes(id))
      .map((experiment) => ({ experiment, told: tells(experiment) }))
      .filter(({ told }) => told > 0)
      .map(({ experiment, told }) => ({ experiment, told, share: experiment.cost(run, finding).share }))
      .filter(({ share }) => share <= most)
      .map(({ experiment, told, share }) => ({ experiment, value: told / Math.sqrt(share + OVERHEAD) }))
      .sort((a, b) => b.value - a.value);
    for (const one of rated) if (one.experiment.suits(run, finding, slices) === null) yield one;
  };
  let some = false;
  if (top.weight < SURE_AT) {
    for (const one of rate(({ outcomes }) => expectedInformation(causes, outcomes) - LEAST_BITS)) {
      some = true;
      yield one;
    }
  }
  if (!some) yield* rate((experiment) => contrast(experiment, top.id) - LEAST_CONTRAST);
}
