import { chiSquareTail } from '../../src/stats/chi-square-tail';
import { normalCdf } from '../../src/stats/normal-cdf';

describe('chiSquareTail', () => {
  it('gives the usual critical values', () => {
    // R: pchisq(q, df, lower.tail = FALSE)
    expect(chiSquareTail(3.841458820694124, 1)).toBeCloseTo(0.05, 12);
    expect(chiSquareTail(18.307038053275146, 10)).toBeCloseTo(0.05, 12);
    expect(chiSquareTail(124.34211340400407, 100)).toBeCloseTo(0.05, 10);
    expect(chiSquareTail(60, 4) / 2.9e-12).toBeCloseTo(1, 1);
  });

  it('is the normal for one degree, exponential for two', () => {
    for (const x of [0.1, 1, 4, 30]) {
      expect(chiSquareTail(x, 1) / (2 * normalCdf(-Math.sqrt(x)))).toBeCloseTo(1, 10);
      expect(chiSquareTail(x, 2) / Math.exp(-x / 2)).toBeCloseTo(1, 10);
    }
  });

  it('has ends', () => {
    expect([chiSquareTail(0, 3), chiSquareTail(-1, 3), chiSquareTail(Infinity, 3)]).toEqual([1, 1, 0]);
    expect(chiSquareTail(NaN, 3)).toBeNaN();
    expect(() => chiSquareTail(1, 0)).toThrow('"df"');
  });
});
