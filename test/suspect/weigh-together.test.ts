import calibration from '../../src/suspect/calibration.json';
import { commonCause } from '../../src/suspect/common-cause';
import { detectionRate, falseAlarmRate } from '../../src/suspect/false-alarm-rate';
import { thresholdOf } from '../../src/suspect/thresholds';
import type { FindingData, Severity } from '../../src/suspect/types';
import { weighTogether } from '../../src/suspect/weigh-together';
import { wilsonInterval } from '../../src/stats/wilson-interval';
import { deepFreeze } from '../data/freeze';

const finding = (
  check: string,
  weights: Readonly<Record<string, number>>,
  severity: Severity = 'warning',
): FindingData => ({
  ...{ kind: 'finding', check, code: check, severity, where: {}, evidence: {}, score: 1, threshold: 1 },
  falseAlarmRate: { rate: 0, interval: [0, 1], healthyRuns: 1 },
  detection: { rate: 1, interval: [0, 1], faults: 1 },
  causes: Object.entries(weights).map(([id, weight]) => ({ id, title: id, weight, fix: '' })),
  ...{ references: [], message: `${check}.`, why: '' },
});
const weightsOf = ({ causes }: FindingData): Readonly<Record<string, number>> =>
  Object.fromEntries(causes.map(({ id, weight }) => [id, weight]));
const sum = (weights: Readonly<Record<string, number>>): number =>
  Object.values(weights).reduce((total, weight) => total + weight, 0);

describe('weighTogether', () => {
  it('lifts a cause that another check is sure of, and names it first', () => {
    const [unsure, sure] = weighTogether(
      deepFreeze([finding('one', { a: 0.8, b: 0.2 }), finding('two', { b: 0.9, c: 0.1 })]),
    );
    // b: 0.2 · (1 + 40 · 0.9) = 7.4 beside 0.8 of a.
    expect(unsure.causes.map(({ id }) => id)).toEqual(['b', 'a']);
    expect(weightsOf(unsure).b).toBeCloseTo(7.4 / 8.2, 12);
    // What a finding does not list is not added; the first is not sure of b, so the second stays as it was.
    expect(Object.keys(weightsOf(unsure))).not.toContain('c');
    expect(weightsOf(sure)).toEqual({ b: expect.closeTo(0.9, 12), c: expect.closeTo(0.1, 12) });
    for (const one of [unsure, sure]) expect(sum(weightsOf(one))).toBeCloseTo(1, 12);
  });

  it.each([
    ['an info', finding('two', { b: 1 }, 'info')],
    ['the same check', finding('one', { b: 1 })],
    ['one that is not sure', finding('two', { b: 0.84, c: 0.16 })],
  ])('does not listen to %s', (_words, other) => {
    const [first] = weighTogether([finding('one', { a: 0.8, b: 0.2 }), other]);
    expect(weightsOf(first)).toEqual({ a: expect.closeTo(0.8, 12), b: expect.closeTo(0.2, 12) });
  });

  it('leaves findings alone that are sure of different causes', () => {
    const two = [finding('one', { a: 0.85, b: 0.15 }), finding('two', { b: 0.9, a: 0.1 })];
    expect(weighTogether(two).map(weightsOf)).toEqual([
      { a: 0.85, b: 0.15 },
      { b: 0.9, a: 0.1 },
    ]);
  });

  it('is surer of what two others name, and never quite', () => {
    const gained = (...others: readonly FindingData[]): number =>
      weightsOf(weighTogether([finding('one', { a: 0.8, b: 0.2 }), ...others])[0]).b;
    // Doubt 0.05 of a fact at least: 0.2 · (1 + 40 · 0.95) = 7.8; of two 1 − 0.05² = 0.9975: 8.18.
    expect(gained(finding('two', { b: 1 }))).toBeCloseTo(7.8 / 8.6, 12);
    expect(gained(finding('two', { b: 1 }), finding('three', { b: 1 }))).toBeCloseTo(8.18 / 8.98, 12);
    expect(weighTogether([])).toEqual([]);
  });
});

describe('commonCause', () => {
  it('comes first in at least half of the findings that are more than a note', () => {
    const [a, b] = [finding('one', { a: 1 }), finding('two', { b: 0.6, a: 0.4 })];
    expect(commonCause([a, a, b, b])).toMatchObject({
      findings: 2,
      of: 4,
      cause: { id: 'a', weight: (1 + 1 + 0.8) / 4 },
    });
    expect(commonCause([a, a])).toBeNull();
    expect(commonCause([a, b, finding('three', { c: 1 })])).toBeNull();
    expect(commonCause([a, a, finding('x', { a: 1 }, 'info')])).toBeNull();
  });
});

describe('thresholdOf', () => {
  it('is 1 for a fact, and the least for a size', () => {
    expect(thresholdOf('x', { scale: 'fact', least: 1 }, 0.999, 50)).toBe(1);
    expect(thresholdOf('x', { scale: 'size', least: 0.3 }, 0.999, 50)).toBe(0.3);
  });

  it('shares the false alarms among the scores in standard errors', () => {
    const z = (level: number, symptoms: number, least = 0): number =>
      thresholdOf('x', { scale: 'z', least }, level, symptoms);
    // R: qnorm(1 - 0.05 / 10) = 2.575829, qnorm(0.95) = 1.644854, qnorm(1 - 0.01 / 10) = 3.090232.
    expect(z(0.95, 10)).toBeCloseTo(2.575829, 6);
    expect(z(0.95, 1)).toBeCloseTo(1.644854, 6);
    expect(z(0.99, 10)).toBeCloseTo(3.090232, 6);
    expect(z(0.95, 10, 4)).toBe(4);
  });

  it('is what the calibration asks for, where that is more', () => {
    for (const [code, calibrated] of Object.entries(calibration.thresholds)) {
      expect(thresholdOf(code, { scale: 'size', least: -1 }, 0.95, 10)).toBe(calibrated);
      expect(thresholdOf(code, { scale: 'size', least: calibrated + 1 }, 0.95, 10)).toBe(calibrated + 1);
    }
  });
});

describe('rates of a check', () => {
  it('are those that were counted, with their intervals', () => {
    const counted = Object.entries(calibration.checks);
    expect(counted.length).toBeGreaterThan(0);
    for (const [id, { alarms, healthyRuns, found, faults }] of counted) {
      expect(falseAlarmRate(id)).toEqual({
        ...{ rate: alarms / healthyRuns, healthyRuns, interval: wilsonInterval(alarms, healthyRuns) },
      });
      expect(detectionRate(id)).toEqual({
        ...{ rate: faults > 0 ? found / faults : NaN, faults, interval: wilsonInterval(found, faults) },
      });
    }
  });

  it('are not known of one that was never counted', () => {
    expect(falseAlarmRate('none')).toEqual({ rate: NaN, interval: [0, 1], healthyRuns: 0 });
    expect(detectionRate('none')).toEqual({ rate: NaN, interval: [0, 1], faults: 0 });
  });
});
