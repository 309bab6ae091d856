import type { Random } from '../../core/random';
import { gammaDraw } from '../../stats/gamma-draw';
import { normalCdf } from '../../stats/normal-cdf';
import { withPrior, type TagPattern } from './tag-patterns';

/** Futures that are played through, and errors that anybody would still look at. */
const FUTURES = 200;
const MOST = 5000;

/** Numbers of further errors that are tried: close together at first, each then about a fifth more. */
function steps(left: number): readonly number[] {
  const most = Math.min(left, MOST);
  const tried: number[] = [];
  for (let at = 5; at < most; at = Math.max(at + 5, Math.round(at * 1.2))) tried.push(at);
  return most > 0 ? [...tried, most] : [];
}

/**
 * How sure it is that the tag with the most gain for its effort leads: one less the chances, by the normal distribution, that each
 * of the others is ahead of it in truth, from their differences example by example.
 *
 * @param counts of the patterns, where they are not their own
 */
export function leadConfidence(
  patterns: readonly TagPattern[],
  effort: readonly number[],
  counts: ArrayLike<number> = patterns.map(({ count }) => count),
): number {
  let n = 0;
  const scores = new Float64Array(effort.length);
  patterns.forEach(({ tags }, p) => {
    n += counts[p];
    for (const tag of tags) scores[tag] += counts[p] / effort[tag];
  });
  let top = 0;
  for (let tag = 1; tag < scores.length; tag++) if (scores[tag] > scores[top]) top = tag;
  let doubt = 0;
  for (let other = 0; other < effort.length; other++) {
    if (other === top) continue;
    let squares = 0;
    for (let p = 0; p < patterns.length; p++) {
      const { tags } = patterns[p];
      const own = tags.includes(top) ? 1 / effort[top] : 0;
      const theirs = tags.includes(other) ? 1 / effort[other] : 0;
      squares += counts[p] * (own - theirs) ** 2;
    }
    const difference = scores[top] - scores[other];
    const variance = squares - difference ** 2 / n;
    doubt += variance > 0 ? normalCdf(-difference / Math.sqrt(variance)) : difference > 0 ? 0 : 0.5;
  }
  return Math.max(0, 1 - doubt);
}

/** A number as one says it: to 5 below 50, to 10 below 200, else to two digits. */
function roundly(value: number): number {
  const unit = value < 50 ? 5 : value < 200 ? 10 : 10 ** (Math.floor(Math.log10(value)) - 1);
  return Math.ceil(value / unit) * unit;
}

/**
 * Returns how many further errors, drawn as those before, will more likely than not tell which tag to fix first at the level; null
 * where those that are left will not. 200 futures are played through: true shares are drawn from what was seen (Dirichlet, half
 * an example more for each tag alone), further errors from these, and at each number it is asked whether any tag leads. A lead
 * that was luck so shrinks as it would.
 *
 * @param patterns combinations of tags among the errors looked at
 * @param effort of each tag
 * @param left errors that were not looked at
 * @param level confidence that is wanted
 * @param stream where the luck comes from
 */
export function howManyMore(
  patterns: readonly TagPattern[],
  effort: readonly number[],
  left: number,
  level: number,
  stream: Random,
): number | null {
  const prior = withPrior(patterns, effort.length);
  const futures = Array.from({ length: FUTURES }, () => {
    let total = 0;
    const upTo = Float64Array.from(prior, ({ count }) => (total += gammaDraw(count, stream)));
    return { upTo, total, counts: Float64Array.from(prior, ({ count }) => count) };
  });
  let drawn = 0;
  for (const more of steps(left)) {
    let settled = 0;
    for (const { upTo, total, counts } of futures) {
      for (let i = drawn; i < more; i++) {
        const at = stream.next() * total;
        let p = 0;
        while (p < upTo.length - 1 && upTo[p] <= at) p++;
        counts[p]++;
      }
      if (leadConfidence(prior, effort, counts) >= level) settled++;
    }
    drawn = more;
    if (settled >= FUTURES / 2) return Math.min(left, roundly(more));
  }
  return null;
}
