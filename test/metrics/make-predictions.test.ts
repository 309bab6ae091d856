import { makePredictions } from '../../src/metrics/make-predictions';
import type { Table } from '../../src/data/types';

const metadata: Table = { kind: 'table', n: 0, names: [], columns: {}, warnings: [] };
const base = { name: 'm', metadata } as const;

describe('makePredictions', () => {
  it('reads N×K probabilities', () => {
    const p = makePredictions('evaluate', {
      ...base,
      task: 'classification',
      classes: ['a', 'b', 'c'],
      ids: ['x', 'y'],
      label: Object.freeze([0, 1]) as number[],
      output: new Float32Array([0.5, 0.25, 0.25, 0.5, 0.125, 0.375]),
    });
    expect(Array.from(p.predicted)).toEqual([0, 0]);
    expect(Array.from(p.correct)).toEqual([1, 0]);
    // −ln 1/2 and −ln 1/8
    expect(p.loss![0]).toBeCloseTo(Math.LN2, 12);
    expect(p.loss![1]).toBeCloseTo(3 * Math.LN2, 12);
    const value = (id: string): number => p.metrics.find((m) => m.metric === id)!.value;
    expect(p.metrics.map((m) => m.metric)).toEqual(['accuracy', 'errorRate', 'logLoss', 'brier']);
    expect(value('accuracy')).toBe(0.5);
    expect(value('logLoss')).toBeCloseTo(2 * Math.LN2, 12);
    // (0.25 + 0.0625 + 0.0625 + 0.25 + 0.765625 + 0.140625) / 2
    expect(value('brier')).toBeCloseTo(0.765625, 12);
    expect(JSON.parse(JSON.stringify(p)).predicted).toEqual([0, 0]);
  });

  it('reads the one output of a sigmoid as the probability of class 1', () => {
    const p = makePredictions('evaluate', {
      ...base,
      task: 'classification',
      classes: ['no', 'yes'],
      ids: ['x', 'y'],
      label: [1, 1],
      output: new Float32Array([0.75, 0.25]),
    });
    expect(Array.from(p.probabilities!)).toEqual([0.25, 0.75, 0.75, 0.25]);
    expect(Array.from(p.predicted)).toEqual([1, 0]);
  });

  it('reads values for regression', () => {
    const p = makePredictions('evaluate', {
      ...base,
      task: 'regression',
      classes: [],
      ids: ['x', 'y'],
      label: [1, 2],
      output: new Float32Array([3, 1]),
    });
    expect(Array.from(p.loss!)).toEqual([4, 1]);
    expect(p.metrics.map((m) => [m.metric, m.value])).toEqual([
      ['meanAbsoluteError', 1.5],
      ['meanSquaredError', 2.5],
    ]);
    expect(p.correct.length).toBe(0);
  });

  it('says how many outputs are not numbers, and never counts them as right', () => {
    const p = makePredictions('evaluate', {
      ...base,
      task: 'classification',
      classes: ['a', 'b'],
      ids: ['x', 'y'],
      label: [0, 0],
      output: new Float32Array([NaN, NaN, 1, 0]),
    });
    expect(p.warnings).toMatchObject([{ code: 'non-finite-output', count: 1 }]);
    expect(Array.from(p.predicted)).toEqual([-1, 0]);
    expect(p.loss![0]).toBeNaN();
    expect(p.metrics.find((m) => m.metric === 'logLoss')).toMatchObject({ n: 1, value: 0 });
  });

  it('keeps the class but no loss where outputs are scores', () => {
    const p = makePredictions('evaluate', {
      ...base,
      task: 'classification',
      classes: ['a', 'b', 'c'],
      ids: ['x'],
      label: [2],
      output: new Float32Array([-1, 0, 4]),
    });
    expect(p.probabilities).toBeNull();
    expect(p.loss).toBeNull();
    expect(p.predicted[0]).toBe(2);
    expect(p.warnings[0].code).toBe('not-probabilities');
  });

  it('refuses an output of the wrong width', () => {
    const wrong = { ...base, task: 'classification', ids: ['x'], label: [0] } as const;
    expect(() =>
      makePredictions('evaluate', { ...wrong, classes: ['a', 'b', 'c'], output: new Float32Array(2) }),
    ).toThrow('it gave 2 numbers');
    expect(() =>
      makePredictions('evaluate', { ...wrong, classes: ['a', 'b'], output: new Float32Array([3]) }),
    ).toThrow('End the model with a sigmoid');
  });
});
