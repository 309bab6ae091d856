import { scoreInterval } from '../../stats/score-interval';

/** Errors that became errors together, and those of them that were looked at: a random sample. */
export interface ReviewedPart {
  /** Errors in this part. */
  readonly size: number;
  /** Tags of each error that was looked at. */
  readonly tags: readonly (readonly string[])[];
}

/** How common something is among all errors. */
export interface EstimatedShare {
  /** NaN where nothing was looked at. */
  readonly share: number;
  /** For these very errors: what is not known is only what was not looked at. */
  readonly interval: readonly [number, number];
  /** For new examples of the same kind: the errors that there are, all looked at, would still be a sample. */
  readonly beyond: readonly [number, number];
}

/**
 * Returns the share of all errors for which `has` holds, from those that were looked at.
 *
 * One part, n of E looked at, k with it: share k/n and Wilson's interval of a sample of n·(E − 1)/(E − n), the finite-population
 * correction: [k/n, k/n] once all are seen. It never says less than k of E or more than k + E − n. Of several parts the shares are
 * weighted by the parts' sizes (post-stratification), and the sample's size is that of a plain one with the same variance; there the
 * variance within a part is that of (k + ½)/(n + 1), so that a part with no luck is not taken for certain. Of a part in which
 * nothing was looked at, nothing is known: the interval runs from none of it to all of it.
 *
 * @see William Cochran, "Sampling Techniques", 1977, 2.6 and 5A.9
 */
export function estimateShare(
  parts: readonly ReviewedPart[],
  has: (tags: readonly string[]) => boolean,
  level: number,
): EstimatedShare {
  const counts = parts
    .filter(({ size }) => size > 0)
    .map(({ size, tags }) => ({ size, n: tags.length, k: tags.filter(has).length }));
  const all = sum(counts.map(({ size }) => size));
  const known = counts.filter(({ n }) => n > 0);
  const covered = sum(known.map(({ size }) => size));
  if (covered === 0) return { share: NaN, interval: [0, 1], beyond: [0, 1] };
  const weighted = known.map((part) => ({ ...part, w: part.size / covered }));
  const share = sum(weighted.map(({ w, n, k }) => (w * k) / n));
  const soft = ({ n, k }: { n: number; k: number }): number => (k + 0.5) / (n + 1);
  const centre = sum(weighted.map((part) => part.w * soft(part)));
  const sizeFor = (variance: number): number => (centre * (1 - centre)) / variance;
  const within = (left: (size: number, n: number) => number): number =>
    sum(
      weighted.map(
        (part) => (part.w ** 2 * soft(part) * (1 - soft(part)) * left(part.size, part.n)) / part.n,
      ),
    );
  const between = sum(weighted.map((part) => part.w * (soft(part) - centre) ** 2)) / covered;
  const here = sizeFor(within((size, n) => (size === 1 ? 0 : (size - n) / (size - 1))));
  const beyondSize = sizeFor(within(() => 1) + between);
  const certain = sum(counts.map(({ k }) => k));
  const unseen = sum(counts.map(({ size, n }) => size - n));
  const rest = 1 - covered / all;
  const [low, high] = scoreInterval(share, here, level);
  const [beyondLow, beyondHigh] = scoreInterval(share, beyondSize, level);
  return {
    share,
    interval: [
      Math.max(certain / all, (1 - rest) * low),
      Math.min((certain + unseen) / all, (1 - rest) * high + rest),
    ],
    beyond: [(1 - rest) * beyondLow, (1 - rest) * beyondHigh + rest],
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
