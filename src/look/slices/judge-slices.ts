import type { CountRequest, Counts } from '../../engine/count/types';
import { benjaminiHochberg } from '../../stats/benjamini-hochberg';
import { fisherExact } from '../../stats/fisher-exact';
import { withoutPart, type Moments } from '../../stats/moments';
import { welch } from '../../stats/welch';
import { countAll } from './count-all';
import { countRemaining } from './count-remaining';

/** What rows that the search never saw say of a slice. */
export interface Verdict {
  readonly counts: Moments;
  /** See {@link judgeSlices}. */
  readonly pValue: number;
  readonly qValue: number;
}

/** Probability of luck, one-sided, that a group is so much worse than the other rows. */
export function luck(group: Moments, rest: Moments, zeroOne: boolean): number {
  if (group.n === 0 || rest.n === 0) return 1;
  if (zeroOne) return fisherExact(group.sum, group.n, group.sum + rest.sum, group.n + rest.n);
  const { pValue } = welch(group, rest);
  return Number.isNaN(pValue) ? 1 : pValue;
}

/**
 * Judges slices on rows of which the search knew nothing: each by its rows that are in no slice chosen before it, against the rows
 * that are in none so far, and by all its rows against all others; the larger p-value counts (Fisher's exact test of 0 and 1,
 * Welch's of other values). All together are judged by Benjamini and
 * Hochberg with weights 1/rank: what looked surest counts most, and since the order was made without these rows the rate of
 * false discoveries holds as it does without weights.
 *
 * @param cells the surest first
 * @param chosen how many of them, the first, are taken to be real: the rows of each count for it alone. The others are judged beside
 *   each other
 * @param totals of the judging rows
 * @param zeroOne whether values are 0 and 1
 * @see Christopher Genovese, Kathryn Roeder & Larry Wasserman, "False discovery control with p-value weighting", 2006
 */
export function* judgeSlices(
  cells: readonly Int32Array[],
  chosen: number,
  totals: Moments,
  zeroOne: boolean,
): Generator<CountRequest, Verdict[], Counts> {
  const before = cells.slice(0, chosen);
  const inTurn = yield* countRemaining(before, totals);
  const left = inTurn.at(-1)?.rest ?? totals;
  const beside = (yield* countAll(cells.slice(chosen), before)).map((own) => ({
    own,
    rest: withoutPart(left, own),
  }));
  const remaining = [...inTurn, ...beside];
  const counts = yield* countAll(cells, []);
  const pValues = remaining.map(({ own, rest }, i) => {
    const asWhole = luck(counts[i], withoutPart(totals, counts[i]), zeroOne);
    return Math.max(luck(own, rest, zeroOne), asWhole);
  });
  const harmonic = pValues.reduce((sum, _, i) => sum + 1 / (i + 1), 0);
  const weighted = pValues.map((p, i) => Math.min(1, (p * (i + 1) * harmonic) / pValues.length));
  const qValues = benjaminiHochberg(weighted);
  return cells.map((_, i) => ({ counts: counts[i], pValue: pValues[i], qValue: qValues[i] }));
}
