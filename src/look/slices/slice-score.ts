import type { Moments } from '../../stats/moments';

/** How strange a slice is by its rows and their values, and how strange a part of it could be at most. */
export interface SliceScore {
  /** Slices need more than this. */
  readonly least: number;
  of(size: number, sum: number): number;
  /** No part of a slice of so many rows, such a sum and such a largest value scores higher. */
  bound(size: number, sum: number, largest: number): number;
}

/**
 * A bound from the score itself: a part has `s` rows, from `support` to `size`, and at most min(s·largest, sum) in them. Both
 * scores rise with `s` as long as s·largest is the smaller, and are monotone or fall after, so it is enough to look at the ends.
 */
function boundOf(of: SliceScore['of'], support: number): SliceScore['bound'] {
  return (size, sum, largest) => {
    const turn = Math.min(size, Math.max(support, largest > 0 ? sum / largest : support));
    const atTurn = of(turn, Math.min(turn * largest, sum));
    const atEnd = of(size, Math.min(size * largest, sum));
    return atTurn > atEnd ? atTurn : atEnd;
  };
}

/**
 * SliceLine's score: α (mean of the slice / mean of all − 1) − (1 − α)(n / size − 1). 0 is what all rows score; a larger α
 * looks for high errors, a smaller one for large slices.
 *
 * @see Svetlana Sagadeeva & Matthias Boehm, "SliceLine: Fast, Linear-Algebra-based Slice Finding for ML Model Debugging", 2021, eq. 1 and 3
 */
export function sliceLineScore({ n, sum: total }: Moments, alpha: number, support: number): SliceScore {
  const mean = total / n;
  const of = (size: number, sum: number): number =>
    alpha * (sum / size / mean - 1) - (1 - alpha) * (n / size - 1);
  return { least: 0, of, bound: boundOf(of, support) };
}

/**
 * How many standard errors the mean of a slice lies above that of the other rows: z of a sample without replacement.
 * It weighs size and height of an error by what luck would do.
 */
export function surpriseScore(
  { n, sum: total, squares }: Moments,
  least: number,
  support: number,
): SliceScore {
  const mean = total / n;
  const sd = Math.sqrt(Math.max(0, squares / n - mean * mean));
  const of = (size: number, sum: number): number =>
    size >= n || sd === 0 ? 0 : (sum - size * mean) / (sd * Math.sqrt(size * (1 - size / n)));
  const bare = (size: number, sum: number): number => (sum - size * mean) / (sd * Math.sqrt(size));
  const looser = boundOf(bare, support);
  return {
    least,
    of,
    bound: (size, sum, largest) =>
      sd === 0 ? 0 : size >= n ? Infinity : looser(size, sum, largest) / Math.sqrt(1 - size / n),
  };
}

/** What so many seen where so many were expected add to the logarithm of the likelihood. */
const seenBeside = (seen: number, expected: number): number =>
  seen > 0 ? seen * Math.log(seen / expected) : 0;

/**
 * Surprise of values 0 and 1: the signed root of twice the logarithm of the likelihood ratio of two error rates, of the slice and of
 * the other rows, to a single one. Of large slices it is the z of {@link surpriseScore}; of small ones with few errors, whose numbers
 * are skewed, z says far more than luck needs (15 of 50 rows at a base of 8 %: z 5.7, here 4.5), and would fill the list with them.
 *
 * @see S. S. Wilks, "The Large-Sample Distribution of the Likelihood Ratio for Testing Composite Hypotheses", 1938
 */
export function surpriseOfShares({ n, sum: total }: Moments, least: number, support: number): SliceScore {
  const mean = total / n;
  const of = (size: number, sum: number): number => {
    if (size >= n || total === 0 || total === n) return 0;
    const [rest, errors] = [n - size, total - sum];
    const gained =
      seenBeside(sum, size * mean) +
      seenBeside(size - sum, size * (1 - mean)) +
      seenBeside(errors, rest * mean) +
      seenBeside(rest - errors, rest * (1 - mean));
    return Math.sign(sum - size * mean) * Math.sqrt(2 * Math.max(0, gained));
  };
  const closer = boundOf(of, support);
  return {
    least,
    of,
    bound: (size, sum, largest) => (size >= n ? Infinity : closer(size, sum, largest)),
  };
}
