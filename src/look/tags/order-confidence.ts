import type { Random } from '../../core/random';
import { gammaDraw } from '../../stats/gamma-draw';
import type { ReviewedPart } from './estimate-share';
import { tagPatterns, withPrior } from './tag-patterns';

/** How sure an order of tags is. */
export interface OrderConfidence {
  /** Probability that the tag has the most gain for its effort; equal ones share it. */
  readonly first: readonly number[];
  /** Probability that a tag has more than the next; NaN for the last. */
  readonly ahead: readonly number[];
}

const REPEATS = 2000;

/**
 * Returns how sure the order of tags by share over effort is, for new examples of the same kind: the Bayesian bootstrap over the
 * errors that were looked at. In each of 2,000 repeats every combination of tags gets a weight from the Dirichlet distribution of
 * its count (half an example more for each tag alone); parts weigh as much as they have errors.
 *
 * @param parts errors and those looked at; a part without any counts as the others together
 * @param names tags, in the order that is asked about
 * @param effort of each tag, > 0
 * @param stream where the luck comes from
 * @see Donald Rubin, "The Bayesian bootstrap", 1981
 */
export function orderConfidence(
  parts: readonly ReviewedPart[],
  names: readonly string[],
  effort: readonly number[],
  stream: Random,
): OrderConfidence {
  const pooled = parts.flatMap(({ tags }) => tags);
  const weighted = parts
    .filter(({ size }) => size > 0)
    .map(({ size, tags }) => ({
      size,
      patterns: withPrior(tagPatterns(tags.length > 0 ? tags : pooled, names), names.length),
    }));
  const first = new Array<number>(names.length).fill(0);
  const ahead = new Array<number>(names.length).fill(0);
  const scores = new Float64Array(names.length);
  const drawn = new Float64Array(Math.max(0, ...weighted.map(({ patterns }) => patterns.length)));
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    scores.fill(0);
    for (const { size, patterns } of weighted) {
      let total = 0;
      patterns.forEach(({ count }, p) => (total += drawn[p] = gammaDraw(count, stream)));
      patterns.forEach(({ tags }, p) => {
        for (const tag of tags) scores[tag] += (size * drawn[p]) / total / effort[tag];
      });
    }
    const most = scores.reduce((a, b) => Math.max(a, b), -Infinity);
    const ties = scores.reduce((n, score) => n + (score === most ? 1 : 0), 0);
    scores.forEach((score, tag) => {
      if (score === most) first[tag] += 1 / ties;
      if (tag + 1 < names.length)
        ahead[tag] += score > scores[tag + 1] ? 1 : score === scores[tag + 1] ? 0.5 : 0;
    });
  }
  return {
    first: first.map((count) => count / REPEATS),
    ahead: ahead.map((count, tag) => (tag + 1 < names.length ? count / REPEATS : NaN)),
  };
}
