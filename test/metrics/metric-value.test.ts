import { completePredictions } from '../../src/metrics/complete-predictions';
import { metricApplies, metricValue } from '../../src/metrics/metric-value';
import { METRICS } from '../../src/metrics/metrics';
import type { Predictions } from '../../src/metrics/types';
import { wilsonInterval } from '../../src/stats/wilson-interval';

const metadata = { kind: 'table', n: 0, names: [], columns: {}, warnings: [] } as const;
const classes = completePredictions({
  name: 'm',
  task: 'classification',
  classes: ['a', 'b'],
  ids: ['0', '1', '2', '3'],
  label: [0, 0, 1, 1],
  predicted: [0, 1, 1, 1],
  probabilities: [1, 0, 0.25, 0.75, 0.5, 0.5, 0, 1],
  metadata,
});
const values = completePredictions({
  name: 'm',
  task: 'regression',
  classes: [],
  ids: ['0', '1', '2'],
  label: [0, 0, 0],
  predicted: [1, 2, -3],
  probabilities: null,
  metadata,
});
const labels = completePredictions({
  name: 'm',
  task: 'multi-label',
  classes: ['a', 'b'],
  ids: ['0', '1', '2', '3'],
  label: [1, 0, 1, 0, 0, 1, 0, 1],
  predicted: [1, 0, 1, 1, 0, 0, 0, 1],
  probabilities: [1, 0, 0.75, 0.75, 0.5, 0.5, 0, 1],
  metadata,
});
const ALL = [classes, labels, values];
const CASES = METRICS.flatMap((m) => m.tasks.map((task) => [m.id, task, m] as const));
const subject = (task: string): Predictions => ALL.find((p) => p.task === task)!;

describe('metrics', () => {
  it('apply to the tasks that they name and to no other, and have ids of their own', () => {
    expect(new Set(METRICS.map((m) => m.id)).size).toBe(METRICS.length);
    for (const p of ALL)
      for (const m of METRICS) expect([m.id, metricApplies(m, p)]).toEqual([m.id, m.tasks.includes(p.task)]);
  });

  it.each(CASES)('%s lies in its range, %s', (id, task, metric) => {
    const { value, n } = metricValue(subject(task), id);
    expect(n).toBe(subject(task).n);
    expect(value).toBeGreaterThanOrEqual(metric.range[0]);
    expect(value).toBeLessThanOrEqual(metric.range[1]);
  });

  it.each(CASES)('%s is best for a perfect model, %s', (id, task, metric) => {
    const given = subject(task);
    const perfect = completePredictions({
      ...given,
      predicted: given.label,
      probabilities: given.probabilities && [1, 0, 1, 0, 0, 1, 0, 1],
    });
    expect(metricValue(perfect, id).value).toBeCloseTo(
      metric.higherIsBetter ? metric.range[1] : metric.range[0],
      12,
    );
  });
});

describe('metricValue', () => {
  it('gives shares with Wilson intervals', () => {
    expect(metricValue(classes, 'accuracy', { level: 0.9 })).toEqual({
      metric: 'accuracy',
      value: 0.75,
      interval: wilsonInterval(3, 4, 0.9),
      level: 0.9,
      n: 4,
    });
    expect(metricValue(classes, 'errorRate', { indices: [1, 2] }).value).toBe(0.5);
  });

  it('gives means with t intervals', () => {
    // 1, 4, 9: mean 14/3, sd √(49/3), half-width 4.302653 · sd / √3
    const { value, interval } = metricValue(values, 'meanSquaredError');
    expect(value).toBeCloseTo(14 / 3, 12);
    expect(interval[1]).toBeCloseTo(14 / 3 + (4.302652729911275 * 7) / 3, 9);
    expect(metricValue(values, 'meanAbsoluteError').value).toBe(2);
    // (ln 1 + ln 4 + ln 2 + ln 1) / 4; (0 + 1.125 + 0.5 + 0) / 4
    expect(metricValue(classes, 'logLoss').value).toBeCloseTo((3 * Math.LN2) / 4, 12);
    expect(metricValue(classes, 'brier').value).toBeCloseTo(1.625 / 4, 12);
  });

  it('keeps the loss of a sure and wrong model finite', () => {
    const sure = completePredictions({ ...classes, probabilities: [0, 1, 1, 0, 0, 1, 0, 1] });
    expect(sure.loss![0]).toBeCloseTo(-Math.log(1e-7), 9);
  });

  it('is undefined, not 0, on no examples', () => {
    expect(metricValue(classes, 'accuracy', { indices: [] })).toMatchObject({ value: NaN, n: 0 });
    expect(metricValue(values, 'meanAbsoluteError', { indices: [] })).toMatchObject({ value: NaN, n: 0 });
  });

  it('refuses what it cannot give', () => {
    expect(() => metricValue(classes, 'acuracy')).toThrow('Did you mean "accuracy"?');
    expect(() => metricValue(classes, 'meanAbsoluteError')).toThrow('of a regression task');
    expect(() => metricValue(classes, 'accuracy', { level: 1 })).toThrow('strictly between 0 and 1');
  });
});
