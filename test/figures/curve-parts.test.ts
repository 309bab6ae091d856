import fc from 'fast-check';
import type { RunLog } from '../../src/build/types';
import * as figures from '../../src/figures';
import { groupLine } from '../../src/figures/curve-groups';
import { stepLosses } from '../../src/figures/step-losses';
import { thinExtremes } from '../../src/figures/thin-extremes';
import { epoch, makeLog, scores } from '../suspect/make-log';

type Any = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any

const named = (figure: figures.Figure, name: string): Any => figure.data.find((t) => t.name === name) as Any;
const steps = (loss: readonly number[], more: object = {}): RunLog['steps'] => ({
  stride: 1,
  loss,
  learningRate: loss.map(() => 0.1),
  ...more,
});
const long = (count: number): RunLog =>
  makeLog({
    epochs: Array.from({ length: count }, (_, i) =>
      epoch(i + 1, [1 + (i % 7), 0.5], [i === 4321 ? 0.5 : 2 + ((i * 13) % 11), 0.5]),
    ),
    steps: steps(
      Array.from({ length: 2000 }, () => 1),
      { stride: 64, min: Array(2000).fill(0.5), max: Array(2000).fill(3) },
    ),
  });

describe('thinExtremes', () => {
  it('keeps first, last, and the lowest and highest of each stretch', () => {
    // Two stretches of four: 9 (place 1) and 0 (3), then 1 (4) and 8 (6).
    expect(thinExtremes([5, 9, 5, 0, 1, 5, 8, 5], 2)).toEqual([0, 1, 3, 4, 6, 7]);
    expect(thinExtremes([1, 2, 3], 2)).toEqual([0, 1, 2]);
    expect(thinExtremes([], 2)).toEqual([]);
  });

  it('loses no peak, on any values', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer(), { minLength: 1, maxLength: 300 }),
        fc.integer({ min: 1, max: 20 }),
        (values, buckets) => {
          const kept = thinExtremes(values, buckets).map((place) => values[place]);
          expect(kept.length).toBeLessThanOrEqual(2 * buckets + 2);
          expect([Math.min(...kept), Math.max(...kept)]).toEqual([Math.min(...values), Math.max(...values)]);
        },
      ),
    );
  });
});

describe('stepLosses', () => {
  it('places each step before its update, in epochs', () => {
    // Ten steps an epoch: the loss of step 1 is that of epoch 0, of step 11 that of epoch 1.
    const { x, mean, stride } = stepLosses(makeLog({ steps: steps([1, 2, NaN, 4]) }));
    expect([x, mean, stride]).toEqual([[0, 0.1, 0.3].map((v) => expect.closeTo(v, 12)), [1, 2, 4], 1]);
  });

  it('joins neighbours by their mean, lowest and highest, and says how many steps stand behind a point', () => {
    const loss = Array.from({ length: 600 }, (_, i) => i);
    const log = makeLog({
      steps: steps(loss, { stride: 2, min: loss.map((v) => v - 5), max: loss.map((v) => v + 5) }),
    });
    const made = stepLosses(log);
    // 600 points become 300 of four steps: 0 and 1 → 0.5, from −5 to 6, at (4 − 1)/2 steps of ten.
    expect([made.x.length, made.stride, made.mean[0], made.min[0], made.max[0]]).toEqual([
      300, 4, 0.5, -5, 6,
    ]);
    expect(made.x[0]).toBeCloseTo(0.15, 12);
  });

  it('knows no place where the length of an epoch is not known', () => {
    const { config } = makeLog();
    expect(stepLosses(makeLog({ epochs: [], config: { ...config, stepsPerEpoch: NaN } })).x).toEqual([]);
    // From the first record: 10 steps in epoch 1.
    expect(stepLosses(makeLog({ config: { ...config, stepsPerEpoch: NaN } })).x[1]).toBeCloseTo(0.1, 12);
  });
});

describe('learningCurve', () => {
  it('draws the loss above the metric, with the batch losses behind', () => {
    const figure = figures.learningCurve(makeLog());
    const { yaxis, yaxis2 } = figure.layout as Any;
    expect([yaxis.title.text, yaxis2.title.text]).toEqual(['loss (nats)', 'accuracy']);
    expect(yaxis.domain[0]).toBeGreaterThan(yaxis2.domain[1]);
    expect(named(figure, 'batch loss').mode).toBe('markers');
    expect((figure.layout as Any).title.text).toContain('dots: single batches');
    expect(
      (figure.layout as Any).annotations
        .map(({ text }: Any) => text)
        .filter((t: string) => t.startsWith('★')),
    ).toEqual(['★ best: epoch 10', '★ best: epoch 10']);
  });

  it('shows the range of many batch losses, never their mean alone', () => {
    const figure = figures.learningCurve(long(10));
    const band = named(figure, 'range of batch losses');
    expect([Math.min(...band.y), Math.max(...band.y)]).toEqual([0.5, 3]);
    // 2,000 points of 64 steps, seven of them a point: 448.
    expect((figure.layout as Any).title.text).toContain('range of batch losses, 448 a point');
  });

  it('stays bounded for thousands of epochs, and finds the best of all', () => {
    const figure = figures.learningCurve(long(5000));
    const most = Math.max(...figure.data.map(({ x }) => (x as number[]).length));
    expect(most).toBeLessThanOrEqual(2000);
    expect(figure.title).toBe('Validation loss stops improving after epoch 4322 of 5000');
    const validation = figure.data.find((t) => t.name === 'validation') as Any;
    expect(validation.y).toContain(0.5);
    expect(validation.mode).toBe('lines');
  });

  it('says what the steps of the first epoch show', () => {
    const { config } = makeLog();
    const loss = Array.from({ length: 40 }, (_, i) => 2 - i / 40);
    const log = makeLog({
      epochs: [],
      initial: null,
      steps: steps(loss),
      config: { ...config, stepsPerEpoch: 100 },
    });
    // The means of the first and last four: 2 − 1.5/40 = 1.96 and 2 − 37.5/40 = 1.06.
    expect(figures.learningCurve(log).title).toBe(
      'Batch loss goes from 1.96 to 1.06 in 40 of 100 steps of the first epoch',
    );
  });

  it('marks batch losses that would press the curve flat instead of drawing them', () => {
    const loss = Array.from({ length: 100 }, (_, i) => (i === 30 ? 500 : 1));
    const figure = figures.learningCurve(makeLog({ steps: steps(loss) }));
    const [, top] = (figure.layout as Any).yaxis.range;
    expect(top).toBeLessThan(3);
    expect(named(figure, 'beyond the axis')).toMatchObject({ x: [0, 3], y: [top, top] });
    expect((figure.layout as Any).title.text.replace(/<br>/g, ' ')).toContain(
      '▲ up to 500 above the axis of the loss',
    );
    // Twice as high is drawn as it is.
    const twice = figures.learningCurve(makeLog({ steps: steps(loss.map((v) => Math.min(v, 2.5))) }));
    expect(named(twice, 'beyond the axis')).toBeUndefined();
    expect((twice.layout as Any).yaxis.range[1]).toBeGreaterThan(2.5);
  });

  it('leaves the scores before training beyond the axis where they would press all else flat', () => {
    const far = makeLog({ initial: scores(90, 0.1) });
    const figure = figures.learningCurve(far);
    expect((figure.layout as Any).yaxis.range[1]).toBeLessThan(2);
    expect(named(figure, 'beyond the axis')).toMatchObject({ x: [0], marker: { symbol: 'triangle-up' } });
    // In a short training they are what there is to see.
    const short = figures.learningCurve(
      makeLog({ initial: scores(90, 0.1), epochs: makeLog().epochs.slice(0, 3) }),
    );
    expect((short.layout as Any).yaxis.range[1]).toBeGreaterThan(90);
  });

  it('draws the learning rate where it changes', () => {
    expect((figures.learningCurve(makeLog()).layout as Any).yaxis3).toBeUndefined();
    const changing = makeLog({ steps: { stride: 1, loss: [1, 1], learningRate: [0.1, 0.001] } });
    const figure = figures.learningCurve(changing);
    expect(named(figure, 'learning rate')).toMatchObject({ x: [0, 0.1], y: [0.1, 0.001], yaxis: 'y3' });
    expect((figure.layout as Any).yaxis3.type).toBe('log');
    expect((figure.layout as Any).xaxis.anchor).toBe('y3');
  });

  it('spreads the epochs on a log scale, which has no place for epoch 0', () => {
    const figure = figures.learningCurve(makeLog(), { xScale: 'log' });
    expect((figure.layout as Any).xaxis.type).toBe('log');
    expect(figure.data.every(({ x }) => (x as number[]).every((at) => at > 0))).toBe(true);
    expect(figure.data.every(({ x, y }) => (x as number[]).length === (y as number[]).length)).toBe(true);
    const label = (figure.layout as Any).annotations.find(({ text }: Any) => text === 'validation');
    expect(label.x).toBe(1); // log10 of epoch 10
    expect(() => figures.learningCurve(makeLog(), { xScale: 'ln' as never })).toThrow(
      'must be one of "linear", "log"',
    );
  });
});

describe('the runs of several seeds', () => {
  const seeded = (seed: number, losses: readonly number[]): RunLog =>
    makeLog({ seed, initial: null, epochs: losses.map((loss, i) => epoch(i + 1, [loss, 0.5], [loss, 0.5])) });
  const runs = { kind: 'runs' as const, name: 'tiny', logs: [seeded(0, [4, 2]), seeded(1, [2, 1, 5])] };

  it('are a mean with the deviation over seeds, where half of them have a value, beside each one', () => {
    const { line, raw } = groupLine(runs, 'loss', 'validation');
    // Epoch 1: 4 and 2, mean 3, deviation √2. Epoch 3 has one of two.
    expect(line).toEqual({
      epochs: [1, 2, 3],
      values: [3, 1.5, 5],
      errors: [Math.SQRT2, Math.SQRT1_2, 0].map((v) => expect.closeTo(v, 12)),
    });
    expect(raw.map(({ values }) => values)).toEqual([[4, 2], [2, 1, 5]]); // prettier-ignore
    const figure = figures.learningCurve(runs);
    expect(figure.title).toBe('Mean over 2 seeds: validation loss stops improving after epoch 2 of 3');
    const thin = figure.data.filter((t) => (t.line as Any)?.width === 1 && t.yaxis === 'y');
    expect(thin).toHaveLength(4);
    expect((figure.layout as Any).title.text).toContain('band: ±1 standard deviation over seeds');
  });

  it('say how many broke, and lie beside a single run', () => {
    const broken = { ...runs.logs[1], nonFinite: { what: 'loss' as const, step: 3, epoch: 1 } };
    expect(figures.learningCurve({ ...runs, logs: [runs.logs[0], broken] }).title).toBe(
      'The loss stopped being a number in epoch 1 with 1 of 2 seeds',
    );
    expect(figures.learningCurve([runs, makeLog({ name: 'after' })], { metric: 'loss' }).title).toBe(
      'Best validation loss: 1.5 (tiny) → 0.25 (after)',
    );
    expect(() => figures.learningCurve({ ...runs, logs: [] })).toThrow('at least one log');
  });
});
