import type { SeedSpread } from '../metrics/types';
import { acrossSeeds } from '../stats/across-seeds';
import { cochranArmitage } from '../stats/cochran-armitage';
import { linearTrend } from '../stats/linear-trend';
import { meanInterval } from '../stats/mean-interval';
import { wilsonInterval } from '../stats/wilson-interval';
import type { ErrorValues } from './error-values';
import type { DifficultyTrend } from './types';

/** Error of some examples with its interval. */
export interface SliceError {
  /** Wrong predictions; NaN where errors are not counted. */
  readonly errors: number;
  /** Share of wrong predictions, mean squared error or mean loss; NaN for no examples. */
  readonly error: number;
  readonly interval: readonly [number, number];
  /** Of several seeds; the rest are means over them. */
  readonly seeds?: SeedSpread;
}

type Rows = ArrayLike<number>;

/** Returns the sum of the values of some rows. */
export function sumOf(values: Float64Array, rows: Rows): number {
  let sum = 0;
  for (let r = 0; r < rows.length; r++) sum += values[rows[r]];
  return sum;
}

function alone(counted: boolean, values: Float64Array, rows: Rows, level: number): SliceError {
  const n = rows.length;
  if (!counted) {
    const { mean, interval } = meanInterval(Float64Array.from(rows, (i) => values[i]), level); // prettier-ignore
    return { errors: NaN, error: mean, interval };
  }
  const errors = sumOf(values, rows);
  return { errors, error: n === 0 ? NaN : errors / n, interval: wilsonInterval(errors, n, level) };
}

/**
 * Returns the error of the given examples: a share with Wilson's interval, or a mean with Student's. Of several seeds the mean
 * over them, with an interval over seeds and examples.
 */
export function sliceError({ counted, values, bySeed }: ErrorValues, rows: Rows, level: number): SliceError {
  if (bySeed.length === 0) return alone(counted, values, rows, level);
  const each = bySeed.map((own) => alone(counted, own, rows, level));
  const over = each.map(({ error, interval }) => ({ value: error, interval }));
  const { value, interval, sd, n } = acrossSeeds(over, level, [0, counted ? 1 : Infinity]);
  const errors = each.reduce((sum, own) => sum + own.errors, 0) / each.length;
  return { errors, error: value, interval, seeds: { sd, n } };
}

/**
 * Returns whether error grows or falls from slice to slice, by the number of the slice: Cochran–Armitage for 0/1 errors,
 * a weighted line with a robust standard error for others. `none` when p ≥ 0.05 or where nothing can be tested. Of several
 * seeds it is that of the typical one.
 */
export function sliceTrend({ counted, values }: ErrorValues, slices: readonly Rows[]): DifficultyTrend {
  const n = slices.reduce((sum, rows) => sum + rows.length, 0);
  const { z, pValue } = counted ? ofShares() : ofMeans();
  if (!(pValue < 0.05)) return { z, pValue, n, direction: 'none' };
  return { z, pValue, n, direction: z > 0 ? 'harder-is-worse' : 'easier-is-worse' };

  function ofShares(): { z: number; pValue: number } {
    return cochranArmitage(
      slices.map((rows) => sumOf(values, rows)),
      slices.map((rows) => rows.length),
    );
  }

  function ofMeans(): { z: number; pValue: number } {
    const position = slices.flatMap((rows, s) => Array.from(rows, () => s));
    const { t, pValue: p } = linearTrend(
      position,
      slices.flatMap((rows) => Array.from(rows, (i) => values[i])),
    );
    return { z: t, pValue: p };
  }
}
