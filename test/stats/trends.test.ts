import fc from 'fast-check';
import { benjaminiHochberg } from '../../src/stats/benjamini-hochberg';
import { cochranArmitage } from '../../src/stats/cochran-armitage';
import { linearTrend } from '../../src/stats/linear-trend';

describe('cochranArmitage', () => {
  it("has the value of R's prop.trend.test on its own example", () => {
    // R: prop.trend.test(c(83, 90, 129, 70), c(86, 93, 136, 82)): X-squared = 8.2249, p = 0.004132
    const { z, pValue } = cochranArmitage([83, 90, 129, 70], [86, 93, 136, 82]);
    expect(z).toBeCloseTo(-2.867912530953066, 10);
    expect(pValue).toBeCloseTo(0.004132, 6);
  });

  it('does not care for unit or origin of the scores; turning the order turns the sign', () => {
    const { z } = cochranArmitage([1, 2, 9], [10, 11, 12]);
    expect(cochranArmitage([1, 2, 9], [10, 11, 12], [5, 7, 9]).z).toBeCloseTo(z, 12);
    expect(cochranArmitage([9, 2, 1], [12, 11, 10]).z).toBeCloseTo(-z, 12);
  });

  it('is undefined where nothing differs', () => {
    expect(cochranArmitage([0, 0], [5, 5])).toEqual({ z: NaN, pValue: NaN });
    expect(cochranArmitage([5, 5], [5, 5])).toEqual({ z: NaN, pValue: NaN });
    expect(cochranArmitage([2], [5])).toEqual({ z: NaN, pValue: NaN });
    expect(cochranArmitage([], [])).toEqual({ z: NaN, pValue: NaN });
  });

  it('is √N times the correlation of score and event over single examples', () => {
    const group = fc.record({
      n: fc.integer({ min: 1, max: 30 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(group, { minLength: 2, maxLength: 8 }), (groups) => {
        const totals = groups.map((g) => g.n);
        const counts = groups.map((g) => Math.round(g.n * g.share));
        const xs = totals.flatMap((n, s) => new Array<number>(n).fill(s));
        const ys = totals.flatMap((n, s) => Array.from({ length: n }, (_, i) => (i < counts[s] ? 1 : 0)));
        const mean = (v: number[]): number => v.reduce((a, b) => a + b, 0) / v.length;
        const cov = (a: number[], b: number[]): number =>
          mean(a.map((x, i) => (x - mean(a)) * (b[i] - mean(b))));
        const { z } = cochranArmitage(counts, totals);
        if (Number.isNaN(z)) expect(cov(ys, ys)).toBeCloseTo(0, 12);
        else
          expect(z).toBeCloseTo(
            (Math.sqrt(xs.length) * cov(xs, ys)) / Math.sqrt(cov(xs, xs) * cov(ys, ys)),
            8,
          );
      }),
      { seed: 1 },
    );
  });

  it('refuses counts that cannot be', () => {
    expect(() => cochranArmitage([3], [2])).toThrow('"counts[0]" must be an integer from 0 to totals[0] = 2');
    expect(() => cochranArmitage([1, 2], [2])).toThrow('counts has 2, totals has 1');
  });
});

describe('linearTrend', () => {
  const x = [0, 1, 2, 3, 4, 5];
  const y = [1, 0, 3, 2, 7, 4];

  it('has the values of statsmodels 0.15 OLS and WLS with cov_type="HC1", use_t=True', () => {
    const plain = linearTrend(x, y);
    expect(plain.slope).toBeCloseTo(1, 12);
    expect(plain.intercept).toBeCloseTo(1 / 3, 12);
    expect(plain.standardError).toBeCloseTo(0.4107401648161492, 12);
    expect(plain.pValue).toBeCloseTo(0.0716221628508294, 10);
    const weighted = linearTrend(x, y, [1, 2, 1, 3, 1, 0.5]);
    expect(weighted.slope).toBeCloseTo(1.0982456140350882, 12);
    expect(weighted.t).toBeCloseTo(2.246186335198528, 10);
    expect(weighted.pValue).toBeCloseTo(0.08801625193754714, 10);
  });

  it('is undefined for one x or too few points', () => {
    expect(linearTrend([1, 1, 1], [1, 2, 3]).t).toBeNaN();
    expect(linearTrend([0, 1], [0, 1]).pValue).toBeNaN();
    expect(linearTrend([], []).slope).toBeNaN();
    expect(() => linearTrend([1], [1, 2])).toThrow('x has 1, y has 2');
  });
});

describe('benjaminiHochberg', () => {
  it('has the values of scipy.stats.false_discovery_control', () => {
    // SciPy 1.17.1
    const adjusted = benjaminiHochberg(Object.freeze([0.01, 0.04, 0.03, 0.5, 0.001]) as number[]);
    [0.025, 0.05, 0.05, 0.5, 0.005].forEach((p, i) => expect(adjusted[i]).toBeCloseTo(p, 12));
  });

  it('does not count NaN as a test', () => {
    expect(Array.from(benjaminiHochberg([0.02, NaN, 0.5]))).toEqual([0.04, NaN, 0.5]);
    expect(() => benjaminiHochberg([1.5])).toThrow('"pValues[0]"');
    expect(benjaminiHochberg([])).toHaveLength(0);
  });

  it('agrees with its definition, written naively', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 20 }), (p) => {
        const adjusted = benjaminiHochberg(p);
        p.forEach((own, i) => {
          // Smallest m·q/(number of p-values ≤ q) over all q ≥ own, at most 1.
          const candidates = p
            .filter((q) => q >= own)
            .map((q) => (p.length * q) / p.filter((r) => r <= q).length);
          expect(adjusted[i]).toBeCloseTo(Math.min(1, ...candidates), 12);
        });
      }),
      { seed: 1 },
    );
  });
});
