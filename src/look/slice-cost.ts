import { acrossSeeds, type SeedValue } from '../stats/across-seeds';
import { differenceOfMeans } from '../stats/difference-of-means';
import { differenceOfShares, type GroupDifference } from '../stats/difference-of-shares';
import { normalQuantile } from '../stats/normal-quantile';
import { wilsonInterval } from '../stats/wilson-interval';
import type { ErrorValues } from './error-values';
import { sumOf } from './slice-errors';

/** What a slice costs beside the whole that it is part of. */
export interface SliceCost {
  readonly shareOfExamples: number;
  /** NaN where there are no errors at all. */
  readonly shareOfErrors: number;
  /** Wilson's over all errors; of squared errors and losses by the delta method. */
  readonly shareOfErrorsInterval: readonly [number, number];
  /** Overall error that would go if the slice were as good as the whole, in units of the error; 0 where it is better. */
  readonly gainIfFixed: number;
  /** From that of the difference between the slice and the rest, cut at 0. */
  readonly gainInterval: readonly [number, number];
}

type Rows = ArrayLike<number>;

/** Returns how the error of some examples differs from that of others, of one set of values. */
export function groupDifference(
  counted: boolean,
  values: Float64Array,
  first: Rows,
  second: Rows,
  level: number,
): GroupDifference {
  if (counted) return differenceOfShares([sumOf(values, first), first.length], [sumOf(values, second), second.length], level); // prettier-ignore
  const of = (rows: Rows): Float64Array => Float64Array.from(rows, (i) => values[i]);
  return differenceOfMeans(of(first), of(second), level);
}

/** Returns how the error of some examples differs from that of others; of several seeds the mean, the p-value of the typical one. */
export function errorDifference(
  { counted, values, bySeed }: ErrorValues,
  first: Rows,
  second: Rows,
  level: number,
): GroupDifference {
  const typical = groupDifference(counted, values, first, second, level);
  if (bySeed.length === 0) return typical;
  const each = bySeed.map((own) => groupDifference(counted, own, first, second, level));
  const { value, interval } = acrossSeeds(each.map(({ difference, interval: own }) => ({ value: difference, interval: own })), level); // prettier-ignore
  return { difference: value, interval, pValue: typical.pValue };
}

/** Share of all errors in a slice, of one set of values. */
function errorShare(
  counted: boolean,
  values: Float64Array,
  slice: Rows,
  rest: Rows,
  level: number,
): SeedValue {
  const inside = sumOf(values, slice);
  const total = inside + sumOf(values, rest);
  if (!(total > 0)) return { value: NaN, interval: [0, 1] };
  const value = inside / total;
  if (counted) return { value, interval: wilsonInterval(inside, total, level) };
  let squares = 0;
  for (let r = 0; r < slice.length; r++) squares += (values[slice[r]] * (1 - value)) ** 2;
  for (let r = 0; r < rest.length; r++) squares += (values[rest[r]] * value) ** 2;
  const half = (normalQuantile(0.5 + level / 2) * Math.sqrt(squares)) / total;
  return { value, interval: [Math.max(0, value - half), Math.min(1, value + half)] };
}

/**
 * Returns the share of all errors that a slice has, and what would be gained if it were as good as the whole: with its share s
 * of the examples s·(error of the slice − error of the whole), which is s·(1 − s) times its difference from the rest.
 *
 * @param slice rows of the slice
 * @param rest all other rows
 */
export function sliceCost(errors: ErrorValues, slice: Rows, rest: Rows, level: number): SliceCost {
  const { counted, values, bySeed } = errors;
  const n = slice.length + rest.length;
  const share = slice.length / n;
  const all = bySeed.length > 0 ? bySeed : [values];
  const shares = all.map((own) => errorShare(counted, own, slice, rest, level));
  const sums = all.reduce((sum, own) => [sum[0] + sumOf(own, slice), sum[1] + sumOf(own, rest)], [0, 0]);
  const total = sums[0] + sums[1];
  const scale = share * (1 - share);
  const { difference, interval } = errorDifference(errors, slice, rest, level);
  const none = slice.length === 0 || rest.length === 0;
  const gain = none ? 0 : Math.max(0, scale * difference);
  const gained = (end: number): number => (none ? 0 : Math.max(0, scale * end));
  return {
    shareOfExamples: share,
    shareOfErrors: total > 0 ? sums[0] / total : NaN,
    shareOfErrorsInterval:
      all.length === 1 ? shares[0].interval : acrossSeeds(shares, level, [0, 1]).interval,
    gainIfFixed: gain,
    gainInterval: [gained(interval[0]), gained(interval[1])],
  };
}
