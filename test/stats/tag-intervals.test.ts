import { random } from '../../src/core/random';
import { fisherTwoSided } from '../../src/stats/fisher-two-sided';
import { gammaDraw } from '../../src/stats/gamma-draw';
import { productInterval } from '../../src/stats/product-interval';
import { scoreInterval } from '../../src/stats/score-interval';
import { wilsonInterval } from '../../src/stats/wilson-interval';

describe('scoreInterval', () => {
  it("is Wilson's for whole sizes, a point for an endless one, everything for none", () => {
    expect(scoreInterval(0.3, 50, 0.9)).toEqual(wilsonInterval(15, 50, 0.9));
    expect(scoreInterval(0, 20)).toEqual(wilsonInterval(0, 20));
    expect(scoreInterval(1, 20)).toEqual(wilsonInterval(20, 20));
    expect(scoreInterval(0.3, Infinity)).toEqual([0.3, 0.3]);
    expect(scoreInterval(0.3, 0)).toEqual([0, 1]);
    expect(scoreInterval(NaN, 5)).toEqual([NaN, NaN]);
    expect(() => scoreInterval(1.5, 5)).toThrow('"share" must be a number between 0 and 1');
    expect(() => scoreInterval(0.5, 5, 1)).toThrow('"level"');
  });
});

describe('fisherTwoSided', () => {
  it('agrees with exact counts', () => {
    // Python, math.comb in whole numbers: tables no more probable than this one over all tables with its margins.
    expect(fisherTwoSided(3, 4, 1, 4)).toBeCloseTo(0.485714285714, 9);
    expect(fisherTwoSided(10, 12, 3, 18)).toBeCloseTo(0.000536724119, 9);
    expect(fisherTwoSided(2, 12, 15, 18)).toBeCloseTo(0.000536724119, 9);
    expect(fisherTwoSided(8, 12, 4, 9)).toBeCloseTo(0.396427720886, 9);
  });

  it('is 1 where nothing can differ', () => {
    expect(fisherTwoSided(0, 5, 0, 5)).toBe(1);
    expect(fisherTwoSided(0, 0, 3, 5)).toBe(1);
    expect(fisherTwoSided(5, 5, 4, 4)).toBe(1);
    expect(() => fisherTwoSided(6, 5, 0, 1)).toThrow('"a"');
  });
});

describe('productInterval', () => {
  it('adds what each factor does, in squares', () => {
    // 0.5 · 0.4: reaches 0.4 · 0.1 and 0.5 · 0.06 below, hypot(0.04, 0.03) = 0.05
    const both = productInterval(
      { value: 0.5, interval: [0.4, 0.6] },
      { value: 0.4, interval: [0.34, 0.46] },
    );
    expect(both.value).toBeCloseTo(0.2, 12);
    expect(both.interval[0]).toBeCloseTo(0.15, 12);
    expect(both.interval[1]).toBeCloseTo(0.25, 12);
  });

  it('stays within [0, 1]', () => {
    const none = productInterval({ value: 0, interval: [0, 0.3] }, { value: 1, interval: [0.1, 1] });
    expect(none).toEqual({ value: 0, interval: [0, 0.3] });
  });
});

describe('gammaDraw', () => {
  it.each([0.5, 1, 3.5, 40])('has mean and variance %d', (shape) => {
    const stream = random(shape * 2);
    const draws = Array.from({ length: 20_000 }, () => gammaDraw(shape, stream));
    const mean = draws.reduce((a, b) => a + b) / draws.length;
    const variance = draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / draws.length;
    expect(Math.abs(mean - shape)).toBeLessThan(4 * Math.sqrt(shape / draws.length));
    expect(Math.abs(variance / shape - 1)).toBeLessThan(0.12);
  });

  it('is 0 for no shape, and the same for the same seed', () => {
    expect(gammaDraw(0, random(1))).toBe(0);
    expect(gammaDraw(2, random(1))).toBe(gammaDraw(2, random(1)));
  });
});
