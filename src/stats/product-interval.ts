import type { SeedValue } from './across-seeds';

/**
 * Returns the product of two shares that are known apart, each with its interval, and the product's interval: on each side the
 * root of the sum of the squares of what either share's own reach does to the product (the square-and-add of Newcombe, the MOVER of
 * Zou and Donner). The shares' estimates must be independent.
 *
 * @param first value and interval, from 0 to 1
 * @param second likewise
 * @returns value and interval; the interval stays within [0, 1]
 * @example
 * const known = { value: 0.5, interval: [0.5, 0.5] };
 * productInterval(known, { value: 0.4, interval: [0.2, 0.6] }).interval // => [0.1, 0.3]
 * @see Guang Yong Zou & Allan Donner, "Construction of confidence limits about effect measures: a general approach", 2008
 */
export function productInterval(
  first: SeedValue,
  second: SeedValue,
): { readonly value: number; readonly interval: readonly [number, number] } {
  const value = first.value * second.value;
  const reach = (side: 0 | 1): number =>
    Math.hypot(
      second.value * (first.value - first.interval[side]),
      first.value * (second.value - second.interval[side]),
    );
  return { value, interval: [Math.max(0, value - reach(0)), Math.min(1, value + reach(1))] };
}
