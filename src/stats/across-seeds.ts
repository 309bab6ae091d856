import { check, numberIn } from '../core/options';
import { meanInterval } from './mean-interval';

/** One number of one seed with its interval over the examples. */
export interface SeedValue {
  readonly value: number;
  readonly interval: readonly [number, number];
}

/** One number over seeds and examples. */
export interface AcrossSeeds extends SeedValue {
  /** Standard deviation over the seeds; NaN for fewer than two. */
  readonly sd: number;
  /** Seeds that count: those whose value is not NaN. */
  readonly n: number;
}

/**
 * Returns the mean over seeds of a number that each seed has with an interval over examples, and an interval for other seeds
 * and other examples. On each side it reaches as far as the root of the sum of two squares: the mean reach of the seeds' own
 * intervals, and the half-width of Student's interval of the mean over seeds. All seeds are judged on the same examples, so
 * that the first part does not shrink with their number; it is that of one seed, and the interval rather too wide.
 *
 * @param values one a seed; those with a NaN value are left out
 * @param level confidence level of the given intervals, strictly between 0 and 1; defaults to 0.95
 * @param range what the number can be; the interval is cut there; defaults to any number
 * @returns mean, interval and deviation in the unit of the values; for one seed its own interval; NaN for none
 * @throws InputError `out-of-range`
 * @example
 * acrossSeeds([{ value: 0.8, interval: [0.7, 0.9] }, { value: 0.8, interval: [0.7, 0.9] }]).interval.map((v) => v.toFixed(2)) // => ['0.70', '0.90']
 */
export function acrossSeeds(
  values: readonly SeedValue[],
  level = 0.95,
  range: readonly [number, number] = [-Infinity, Infinity],
): AcrossSeeds {
  check('acrossSeeds', 'level', level, numberIn(0, 1, { open: true }));
  const known = values.filter(({ value }) => !Number.isNaN(value));
  const { mean, interval, standardError, n } = meanInterval(
    known.map(({ value }) => value),
    level,
  );
  if (n < 2) return { value: mean, interval: known[0]?.interval ?? [NaN, NaN], sd: NaN, n };
  const seeds = (interval[1] - interval[0]) / 2;
  const reach = (side: 0 | 1): number =>
    known.reduce((sum, one) => sum + Math.abs(one.value - one.interval[side]), 0) / n;
  return {
    value: mean,
    interval: [
      Math.max(range[0], mean - Math.hypot(reach(0), seeds)),
      Math.min(range[1], mean + Math.hypot(reach(1), seeds)),
    ],
    sd: standardError * Math.sqrt(n),
    n,
  };
}
