import * as figures from '../../src/figures';
import { sizeAxis } from '../../src/figures/size-axis';
import { withInterval } from '../../src/figures/error-words';
import { forecast } from '../../src/look/forecast';
import { curveOf, powerLaw } from '../look/forecast/helpers';
import { pointOf, sizeCurveOf as curve } from './results';

type Any = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any

describe('a learning curve over sizes', () => {
  it('says how far the error falls, with bars of the intervals and the seeds behind them', () => {
    const figure = figures.learningCurve(curve([pointOf(10, 0.4, 0.05), pointOf(100, 0.1, 0.02)]));
    expect(figure.title).toBe(
      'The error rate falls from 40 % with 10 examples to 10 % with 100; in training it is 1.0 %',
    );
    const [train, test] = figure.data.filter((trace) => trace.mode === 'lines+markers') as Any[];
    expect([train.y, test.y]).toEqual([[0.04, 0.01], [0.4, 0.1]]); // prettier-ignore
    expect(train.error_y.array).toEqual([0, 0]);
    expect(test.error_y.array[0]).toBeCloseTo(0.05, 12);
    expect(figure.data.filter((trace) => trace.mode === 'markers').map((trace) => (trace.y as number[]).length)).toEqual([2, 4]); // prettier-ignore
  });

  it('claims no fall that luck could make, and draws one size and none', () => {
    const flat = figures.learningCurve(curve([pointOf(10, 0.3, 0.1), pointOf(100, 0.29, 0.1)]));
    expect(flat.title).toMatch(/^The error rate hardly moves, from 30 % with 10 examples to 29 % with 100/);
    const rising = figures.learningCurve(curve([pointOf(10, 0.1, 0.01), pointOf(100, 0.29, 0.01)]));
    expect(rising.title).toMatch(/^The error rate rises from/);
    expect(figures.learningCurve(curve([pointOf(10, 0.3, 0.1)])).title).toBe(
      'The error rate is 30 % with 10 examples',
    );
    expect(figures.learningCurve(curve([])).title).toBe('No training has ended yet');
    expect(() => figures.learningCurve(curve([]), { metric: 'loss' })).toThrow('"metric"');
  });
});

describe('a forecast', () => {
  const result = forecast(curveOf(powerLaw(0.02, 1.5, 0.5)), {
    repeats: 20,
    humanLevel: 0.01,
    noiseFloor: 0.005,
  });
  const figure = figures.forecast(result);

  it('has the answer as its title and goes on with a band to four times the data', () => {
    expect(figure.title).toMatch(
      /^Twice the data should bring the error rate from 8\.8 % to [\d.]+ % \[[\d.]+, [\d.]+\]$/,
    );
    const [band, fitted, ahead] = figure.data as Any[];
    expect([fitted.x[0], fitted.x.at(-1)]).toEqual([16, 512]);
    expect([ahead.x[0], ahead.x.at(-1)]).toEqual([512, 2048]);
    expect(band.y).toHaveLength(2 * ahead.x.length);
    expect(Math.max(...band.y)).toBeGreaterThan(ahead.y[0]);
  });

  it('draws human level and noise floor, each named', () => {
    const { shapes, annotations } = figure.layout as Any;
    expect(shapes.slice(1).map((shape: Any) => shape.y0)).toEqual([0.01, 0.005]);
    const words = annotations.map((one: Any) => one.text);
    expect(words).toEqual(expect.arrayContaining(['human level 1.0 %', 'noise floor 0.5 %', 'now: 512']));
  });

  it('is refused for anything else', () => {
    expect(() => figures.forecast({} as never)).toThrow('must be a result of kind "forecast"');
  });
});

describe('words and axes', () => {
  it('say the unit of an interval once', () => {
    expect(withInterval(true, 0.048, [0.041, 0.055])).toBe('4.8 % [4.1, 5.5]');
    expect(withInterval(false, 1.25, [1, 1.5])).toBe('1.25 [1, 1.5]');
  });

  it('have ticks at 1, 2 and 5', () => {
    expect(sizeAxis(9, 1024).ticktext).toEqual(['10', '20', '50', '100', '200', '500', '1,000']);
  });
});
