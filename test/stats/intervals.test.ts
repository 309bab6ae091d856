import fc from 'fast-check';
import { binomialPmf } from '../../src/stats/binomial';
import { bootstrapMean } from '../../src/stats/bootstrap-mean';
import { meanInterval } from '../../src/stats/mean-interval';
import { normalQuantile } from '../../src/stats/normal-quantile';
import { wilsonInterval } from '../../src/stats/wilson-interval';

describe('wilsonInterval', () => {
  // SciPy 1.17.1: binomtest(k, n).proportion_ci(level, method='wilson')
  it.each([
    [0, 10, 0.95, 0, 0.27753279986288926],
    [1, 10, 0.95, 0.017876213095072896, 0.4041500267952385],
    [50, 100, 0.9, 0.41884779611252954, 0.5811522038874705],
    [999, 1000, 0.99, 0.9915394337800183, 0.9998825836463816],
  ])('%d of %d at %d', (successes, n, level, low, high) => {
    const [a, b] = wilsonInterval(successes, n, level);
    expect(a).toBeCloseTo(low, 12);
    expect(b).toBeCloseTo(high, 12);
  });

  it('knows nothing of no examples and reaches the ends exactly', () => {
    expect(wilsonInterval(0, 0)).toEqual([0, 1]);
    expect(wilsonInterval(0, 7)[0]).toBe(0);
    expect(wilsonInterval(7, 7)[1]).toBe(1);
  });

  it('holds the shares that the score test does not reject, and mirrors', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.nat(), (n, pick) => {
        const k = pick % (n + 1);
        const [low, high] = wilsonInterval(k, n);
        const [mirrorLow, mirrorHigh] = wilsonInterval(n - k, n);
        expect(low).toBeCloseTo(1 - mirrorHigh, 12);
        expect(high).toBeCloseTo(1 - mirrorLow, 12);
        expect(low).toBeLessThanOrEqual(k / n);
        expect(high).toBeGreaterThanOrEqual(k / n);
        // At each bound the score statistic |k/n − p| / √(p(1 − p)/n) is the normal quantile itself.
        for (const p of [low, high]) {
          if (p === 0 || p === 1) continue;
          expect(Math.abs(k / n - p) / Math.sqrt((p * (1 - p)) / n)).toBeCloseTo(normalQuantile(0.975), 6);
        }
      }),
      { seed: 1 },
    );
  });

  it('covers the truth as often as it says, on average over shares', () => {
    const intervals = Array.from({ length: 41 }, (_, k) => wilsonInterval(k, 40));
    let sum = 0;
    for (let i = 1; i < 200; i++) {
      const p = i / 200;
      intervals.forEach(([low, high], k) => (sum += low <= p && p <= high ? binomialPmf(k, 40, p) : 0));
    }
    // Exact coverage for n = 40; Brown, Cai & DasGupta (2001) find it near 0.95 on average.
    expect(sum / 199).toBeGreaterThan(0.945);
    expect(sum / 199).toBeLessThan(0.96);
  });

  it('refuses counts that cannot be', () => {
    expect(() => wilsonInterval(3, 2)).toThrow('"successes" must be an integer from 0 to 2; got 3');
    expect(() => wilsonInterval(1, 2, 95)).toThrow('strictly between 0 and 1');
  });
});

describe('meanInterval', () => {
  it('has the values of scipy.stats.t.interval', () => {
    // SciPy 1.17.1: t.interval(.9, 4, 6.2, sem([1, 2, 4, 8, 16]))
    const { mean, interval, n } = meanInterval(Object.freeze([1, 2, 4, 8, 16]) as number[], 0.9);
    expect([mean, n]).toEqual([expect.closeTo(6.2, 12), 5]);
    expect(interval[0]).toBeCloseTo(0.38509723558835063, 10);
    expect(interval[1]).toBeCloseTo(12.014902764411646, 10);
  });

  it('leaves NaN out and counts it; is undefined for too few', () => {
    expect(meanInterval([1, NaN, 3])).toMatchObject({ mean: 2, n: 2, missing: 1 });
    expect(meanInterval([5])).toEqual({
      mean: 5,
      interval: [NaN, NaN],
      standardError: NaN,
      n: 1,
      missing: 0,
    });
    expect(meanInterval([]).mean).toBeNaN();
  });

  it('keeps its digits far from 0', () => {
    // sd 1, standard error 1/√3
    expect(meanInterval([1e9 + 1, 1e9 + 2, 1e9 + 3]).standardError).toBeCloseTo(1 / Math.sqrt(3), 9);
  });
});

describe('bootstrapMean', () => {
  const values = Array.from({ length: 200 }, (_, i) => (i * 37) % 101);

  it('gives the same for the same seed, another interval for another', () => {
    const one = bootstrapMean(values, { seed: 5 });
    expect(bootstrapMean(values, { seed: 5 })).toEqual(one);
    expect(bootstrapMean(values, { seed: 6 }).interval).not.toEqual(one.interval);
  });

  it('agrees with the t interval where that one is right', () => {
    const { interval, mean } = bootstrapMean(values, { repeats: 4000 });
    const t = meanInterval(values);
    expect(mean).toBeCloseTo(t.mean, 9);
    // Monte-Carlo error of a 2.5 % quantile of 4,000 means: about 0.04 standard errors.
    expect(Math.abs(interval[0] - t.interval[0])).toBeLessThan(0.2 * t.standardError);
    expect(Math.abs(interval[1] - t.interval[1])).toBeLessThan(0.2 * t.standardError);
  });

  it('refuses nothing and what is not a number', () => {
    expect(() => bootstrapMean([])).toThrow('hold at least one number');
    expect(() => bootstrapMean([1, NaN])).toThrow('"values[1]"');
    expect(() => bootstrapMean([1], { repeat: 10 } as never)).toThrow('Did you mean "repeats"?');
  });
});
