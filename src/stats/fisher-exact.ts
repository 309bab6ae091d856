import { check, integer } from '../core/options';
import { logChoose } from './log-choose';

/**
 * Returns the probability that `drawn` of `n` examples, drawn by luck, hold at least `hits` of the `marked`: Fisher's exact
 * test, one-sided, for a group that may be worse than the others.
 *
 * @param hits marked examples in the group; an integer from 0 to the smaller of `drawn` and `marked`
 * @param drawn examples in the group
 * @param marked marked examples in all
 * @param n examples in all
 * @returns a probability; 1 where no other number of hits is possible or hits is 0
 * @throws InputError `out-of-range`
 * @example
 * fisherExact(3, 4, 4, 8).toFixed(4) // => '0.2429'
 * @see Ronald Fisher, "The Design of Experiments", 1935: the lady tasting tea
 */
export function fisherExact(hits: number, drawn: number, marked: number, n: number): number {
  const fn = 'fisherExact';
  check(fn, 'n', n, integer(0));
  check(fn, 'drawn', drawn, integer(0, n));
  check(fn, 'marked', marked, integer(0, n));
  check(fn, 'hits', hits, integer(Math.max(0, drawn + marked - n), Math.min(drawn, marked)));
  const low = Math.max(0, drawn + marked - n);
  const high = Math.min(drawn, marked);
  if (hits <= low) return 1;
  const probability = (k: number): number =>
    Math.exp(logChoose(marked, k) + logChoose(n - marked, drawn - k) - logChoose(n, drawn));
  // The shorter way from the middle: upwards from the hits, or one less what lies below.
  const upwards = hits > (drawn * marked) / n;
  let term = probability(upwards ? hits : hits - 1);
  let sum = term;
  const few = (k: number): number => ((marked - k) * (drawn - k)) / ((k + 1) * (n - marked - drawn + k + 1));
  if (upwards) {
    for (let k = hits; k < high && term > sum * 1e-17; k++) sum += term *= few(k);
    return Math.min(1, sum);
  }
  for (let k = hits - 2; k >= low && term > sum * 1e-17; k--) sum += term /= few(k);
  return Math.max(0, 1 - sum);
}
