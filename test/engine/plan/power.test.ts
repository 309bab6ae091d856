import { power } from '../../../src/engine/plan/power';

test.each([0.9, 0.999, 0.5, 1, 0])('whole powers of %d are those of Math.pow but for rounding', (base) => {
  for (const exponent of [0, 1, 2, 3, 7, 8, 1000, 123457]) {
    const expected = Math.pow(base, exponent);
    // Each factor brings a rounding of 1.1e-16.
    expect(Math.abs(power(base, exponent) - expected)).toBeLessThanOrEqual(exponent * 1.2e-16 * expected);
  }
});

test('each is made of multiplications in a fixed order', () => {
  const [two, four] = [0.9 * 0.9, 0.9 * 0.9 * (0.9 * 0.9)];
  expect(power(0.9, 7)).toBe(0.9 * two * four);
});
