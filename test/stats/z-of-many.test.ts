import fc from 'fast-check';
import { normalCdf } from '../../src/stats/normal-cdf';
import { zOfMany } from '../../src/stats/z-of-many';

const zs = fc.double({ min: -6, max: 12, noNaN: true });
const counts = fc.integer({ min: 2, max: 10_000 });

describe('zOfMany', () => {
  it('is the z-score of the chance that the largest of m is as large', () => {
    // Φ(3)¹⁰⁰ = 0.873645, the share below 1.143792.
    expect(zOfMany(3, 100)).toBeCloseTo(1.1437925, 6);
    fc.assert(
      fc.property(fc.double({ min: 0, max: 4, noNaN: true }), fc.integer({ min: 2, max: 300 }), (z, m) => {
        // Φ(zOfMany) = Φ(z)ᵐ; where that is near 0 or 1 the digits are lost.
        const all = normalCdf(z) ** m;
        if (all > 1e-9) expect(normalCdf(zOfMany(z, m))).toBeCloseTo(all, 9);
      }),
      { seed: 1 },
    );
  });

  it('is z itself for one, and what is unknown stays so', () => {
    expect([zOfMany(2, 1), zOfMany(-Infinity, 0), zOfMany(NaN, 9)]).toEqual([2, -Infinity, NaN]);
  });

  it('grows with z, falls with m, and is never above z', () => {
    fc.assert(
      fc.property(zs, fc.double({ min: 0.001, max: 2, noNaN: true }), counts, (z, more, m) => {
        expect(zOfMany(z, m)).toBeLessThanOrEqual(z);
        expect(zOfMany(z + more, m)).toBeGreaterThanOrEqual(zOfMany(z, m) - 1e-9);
        expect(zOfMany(z, 2 * m)).toBeLessThanOrEqual(zOfMany(z, m));
      }),
      { seed: 2 },
    );
  });

  it('goes on far out about where it was', () => {
    expect(Math.abs(zOfMany(7.0001, 100) - zOfMany(6.9999, 100))).toBeLessThan(0.1);
    // √(400 − 2 ln 100).
    expect(zOfMany(20, 100)).toBeCloseTo(Math.sqrt(400 - 2 * Math.log(100)), 12);
  });
});
