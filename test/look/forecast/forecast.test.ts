import { forecast } from '../../../src/look/forecast';
import { CURVE_MODELS } from '../../../src/look/forecast/curve-models';
import { drawInterval, drawQuantile } from '../../../src/look/forecast/draw-quantile';
import { cutsOf } from '../../../src/look/forecast/ensemble';
import { fitModel, valueAt } from '../../../src/look/forecast/fit-model';
import { assumedCovariance, itemCovariance } from '../../../src/look/forecast/item-covariance';
import { priceOf } from '../../../src/look/forecast/price';
import { verdictOf } from '../../../src/look/forecast/verdict';
import { viewOf } from '../../../src/notebook/display/view-of';
import { curveOf, powerLaw, SIZES } from './helpers';

const QUICK = { repeats: 20 };

describe('the fitted curves', () => {
  // The formulas of LCDB 1.0 (Mohr and others 2022), for errors.
  const formulas: Record<string, (n: number, p: Record<string, number>) => number> = {
    pow3: (n, { a, b, c }) => a + b * n ** -c,
    pow4: (n, { a, b, c, d }) => a + b * (n + d) ** -c,
    mmf4: (n, { a, b, c, d }) => (a * b + c * n ** d) / (b + n ** d),
    wbl4: (n, { a, b, c, d }) => c + b * Math.exp(-a * n ** d),
  };

  it('are those of the formulas, in their letters', () => {
    for (const model of CURVE_MODELS) {
      const theta = model.id === 'pow4' ? [0.5, -0.5] : model.grid[model.grid.length >> 1];
      const fit = { asymptote: 0.1, height: 0.3, theta, largest: 512, first: 16 / 512 };
      const p = model.named(0.1, 0.3, theta, 512, 16 / 512);
      for (const n of [16, 100, 512, 2000])
        expect(formulas[model.id](n, p)).toBeCloseTo(valueAt(model, fit, n), 10);
    }
  });

  it('fit as scipy.optimize.curve_fit does, with the same weights', () => {
    // SciPy 1.17.1, sigma as below: sums of squares 1.8568, 0.3970, 0.4869, 0.3953; values at 4096.
    const sizes = [16, 32, 64, 128, 256, 512, 1024, 2048];
    const errors = [0.412, 0.331, 0.262, 0.205, 0.171, 0.142, 0.128, 0.117];
    const weights = [0.02, 0.015, 0.012, 0.008, 0.006, 0.004, 0.003, 0.003].map((sd) => 1 / sd ** 2);
    const reference: Record<string, number> = {
      pow3: 0.10728255028293002,
      mmf4: 0.11114524748213862,
      wbl4: 0.1124200363071811,
      pow4: 0.11076814699962917,
    };
    for (const model of CURVE_MODELS) {
      const fit = fitModel(model, { sizes, errors, weights }, 0, { starts: 3, iterations: 300 });
      expect(valueAt(model, fit, 4096)).toBeCloseTo(reference[model.id], 3);
    }
  });

  it('keep to the floor, and to a flat line where the error does not fall', () => {
    const rising = {
      sizes: [10, 20, 40, 80, 160],
      errors: [0.1, 0.12, 0.13, 0.14, 0.15],
      weights: [1, 1, 1, 1, 1],
    };
    for (const model of CURVE_MODELS) {
      const effort = { starts: 2, iterations: 50 };
      expect(valueAt(model, fitModel(model, rising, 0, effort), 640)).toBeCloseTo(0.128, 3);
      const falling = { ...rising, errors: [0.5, 0.25, 0.125, 0.0625, 0.03125] };
      expect(valueAt(model, fitModel(model, falling, 0.03, effort), 1e6)).toBeGreaterThanOrEqual(0.03);
    }
  });
});

describe('forecast', () => {
  it('finds a falling curve again beyond the data, says that more data help, and what a point costs', () => {
    const truth = powerLaw(0.02, 1.5, 0.5);
    const result = forecast(curveOf(truth), { at: [700, 2048] });
    expect(result.verdict).toBe('more-data-helps');
    for (const point of [result.double, result.quadruple, ...result.points]) {
      expect(point.interval[0]).toBeLessThan(truth(point.size));
      expect(point.interval[1]).toBeGreaterThan(truth(point.size));
    }
    expect(result.points.map(({ size }) => size)).toEqual([700, 2048]);
    expect(result.points[1]).toEqual(result.quadruple);
    // truth: 1.5·n^−½ must fall from 0.0663 to 0.0563: n = (1.5 / 0.0563)² = 710, 198 more than 512.
    expect(result.price.interval[0]).toBeLessThan(198);
    expect(result.price.interval[1]).toBeGreaterThan(198);
    expect(result.models.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
    expect(result.models.at(-1)!.id).toBe('last1');
    expect(viewOf(result)!.answer).toMatch(/^Twice the data should bring the error rate from 8.8 % to /);
  });

  it('tells a flat curve by its training error: bias where it is as high, not sure where it is far lower', () => {
    const flat = curveOf(() => 0.3, { spread: 0.01, testSize: 20_000 });
    const train = (level: number): number[][] => flat.errors.map((row) => row.map(() => level));
    expect(forecast({ ...flat, trainErrors: train(0.29) }, QUICK).verdict).toBe('limited-by-bias');
    expect(forecast({ ...flat, trainErrors: train(0.01) }, QUICK).verdict).toBe('cannot-tell');
    expect(forecast({ ...flat, trainErrors: train(0.29) }, { ...QUICK, humanLevel: 0.295 }).verdict).toBe(
      'saturated',
    );
    expect(forecast(flat, QUICK).verdict).toBe('saturated');
  });

  it('says where more data made it worse, and not of the healthy twin', () => {
    // A peak at 64 as of a linear model with 64 weights.
    const smooth = powerLaw(0.1, 1, 0.5);
    const peak = (n: number): number => smooth(n) * (1 + 3 * Math.exp(-(Math.log(n / 64) ** 2) / 0.1));
    const { sizes, errors } = curveOf(peak, { spread: 0.1 });
    const result = forecast({ sizes, errors }, QUICK);
    expect(result.verdict).toBe('ill-behaved');
    expect(result.rises[0].to).toBe(64);
    expect(viewOf(result)!.answer).toMatch(/^More data made it worse: from \d+ to 64 examples/);
    expect(forecast(curveOf(smooth, { spread: 0.1 }), QUICK).rises).toEqual([]);
  });

  it('cannot tell from a short and noisy curve', () => {
    const result = forecast(curveOf(powerLaw(0.1, 0.5, 0.4), { spread: 0.3, testSize: 60, seed: 4 }), QUICK);
    expect(result.verdict).toBe('cannot-tell');
    expect(viewOf(result)!.answer).toMatch(/^It cannot be told/);
  });

  it('goes no further than four times the data, and not below human level or noise floor', () => {
    const curve = curveOf(powerLaw(0, 1.5, 0.5));
    expect(() => forecast(curve, { at: 2049 })).toThrow('"at" must be from 16 to 2048 examples, 4 times');
    expect(() => forecast(curve, { at: 15 })).toThrow('"at" must be from 16');
    const { quadruple, floor, models } = forecast(curve, { ...QUICK, humanLevel: 0.05, noiseFloor: 0.04 });
    expect(floor).toBe(0.05);
    expect(quadruple.interval[0]).toBeGreaterThanOrEqual(0.05);
    expect(Math.min(...models.map(({ asymptote }) => asymptote))).toBeGreaterThanOrEqual(0.05);
    const above = forecast(curve, { ...QUICK, humanLevel: 0.5 });
    expect(above.warnings.map(({ code }) => code)).toContain('below-floor');
    expect(above.floor).toBeLessThan(above.error);
  });

  it('takes one seed, few sizes, gaps, errors of zero, and JSON of itself', () => {
    const one = forecast(curveOf(powerLaw(0.02, 1.5, 0.5), { seeds: 1 }), QUICK);
    expect(one.warnings.map(({ code }) => code)).toContain('few-seeds');
    const few = forecast({ sizes: [10, 20, 40, 80], errors: [[0.4, 0.3, 0.25, 0.2], [0.42, 0.33, 0.24, 0.19]] }, QUICK); // prettier-ignore
    expect(few.hidden).toEqual([]);
    expect(few.warnings.map(({ code }) => code)).toEqual(['few-seeds', 'no-back-test', 'test-luck-unknown']);
    const gaps = curveOf(powerLaw(0.02, 1.5, 0.5));
    const holed = { ...gaps, errors: gaps.errors.map((row, s) => row.map((v, i) => (i === 3 || (s === 0 && i === 5) ? null : v))) }; // prettier-ignore
    expect(forecast(holed, QUICK).observed.map(({ size }) => size)).toEqual(SIZES.filter((_, i) => i !== 3));
    const perfect = forecast(
      curveOf(() => 0),
      QUICK,
    );
    expect([perfect.verdict, perfect.double.error, perfect.price.examples]).toEqual(['saturated', 0, null]);
    expect(JSON.parse(JSON.stringify(one)).double).toEqual(one.double);
  });

  it('is the same for the same seed, and leaves its input alone', () => {
    const curve = curveOf(powerLaw(0.02, 1.5, 0.5));
    const frozen = Object.freeze({
      ...curve,
      errors: Object.freeze(curve.errors.map((row) => Object.freeze(row))),
    });
    expect(forecast(frozen, QUICK)).toEqual(forecast(curve, QUICK));
    expect(forecast(curve, { ...QUICK, seed: 5 }).double.interval).not.toEqual(
      forecast(curve, QUICK).double.interval,
    );
  });

  it('refuses what is no curve', () => {
    const curve = curveOf(powerLaw(0.02, 1.5, 0.5));
    const wrong: [unknown, string][] = [
      [null, 'must be a result of learningCurve'],
      [{ ...curve, sizes: [1, 2, 3] }, 'sizes has 3, errors[0] has 11'],
      [{ sizes: [1, 2, 3], errors: [[1, 1, 1]] }, 'no fewer than 4 sizes; it has 3'],
      [{ ...curve, sizes: [...SIZES].reverse() }, '"sizes" must ascend'],
      [{ ...curve, errors: [] }, '"errors" must hold'],
      [{ ...curve, errors: [SIZES.map(() => -1)] }, '"errors[0][0]" must be a finite number ≥ 0'],
      [{ ...curve, eror: 1 }, 'must be one of its options'],
    ];
    for (const [odd, message] of wrong) expect(() => forecast(odd as never)).toThrow(message);
    expect(() => forecast(curve, { levl: 0.9 } as never)).toThrow('Did you mean "level"?');
  });
});

describe('parts of a forecast', () => {
  it('hide what lies above a half and a quarter', () => {
    expect(cutsOf(SIZES).map(({ sizes }) => sizes.at(-1))).toEqual([256, 128]);
    expect(cutsOf([10, 20, 40, 80])).toEqual([]);
  });

  it('know how test examples move sizes together', () => {
    // Rows 0, 1, 0, 1 and 0, 0, 0, 1 of 4: means ½ and ¼; (4·¼)/3/4 = 1/12, (3·¾·¼ + …): 0.75/3/4 = 1/16, ½/3/4 = 1/24.
    const got = itemCovariance([[0, 1, 0, 1], [0, 0, 0, 1]], 4); // prettier-ignore
    [[1 / 12, 1 / 24], [1 / 24, 1 / 16]].forEach((row, i) => row.forEach((v, j) => expect(got[i][j]).toBeCloseTo(v, 12))); // prettier-ignore
    // One seed: p(1 − p)/n = 0.5·0.5/100 on the diagonal, 0.47·0.25·0.5/100 beside it.
    const assumed = assumedCovariance([0.5, 0.25], 100, 1);
    expect(assumed[0][0]).toBeCloseTo(0.0025, 12);
    expect(assumed[0][1]).toBeCloseTo(0.47 * 0.00125, 12);
  });

  it('price a fall where the curve first has it', () => {
    // From 0.10 at 100: 0.09 lies halfway between 100 (0.10) and 200 (0.08), at 150.
    const price = priceOf([100, 200, 400], [0.1, 0.08, 0.075], [[0.1, 0.08, 0.075], [0.1, 0.1, 0.1]], 0.01, 0.9); // prettier-ignore
    expect(price).toEqual({ point: 0.01, examples: 50, interval: [50, null] });
  });

  it('take quantiles between draws', () => {
    expect(drawQuantile([3, 1, 2], 0.75)).toBe(2.5);
    expect(drawQuantile([1, Infinity, Infinity], 0.9)).toBe(Infinity);
    expect(drawInterval([1, 2, 3], 0.5, 4)).toEqual([1.5, 4]);
  });

  it('judge either side of a threshold', () => {
    const gain = { size: 2, gain: 0, interval: [0, 0] as const, probability: 0.9 };
    const facts = { rises: [], double: gain, flat: 0.9, error: 0.3, lowError: 0.28, train: 0.15, reachable: 0, smallestGain: 0.015 }; // prettier-ignore
    const little = { ...gain, probability: 0.89 };
    expect(verdictOf(facts)).toBe('more-data-helps');
    expect(verdictOf({ ...facts, double: little })).toBe('limited-by-bias');
    expect(verdictOf({ ...facts, double: little, train: 0.149 })).toBe('cannot-tell');
    expect(verdictOf({ ...facts, double: little, train: NaN })).toBe('saturated');
    expect(verdictOf({ ...facts, double: little, reachable: 0.265 })).toBe('saturated');
    expect(verdictOf({ ...facts, double: little, flat: 0.89 })).toBe('cannot-tell');
  });
});
