import { differenceOfMeans } from '../../src/stats/difference-of-means';
import { differenceOfShares } from '../../src/stats/difference-of-shares';

describe('differenceOfShares', () => {
  it("gives the intervals of Newcombe's table II, method 10", () => {
    const rows = [
      [[56, 70], [48, 80], 0.0524, 0.3339],
      [[9, 10], [3, 10], 0.1705, 0.809],
      [[5, 56], [0, 29], -0.0381, 0.1926],
      [[0, 10], [0, 20], -0.1611, 0.2775],
      [[10, 10], [0, 10], 0.6075, 1],
    ] as const; // prettier-ignore
    for (const [first, second, low, high] of rows) {
      const { interval } = differenceOfShares(first, second);
      expect(interval[0]).toBeCloseTo(low, 4);
      expect(interval[1]).toBeCloseTo(high, 4);
    }
  });

  it('tests by the pooled score, and knows nothing of an empty group', () => {
    // (0.8 − 0.6) / √(104/150 · 46/150 · (1/70 + 1/80)) = 2.650
    expect(differenceOfShares([56, 70], [48, 80]).pValue).toBeCloseTo(0.00804, 4);
    expect(differenceOfShares([0, 0], [1, 2])).toEqual({ difference: NaN, interval: [-1, 1], pValue: NaN });
    expect(differenceOfShares([0, 3], [0, 2]).pValue).toBeNaN();
  });
});

describe('differenceOfMeans', () => {
  it('is Welch: as scipy.stats.ttest_ind(equal_var=False)', () => {
    const { difference, interval, pValue } = differenceOfMeans([3, 4, 5, 6, 7], [1, 2, 3]);
    // standard error √(2.5/5 + 1/3) = 0.9129, t = 3.2863, df = 5.8824
    expect(difference).toBe(3);
    expect(pValue).toBeCloseTo(0.01718, 4);
    expect(interval[0]).toBeCloseTo(0.7554, 4);
  });

  it('is unknown for one value or none, and where nothing spreads', () => {
    expect(differenceOfMeans([1], [2, 3]).interval).toEqual([NaN, NaN]);
    expect(differenceOfMeans([], [2, 3]).difference).toBeNaN();
    expect(differenceOfMeans([1, 1], [2, 2])).toEqual({ difference: -1, interval: [NaN, NaN], pValue: NaN });
  });
});
