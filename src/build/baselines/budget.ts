import type { Rung, Sizes } from './rung';
import { threeDigits } from './words';

/** Fewer examples than this, or than ten for each unit, are no sample to learn from. */
const FEWEST = 100;
const FEWEST_OF_A_UNIT = 10;

/** What a model may train on, and how long it is expected to take; or why it cannot. */
export type Allowance =
  { readonly n: number; readonly seconds: number; readonly expected: number } | { readonly reason: string };

/** Returns how many of N examples a model may train on in its seconds. */
export function allowanceOf(rung: Rung, n: number, sizes: Sizes, seconds: number): Allowance {
  const least = Math.min(n, Math.max(FEWEST, FEWEST_OF_A_UNIT * sizes.units));
  let [own, above] = rung.cost(n, sizes).least <= seconds ? [n, n + 1] : [least, n];
  while (above - own > 1) {
    const middle = Math.floor((own + above) / 2);
    if (rung.cost(middle, sizes).least <= seconds) own = middle;
    else above = middle;
  }
  const cost = rung.cost(own, sizes);
  if (cost.least <= seconds) return { n: own, seconds, expected: Math.min(cost.usual, seconds) };
  return {
    reason: `it would take about ${threeDigits(cost.least)} s for as few as ${own} examples; its share of the time is ${threeDigits(seconds)} s`,
  };
}
