import { mcnemar } from '../../src/stats/mcnemar';
import { pairedDifference } from '../../src/stats/paired-difference';

describe('mcnemar', () => {
  it('is the two-sided binomial test of the disagreements', () => {
    // SciPy 1.16, binomtest(1, 8).pvalue and binomtest(5, 20).pvalue.
    expect(mcnemar(1, 7)).toBeCloseTo(0.0703125, 12);
    expect(mcnemar(15, 5)).toBeCloseTo(0.04138946533203125, 12);
    expect([mcnemar(0, 0), mcnemar(3, 3)]).toEqual([1, 1]);
    expect(() => mcnemar(-1, 2)).toThrow('must be an integer ≥ 0');
  });
});

describe('pairedDifference', () => {
  it('is Student’s interval of the differences', () => {
    // Differences 1, 2, 3: mean 2, standard error 1/√3, t(2) = 4.302653: 2 ± 2.484138.
    const { difference, interval } = pairedDifference([2, 4, 6], [1, 2, 3]);
    expect(difference).toBe(2);
    expect(interval[0]).toBeCloseTo(2 - 2.4841377, 6);
    expect(interval[1]).toBeCloseTo(2 + 2.4841377, 6);
  });

  it('adds half an example to each cell for shares', () => {
    // n = 8, first alone right in 2, second in 0: cells 2.5 and 0.5 of 10. Centre 0.2; variance of one difference
    // (2.5 + 0.5)/10 − 0.2² = 0.26, of their mean 0.026; t(9) = 2.262157.
    const first = [1, 1, 1, 1, 1, 1, 0, 0];
    const second = [1, 1, 1, 1, 0, 0, 0, 0];
    const { difference, interval } = pairedDifference(first, second, { shares: true });
    expect(difference).toBe(0.25);
    expect(interval[0]).toBeCloseTo(0.2 - 2.2621572 * Math.sqrt(0.026), 6);
    expect(interval[1]).toBeCloseTo(0.2 + 2.2621572 * Math.sqrt(0.026), 6);
  });

  it('is no point where two models agree everywhere, and wider by what comes from the seeds', () => {
    const same = pairedDifference([1, 0, 1, 1], [1, 0, 1, 1], { shares: true });
    expect(same.interval[0]).toBeLessThan(0);
    expect(same.interval[1]).toBeCloseTo(-same.interval[0], 12);
    const wide = pairedDifference([2, 4, 6], [1, 2, 3], { otherVariance: 1 }).interval;
    expect(wide[1] - 2).toBeCloseTo(4.3026527 * Math.sqrt(1 / 3 + 1), 6);
  });

  it('does not know the interval of one value, and refuses lists of two lengths', () => {
    expect(pairedDifference([3], [1]).interval).toEqual([NaN, NaN]);
    expect(() => pairedDifference([1], [1, 2])).toThrow('first has 1, second has 2');
  });
});
