import { effectiveWilson } from '../../src/stats/effective-wilson';
import { wilsonInterval } from '../../src/stats/wilson-interval';

describe('effectiveWilson', () => {
  it('is the interval of Wilson where the error is that of a plain share', () => {
    for (const [successes, n] of [
      [1, 10],
      [30, 40],
      [0, 5],
      [5, 5],
    ]) {
      // prettier-ignore
      const share = successes / n;
      const error = Math.sqrt((share * (1 - share)) / n);
      const wilson = wilsonInterval(successes, n, 0.9);
      effectiveWilson(share, error, n, 0.9).forEach((bound, i) => expect(bound).toBeCloseTo(wilson[i], 12));
    }
  });

  it('is as wide as a share of the examples that the error speaks of', () => {
    // 0.2 · 0.8 / 0.04² = 100 examples.
    const wilson = wilsonInterval(20, 100);
    effectiveWilson(0.2, 0.04, 7).forEach((bound, i) => expect(bound).toBeCloseTo(wilson[i], 12));
  });

  it('has n examples where the error says nothing, and knows nothing of none', () => {
    const six = wilsonInterval(3, 6);
    effectiveWilson(0.5, 0, 6).forEach((bound, i) => expect(bound).toBeCloseTo(six[i], 12));
    effectiveWilson(0.5, NaN, 6).forEach((bound, i) => expect(bound).toBeCloseTo(six[i], 12));
    expect(effectiveWilson(NaN, NaN, 0)).toEqual([0, 1]);
    expect(effectiveWilson(NaN, NaN, 3)).toEqual([NaN, NaN]);
    expect(() => effectiveWilson(1.1, 0, 6)).toThrow('"share" must be a number between 0 and 1');
  });
});
