import { InputError } from '../core/input-error';
import { check, checkOptions, integer, numberIn, numbers } from '../core/options';
import { random } from '../core/random';

/** Options of {@link bootstrapMean}. */
export interface BootstrapMeanOptions {
  /** Resamples; defaults to 2,000. */
  readonly repeats?: number;
  /** Confidence level strictly between 0 and 1; defaults to 0.95. */
  readonly level?: number;
  /** Defaults to 0. */
  readonly seed?: number;
}

/** A mean with its bootstrap percentile interval. */
export interface BootstrapMean {
  readonly mean: number;
  readonly interval: readonly [number, number];
  readonly n: number;
  readonly repeats: number;
  readonly level: number;
  readonly seed: number;
}

/** The value at share `q` of sorted values, interpolated between neighbours. */
function quantileOfSorted(sorted: Float64Array, q: number): number {
  const at = q * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}

/**
 * Returns the mean of `values` with its bootstrap percentile interval. Use it for skewed values such as losses;
 * below about 20 values it is too narrow. Values must be independent.
 *
 * @param values finite numbers, at least one
 * @param options repeats; defaults to 2,000. level; defaults to 0.95. seed; defaults to 0
 * @returns mean and interval in the unit of the values
 * @throws InputError `empty`, `non-finite`, `invalid-type`, `out-of-range`, `unknown-option`
 * @example
 * bootstrapMean([2, 2, 2]).interval // => [2, 2]
 * @see Bradley Efron, "Bootstrap methods: another look at the jackknife", 1979
 */
export function bootstrapMean(values: ArrayLike<number>, options: BootstrapMeanOptions = {}): BootstrapMean {
  const fn = 'bootstrapMean';
  check(fn, 'values', values, numbers);
  const {
    repeats = 2000,
    level = 0.95,
    seed = 0,
  } = checkOptions(fn, options, {
    repeats: integer(1),
    level: numberIn(0, 1, { open: true }),
    seed: integer(0),
  });
  const n = values.length;
  if (n === 0)
    throw new InputError({ code: 'empty', fn, param: 'values', expected: 'hold at least one number' });
  let sum = 0;
  for (let i = 0; i < n; i++) {
    check(fn, `values[${i}]`, values[i], numberIn(-Number.MAX_VALUE, Number.MAX_VALUE));
    sum += values[i];
  }
  const stream = random(seed);
  const means = new Float64Array(repeats);
  for (let r = 0; r < repeats; r++) {
    let drawn = 0;
    for (let i = 0; i < n; i++) drawn += values[stream.integer(n)];
    means[r] = drawn / n;
  }
  means.sort();
  const interval = [
    quantileOfSorted(means, 0.5 - level / 2),
    quantileOfSorted(means, 0.5 + level / 2),
  ] as const;
  return { mean: sum / n, interval, n, repeats, level, seed };
}
