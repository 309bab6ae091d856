import { productInterval } from '../../stats/product-interval';
import { estimateShare, type EstimatedShare, type ReviewedPart } from './estimate-share';
import type { Estimated, TagCount, TagPlanStep } from './types';

/** The errors that tags are counted among. */
export interface TaggedErrors {
  readonly parts: readonly ReviewedPart[];
  /** Errors as a share of the examples, for new examples of the same kind. */
  readonly rate: Estimated;
  readonly level: number;
}

/**
 * Returns the error that is left if a share of the errors were right: rate · (1 − share). The rate is known from all examples, the
 * share from the errors that were looked at; given how many these were, the two are independent, so each adds its own doubt.
 */
export function ceilingOf({ rate }: TaggedErrors, { share, beyond }: EstimatedShare): Estimated {
  return productInterval(rate, { value: 1 - share, interval: [1 - beyond[1], 1 - beyond[0]] });
}

/** The part of a {@link TagCount} that needs one tag alone. */
export type TagAlone = Omit<TagCount, 'first' | 'ahead' | 'metadata' | 'correct'>;

/** Returns how often a tag occurs and what fixing it would buy. */
export function tagAlone(errors: TaggedErrors, tag: string, effort: number): TagAlone {
  const { parts, rate, level } = errors;
  const reviewed = parts.flatMap(({ tags }) => tags);
  const has = (tags: readonly string[]): boolean => tags.includes(tag);
  const alone = (tags: readonly string[]): boolean => tags.length === 1 && tags[0] === tag;
  const estimate = estimateShare(parts, has, level);
  const gain = productInterval(rate, { value: estimate.share, interval: estimate.beyond });
  return {
    tag,
    count: reviewed.filter(has).length,
    n: reviewed.length,
    share: estimate.share,
    interval: estimate.interval,
    only: reviewed.filter(alone).length,
    ceiling: ceilingOf(errors, estimate),
    ceilingAlone: ceilingOf(errors, estimateShare(parts, alone, level)),
    gain,
    effort,
    perEffort: gain.value / effort,
  };
}

/** Steps of a plan at most. */
const STEPS = 10;

/**
 * Returns in which order to fix several tags: each time the one that adds most errors, not reached yet, for its effort. The error
 * that is left is that of the union, so an example with two tags counts once.
 */
export function tagPlan(errors: TaggedErrors, tags: readonly TagAlone[]): readonly TagPlanStep[] {
  const { parts, level } = errors;
  const reviewed = parts.flatMap(({ tags: own }) => own);
  const steps: TagPlanStep[] = [];
  let [left, taken, effort] = [tags, new Set<string>(), 0];
  while (left.length > 0 && steps.length < STEPS) {
    const before = steps[steps.length - 1]?.share ?? 0;
    const unionWith = (tag: string): EstimatedShare =>
      estimateShare(parts, (own) => own.some((name) => name === tag || taken.has(name)), level);
    const offers = left.map((one) => ({ one, union: unionWith(one.tag) }));
    const worth = ({ one, union }: (typeof offers)[number]): number => (union.share - before) / one.effort;
    const best = offers.reduce((a, b) => (worth(b) > worth(a) ? b : a));
    if (!(best.union.share > before)) break;
    const { tag } = best.one;
    effort += best.one.effort;
    const adds = reviewed.filter((own) => own.includes(tag) && !own.some((name) => taken.has(name))).length;
    taken = new Set([...taken, tag]);
    left = left.filter((one) => one.tag !== tag);
    steps.push({
      ...{ tag, adds, effort },
      count: reviewed.filter((own) => own.some((name) => taken.has(name))).length,
      ...{ share: best.union.share, interval: best.union.interval },
      ceiling: ceilingOf(errors, best.union),
    });
  }
  return steps;
}
