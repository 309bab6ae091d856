import { cochranArmitage } from './cochran-armitage';
import { wilsonInterval } from './wilson-interval';

/** How two means or shares of different examples differ. */
export interface GroupDifference {
  /** First less second; NaN where a side is empty. */
  readonly difference: number;
  readonly interval: readonly [number, number];
  /** Two-sided; NaN where nothing can be tested. */
  readonly pValue: number;
}

/**
 * Returns the difference of two shares of different examples, with Newcombe's hybrid score interval (the two Wilson intervals
 * put together) and the p-value of the score test.
 *
 * @param first successes and n of the first group; integers
 * @param second those of the second group
 * @param level confidence level strictly between 0 and 1; defaults to 0.95
 * @returns first less second, from −1 to 1; NaN, with the interval [−1, 1], where a group is empty
 * @throws InputError `out-of-range`
 * @example
 * differenceOfShares([56, 70], [48, 80]).interval.map((v) => v.toFixed(4)) // => ['0.0524', '0.3339']
 * @see Robert Newcombe, "Interval estimation for the difference between independent proportions", 1998 (method 10)
 */
export function differenceOfShares(
  first: readonly [number, number],
  second: readonly [number, number],
  level = 0.95,
): GroupDifference {
  const [low1, high1] = wilsonInterval(first[0], first[1], level);
  const [low2, high2] = wilsonInterval(second[0], second[1], level);
  if (first[1] === 0 || second[1] === 0) return { difference: NaN, interval: [-1, 1], pValue: NaN };
  const p1 = first[0] / first[1];
  const p2 = second[0] / second[1];
  const difference = p1 - p2;
  return {
    difference,
    interval: [
      difference - Math.hypot(p1 - low1, high2 - p2),
      difference + Math.hypot(high1 - p1, p2 - low2),
    ],
    pValue: cochranArmitage([second[0], first[0]], [second[1], first[1]]).pValue,
  };
}
