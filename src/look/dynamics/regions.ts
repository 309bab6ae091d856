import type { DynamicsRegion } from './types';

/** The region of each example, and how the ends of the two axes overlap. */
export interface Regions {
  readonly regions: readonly DynamicsRegion[];
  readonly overlaps: { readonly ambiguousAndHard: number; readonly ambiguousAndEasy: number };
}

/** The `count` rows of largest value, the first among equals; NaN is left out. */
function largest(values: ArrayLike<number>, count: number): Set<number> {
  const rows = Array.from({ length: values.length }, (_, i) => i).filter((i) => !Number.isNaN(values[i]));
  rows.sort((i, j) => values[j] - values[i] || i - j);
  return new Set(rows.slice(0, count));
}

/**
 * Returns the regions of the map: the share of examples of most spread is ambiguous; of the others, those among the share of
 * most ease are easy to learn, and those among the share of least are hard.
 *
 * @param ease confidence, or the loss times −1
 * @param spread variability; null where none is ambiguous: the loss of a value that is learnt late spreads as that of one
 *   that never is
 * @param share of the known examples, as `int(share · n)`
 */
export function regionsOf(ease: ArrayLike<number>, spread: ArrayLike<number> | null, share: number): Regions {
  const known = Array.from(ease).filter((value) => !Number.isNaN(value)).length;
  const count = Math.floor(share * known);
  const ambiguous = largest(spread ?? [], count);
  const easy = largest(ease, count);
  const hard = largest(
    Array.from(ease, (value) => -value),
    count,
  );
  const regions = Array.from(ease, (_, i): DynamicsRegion => {
    if (ambiguous.has(i)) return 'ambiguous';
    if (hard.has(i)) return 'hard-to-learn';
    return easy.has(i) ? 'easy-to-learn' : 'between';
  });
  const both = (other: Set<number>): number => [...ambiguous].filter((i) => other.has(i)).length;
  return { regions, overlaps: { ambiguousAndHard: both(hard), ambiguousAndEasy: both(easy) } };
}
