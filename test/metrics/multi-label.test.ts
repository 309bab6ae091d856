import { random } from '../../src/core/random';
import { completePredictions } from '../../src/metrics/complete-predictions';
import { macroF1 } from '../../src/metrics/list/macro-f1';
import { microF1 } from '../../src/metrics/list/micro-f1';
import { makePredictions, type ModelOutput } from '../../src/metrics/make-predictions';
import { metricValue } from '../../src/metrics/metric-value';
import { directionsOf } from '../../src/metrics/metrics';
import { predictionsFrom } from '../../src/metrics/predictions-from';
import type { Predictions } from '../../src/metrics/types';

const metadata = { kind: 'table', n: 0, names: [], columns: {}, warnings: [] } as const;
const LABEL = Object.freeze([1, 0, 1, 0, 1, 0, 1, 1, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0]);
const OUTPUT = Object.freeze([
  [0.9, 0.2, 0.4], [0.1, 0.8, 0.3], [0.6, 0.7, 0.6], [0.2, 0.1, 0.05], [0.55, 0.9, 0.45], [0.3, 0.2, 0.1],
]); // prettier-ignore

const given = (change: Partial<ModelOutput> = {}): ModelOutput => ({
  name: 'm',
  task: 'multi-label',
  classes: ['rain', 'wind', 'fog'],
  ids: ['0', '1', '2', '3', '4', '5'],
  label: LABEL,
  output: Float32Array.from(OUTPUT.flat()),
  metadata,
  ...change,
});
const made = (change?: Partial<ModelOutput>): Predictions => makePredictions('evaluate', given(change));
const valueOf = (p: Predictions, metric: string): number => p.metrics.find((m) => m.metric === metric)!.value;

describe('predictions of several labels', () => {
  it('say each label above 0.5, are right where all labels are, and have the mean loss of the labels', () => {
    const p = made();
    expect(Array.from(p.predicted)).toEqual([1, 0, 0, 0, 1, 0, 1, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0]);
    expect(Array.from(p.correct)).toEqual([0, 1, 0, 1, 0, 0]);
    // Example 1: labels 0, 1, 0 at 0.1, 0.8, 0.3.
    expect(p.loss?.[1]).toBeCloseTo(-(Math.log(0.9) + Math.log(0.8) + Math.log(0.7)) / 3, 6);
    expect([p.n, p.loss?.length]).toEqual([6, 6]);
  });

  it('have the metrics of scikit-learn 1.9.1', () => {
    // accuracy_score, hamming_loss, f1_score(average='micro' and 'macro'); log_loss and brier_score_loss, mean over labels.
    const expected = {
      accuracy: 1 / 3,
      errorRate: 2 / 3,
      logLoss: 0.4071341805603759,
      brier: 0.13152777777777777,
      hammingLoss: 0.2777777777777778,
      microF1: 2 / 3,
      macroF1: 0.5555555555555555,
    };
    const p = made();
    expect(p.metrics.map(({ metric }) => metric)).toEqual(Object.keys(expected));
    for (const [metric, value] of Object.entries(expected)) expect(valueOf(p, metric)).toBeCloseTo(value, 6);
    for (const { value, interval, n } of p.metrics) {
      expect(n).toBe(6);
      expect(interval[0]).toBeLessThan(value);
      expect(interval[1]).toBeGreaterThan(value);
    }
  });

  it('leave a label that is neither given nor predicted out of the macro F1, and say so', () => {
    // f1_score(average='macro', zero_division=np.nan) of scikit-learn 1.9.1 is 0.5555555555555555 as without the label.
    const wide = (rows: readonly (readonly number[])[]): number[] => rows.flatMap((row) => [...row, 0]);
    const rows = Array.from({ length: 6 }, (_, i) => LABEL.slice(3 * i, 3 * i + 3));
    const classes = ['rain', 'wind', 'fog', 'hail'];
    const p = made({ classes, label: wide(rows), output: Float32Array.from(wide(OUTPUT)) });
    expect(valueOf(p, 'macroF1')).toBeCloseTo(0.5555555555555555, 12);
    expect(p.warnings).toEqual([
      expect.objectContaining({ code: 'absent-labels', message: expect.stringContaining('1 of 4 labels') }),
    ]);
    const none = made({ label: new Uint8Array(18), output: new Float32Array(18) });
    expect(valueOf(none, 'microF1')).toBeNaN();
    expect(valueOf(none, 'macroF1')).toBeNaN();
    expect([valueOf(none, 'accuracy'), valueOf(none, 'hammingLoss')]).toEqual([1, 0]);
  });

  it('are those of the examples that are asked for', () => {
    const p = made();
    const rows = Object.freeze([1, 3, 3]) as number[];
    expect(metricValue(p, 'accuracy', { indices: rows }).value).toBe(1);
    expect(metricValue(p, 'microF1', { indices: rows })).toMatchObject({ value: 1, n: 3 });
    expect(metricValue(p, 'hammingLoss', { indices: [0] }).value).toBeCloseTo(1 / 3, 12);
    expect(metricValue(p, 'macroF1', { indices: [] })).toMatchObject({ value: NaN, interval: [0, 1], n: 0 });
    expect(() => metricValue(p, 'meanAbsoluteError')).toThrow('of a regression task');
  });

  it('count an output that is not a number as wrong', () => {
    const output = Float32Array.from(OUTPUT.flat());
    output[9] = NaN;
    const p = made({ output });
    expect([p.predicted[9], p.correct[3], p.loss?.[3]]).toEqual([-1, 0, NaN]);
    expect(p.warnings[0].message).toContain('1 of 6 examples');
    expect(valueOf(p, 'hammingLoss')).toBeCloseTo(6 / 18, 12);
  });

  it('notice a softmax, and refuse what is no probability', () => {
    const shared = Float32Array.from(
      OUTPUT.flatMap((row) => row.map((p) => p / row.reduce((a, b) => a + b))),
    );
    expect(made({ output: shared }).warnings.map(({ code }) => code)).toEqual(['labels-share-one']);
    expect(() => made({ output: Float32Array.from(LABEL, () => -3) })).toThrow(
      'End the model with a sigmoid',
    );
    expect(() => made({ output: new Float32Array(6) })).toThrow('(6×3 numbers); it gave 6');
    expect(() => made({ ids: ['0'] })).toThrow('labels has 6, ids has 1');
  });

  it('know which way each metric is better', () => {
    const ids = ['microF1', 'hammingLoss', 'no such'];
    expect(directionsOf(ids)).toEqual({ microF1: true, hammingLoss: false });
  });
});

describe('intervals of F1', () => {
  const n = 300;
  const stream = random(5);
  const label = Uint8Array.from({ length: 4 * n }, (_, at) => Number(stream.next() < 0.5 / (1 + (at % 4))));
  const predicted = label.map((has) => Number(stream.next() < (has ? 0.75 : 0.1)));
  const p = completePredictions({
    ...given(),
    classes: ['a', 'b', 'c', 'd'],
    ids: Array.from({ length: n }, (_, i) => String(i)),
    ...{ label, predicted, probabilities: null },
  });

  it.each([microF1, macroF1])('have the standard error of a bootstrap over examples, $id', (metric) => {
    const all = Array.from({ length: n }, (_, i) => i);
    const draws = Array.from(
      { length: 500 },
      () => metric.ofExamples(p, all.map(() => stream.integer(n))).value, // prettier-ignore
    );
    const mean = draws.reduce((a, b) => a + b) / draws.length;
    const sd = Math.sqrt(draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (draws.length - 1));
    const { standardError } = metric.ofExamples(p, all);
    expect(standardError / sd).toBeGreaterThan(0.87);
    expect(standardError / sd).toBeLessThan(1.13);
  });

  it('of the share of wrong labels is narrower than if an example were one label, wider than if all were', () => {
    const { value, interval } = metricValue(p, 'hammingLoss');
    const width = interval[1] - interval[0];
    const plain = (size: number): number => 2 * 1.96 * Math.sqrt((value * (1 - value)) / size);
    expect(width).toBeLessThan(plain(n));
    expect(width).toBeGreaterThan(0.9 * plain(4 * n));
  });
});

describe('predictionsFrom with several labels', () => {
  const table = Object.freeze({
    y: ['rain, wind', '', 'fog'],
    said: ['rain', '', 'fog,wind'],
    y_rain: [1, 0, 0],
    y_wind: [1, 0, 0],
    y_fog: [0, 0, 1],
    p_rain: [0.9, 0.1, 0.2],
    p_wind: [0.4, 0.2, 0.7],
    p_fog: [0.1, 0.3, 0.8],
    town: ['Ulm', 'Bonn', 'Ulm'],
  });
  const PREDICTED = [1, 0, 0, 0, 0, 0, 0, 1, 1];

  it('reads columns of 0 and 1 with columns of probabilities', () => {
    const p = predictionsFrom(table, {
      label: ['y_rain', 'y_wind', 'y_fog'],
      probabilities: 'p_',
      metadata: ['town'],
    });
    expect(p).toMatchObject({ task: 'multi-label', n: 3, classes: ['rain', 'wind', 'fog'] });
    expect([Array.from(p.label), Array.from(p.predicted)]).toEqual([[1, 1, 0, 0, 0, 0, 0, 0, 1], PREDICTED]);
    expect(p.loss?.[0]).toBeCloseTo(-(Math.log(0.9) + Math.log(0.4) + Math.log(0.9)) / 3, 12);
    expect(p.metadata.names).toEqual(['town']);
  });

  it('reads lists of names, and puts columns of probabilities in the order of the labels', () => {
    const p = predictionsFrom(table, { label: 'y', predicted: 'said', separator: ',', metadata: [] });
    expect(p.classes).toEqual(['fog', 'rain', 'wind']);
    expect(Array.from(p.predicted)).toEqual([0, 1, 0, 0, 0, 0, 1, 0, 1]);
    expect([p.probabilities, p.loss]).toEqual([null, null]);
    const q = predictionsFrom(table, {
      label: 'y',
      probabilities: 'p_',
      separator: ',',
      classes: p.classes,
      id: 'p_fog',
    });
    expect(Array.from(q.predicted)).toEqual([0, 1, 0, 0, 0, 0, 1, 0, 1]);
    expect(q.metadata.names).toEqual(['said', 'y_rain', 'y_wind', 'y_fog', 'town']);
    const r = predictionsFrom(table, { label: 'y', probabilities: 'p_', task: 'multi-label' });
    expect([r.classes, Array.from(r.predicted)]).toEqual([['rain', 'wind', 'fog'], PREDICTED]);
  });

  it.each([
    [{ label: ['y_rain', 'y_wid'], predicted: ['y_rain', 'y_wind'] }, 'Did you mean "y_wind"?'],
    [{ label: 'y', predicted: 'said', separator: ',', classes: ['rain'] }, 'lie among the labels rain'],
    [{ label: ['y_rain', 'y_wind'], predicted: ['y_rain'] }, 'have 2 entries in every example'],
    [{ label: ['y_rain', 'y_wind'], probabilities: ['p_rain'] }, 'for each of the labels rain, wind'],
    [{ label: ['y_rain', 'y_wind'], probabilities: 'q_' }, 'the table lacks q_rain, q_wind'],
    [{ label: ['y_rain', 'p_wind'], predicted: 'said' }, 'be 0 or 1'],
    [{ label: ['y_rain', 'y_wind'] }, '"predicted" must be'],
    [{ label: ['y_rain', 'y_wind'], predicted: ['y_rain', 'y_wind'], task: 'regression' }, 'one column'],
    [
      { label: 'y', predicted: 'said', separator: ',', task: 'classification' },
      '"separator" must be left out',
    ],
  ])('refuses %j', (options, message) => {
    expect(() => predictionsFrom(table, options as never)).toThrow(message);
  });
});
