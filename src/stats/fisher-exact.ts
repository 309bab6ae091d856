import { logGamma } from './log-gamma';

/**
 * Returns Fisher's exact p-value, one-sided: the probability of at least so many successes in the first group, were both
 * groups drawn from the same.
 *
 * @param first successes and n of the first group; integers
 * @param second those of the second group
 * @example
 * fisherExact([3, 4], [1, 4]).toFixed(4) // => '0.2429'
 * @see Ronald Fisher, "Statistical methods for research workers", 1935
 */
export function fisherExact(first: readonly [number, number], second: readonly [number, number]): number {
  const [k, n] = first;
  const [l, m] = second;
  const successes = k + l;
  const ways = (total: number, some: number): number =>
    logGamma(total + 1) - logGamma(some + 1) - logGamma(total - some + 1);
  const all = ways(n + m, successes);
  let p = 0;
  for (let x = k; x <= Math.min(n, successes); x++) p += Math.exp(ways(n, x) + ways(m, successes - x) - all);
  return Math.min(1, p);
}
