import type { AgreementMeasure } from '../difficulty-options';

/** How many people chose each answer, by example; −1 as the place of the label where nobody could choose it. */
export interface Votes {
  readonly counts: readonly (readonly number[])[];
  readonly label: ArrayLike<number>;
}

/**
 * Returns how much the answers of each example differ: the share outside the majority, their entropy in nats, or the share that
 * is not the label. NaN where nobody answered; an example with one answer has no minority.
 */
export function agreementOf(
  { counts, label }: Votes,
  measure: Exclude<AgreementMeasure, 'spread'>,
): Float64Array {
  return Float64Array.from(counts, (votes, i) => {
    const total = votes.reduce((sum, count) => sum + count, 0);
    if (!(total > 0)) return NaN;
    if (measure === 'minority') return 1 - Math.max(...votes) / total;
    if (measure === 'disagreement') return 1 - (votes[label[i]] ?? 0) / total;
    return votes.reduce(
      (sum, count) => (count > 0 ? sum - (count / total) * Math.log(count / total) : sum),
      0,
    );
  });
}

/** Returns the standard deviation of the values that are known; NaN for fewer than two. */
export function spreadOf(values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value));
  if (known.length < 2) return NaN;
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  return Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (known.length - 1));
}
