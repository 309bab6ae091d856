import fc from 'fast-check';
import { binomialCdf, binomialPmf } from '../../src/stats/binomial';
import { incompleteBeta } from '../../src/stats/incomplete-beta';
import { logGamma } from '../../src/stats/log-gamma';
import { normalCdf } from '../../src/stats/normal-cdf';
import { normalQuantile } from '../../src/stats/normal-quantile';
import { studentTCdf } from '../../src/stats/student-t-cdf';
import { studentTQuantile } from '../../src/stats/student-t-quantile';

/** Relative agreement with reference values, by default those of SciPy 1.17.1. */
function expectNear(got: number, reference: number, tolerance = 1e-11): void {
  expect(Math.abs(got - reference)).toBeLessThanOrEqual(tolerance * Math.max(Math.abs(reference), 1e-300));
}

describe('normal distribution', () => {
  it('has the values of scipy.stats.norm.cdf', () => {
    expectNear(normalCdf(-8), 6.22096057427174e-16);
    expectNear(normalCdf(-2.5), 0.006209665325776132);
    expectNear(normalCdf(-1.3), 0.09680048458561036);
    expectNear(normalCdf(0.7), 0.758036347776927);
    expectNear(normalCdf(2.4), 0.9918024640754038);
    expectNear(normalCdf(3.1), 0.9990323967867817);
    expect([normalCdf(-Infinity), normalCdf(Infinity), normalCdf(NaN)]).toEqual([0, 1, NaN]);
  });

  it('has the values of scipy.stats.norm.ppf', () => {
    expectNear(normalQuantile(1e-12), -7.034483825301131);
    expectNear(normalQuantile(0.01), -2.3263478740408408);
    expectNear(normalQuantile(0.3), -0.5244005127080409);
    expectNear(normalQuantile(0.975), 1.959963984540054);
    expect([normalQuantile(0), normalQuantile(0.5), normalQuantile(1)]).toEqual([-Infinity, 0, Infinity]);
    expect(() => normalQuantile(1.1)).toThrow('"p" must be a number between 0 and 1');
  });

  it('turns quantiles back into probabilities', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true }), (p) => {
        expectNear(normalCdf(normalQuantile(p)), p, 1e-10);
      }),
      { seed: 1 },
    );
  });
});

describe('Student t distribution', () => {
  it('has the values of scipy.stats.t.cdf', () => {
    expectNear(studentTCdf(-2, 3), 0.06966298427942152);
    expectNear(studentTCdf(0.5, 10), 0.6860531971285135);
    expectNear(studentTCdf(3, 1.5), 0.9332261228725434);
    expect([studentTCdf(-Infinity, 2), studentTCdf(Infinity, 2), studentTCdf(NaN, 2)]).toEqual([0, 1, NaN]);
  });

  it('has the values of scipy.stats.t.ppf', () => {
    expectNear(studentTQuantile(0.975, 1), 12.706204736174694);
    expectNear(studentTQuantile(0.975, 4), 2.7764451051977934);
    expectNear(studentTQuantile(0.9, 2.5), 1.7302509288071766);
    expectNear(studentTQuantile(0.01, 30), -2.4572615424005915);
    expectNear(studentTQuantile(0.995, 100_000), 2.575878469908375, 1e-10);
    expect(() => studentTQuantile(0.5, 0)).toThrow('"df" must be a number > 0');
  });

  it('is the normal one for very many degrees of freedom, without a jump', () => {
    const below = studentTQuantile(0.975, 99_999.99);
    const above = studentTQuantile(0.975, 1e5);
    expect(Math.abs(below - above)).toBeLessThan(1e-9);
    expectNear(studentTQuantile(0.975, 1e15), normalQuantile(0.975));
  });

  it('turns quantiles back into probabilities, and is symmetric', () => {
    const p = fc.double({ min: 1e-6, max: 0.5, noNaN: true });
    fc.assert(
      fc.property(p, fc.double({ min: 0.5, max: 1000, noNaN: true }), (share, df) => {
        const t = studentTQuantile(share, df);
        expectNear(studentTCdf(t, df), share, 1e-9);
        expectNear(studentTCdf(-t, df), 1 - share, 1e-9);
      }),
      { seed: 1 },
    );
  });
});

describe('gamma and beta functions', () => {
  it('have the values of scipy.special.gammaln', () => {
    expectNear(logGamma(0.1), 2.252712651734206);
    expectNear(logGamma(1.5), -0.12078223763524526);
    expectNear(logGamma(10), 12.801827480081469);
    expectNear(logGamma(1000), 5905.220423209181);
    expect(logGamma(0)).toBeNaN();
  });

  it('have the values of scipy.special.betainc', () => {
    expectNear(incompleteBeta(0.3, 2, 3), 0.3483);
    expectNear(incompleteBeta(0.9, 0.5, 0.5), 0.7951672353008665);
    expectNear(incompleteBeta(0.95, 50, 0.5), 0.02387270549699076, 1e-10);
    expectNear(incompleteBeta(0.99999, 1e5, 0.5), 0.15729868816242573, 1e-8);
    expect([incompleteBeta(0, 2, 3), incompleteBeta(1, 2, 3), incompleteBeta(2, 2, 3)]).toEqual([0, 1, NaN]);
  });
});

describe('binomial distribution', () => {
  it('has the values of scipy.stats.binom', () => {
    expectNear(binomialPmf(3, 10, 0.2), 0.20132659199999992);
    expectNear(binomialPmf(500, 1000, 0.5), 0.025225018178360804);
    expectNear(binomialCdf(3, 10, 0.2), 0.8791261183999999);
    expectNear(binomialCdf(95, 100, 0.9), 0.9762889173365232);
    expectNear(binomialCdf(450, 1000, 0.5), 0.0008652680424885131, 1e-9);
  });

  it('is certain at the ends', () => {
    expect([binomialPmf(0, 5, 0), binomialPmf(5, 5, 1), binomialCdf(5, 5, 0.3)]).toEqual([
      expect.closeTo(1, 12),
      expect.closeTo(1, 12),
      1,
    ]);
    expect(() => binomialPmf(6, 5, 0.5)).toThrow('"k" must be an integer from 0 to 5');
  });

  it('adds up to its distribution function', () => {
    const share = fc.double({ min: 0.01, max: 0.99, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), share, fc.nat(), (n, p, pick) => {
        const k = pick % (n + 1);
        let sum = 0;
        for (let i = 0; i <= k; i++) sum += binomialPmf(i, n, p);
        expect(Math.abs(binomialCdf(k, n, p) - sum)).toBeLessThan(1e-11);
      }),
      { seed: 1 },
    );
  });
});
