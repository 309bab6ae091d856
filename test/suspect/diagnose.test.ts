import { InputError } from '../../src/core/input-error';
import type { RunLog } from '../../src/build/types';
import { diagnose } from '../../src/suspect/diagnose';
import { mergeFindings, type SeedChecks } from '../../src/suspect/merge-seeds';
import type { FindingData } from '../../src/suspect/types';
import { makeLog, scores } from './make-log';

const strange = makeLog({
  initial: scores(9),
  nonFinite: { what: 'loss', step: 3, epoch: 1 },
  stopped: 'non-finite',
});

describe('diagnose', () => {
  it('puts errors before warnings and says the worst first', () => {
    const report = diagnose(strange);
    expect(report.findings.map(({ code }) => code)).toEqual(['non-finite-value', 'starts-too-high']);
    expect(report.summary).toContain('The loss stopped being a number at step 3');
    expect(report.summary).toContain('And 1 more.');
  });

  it('has weights that sum to one and an interval for its false alarms', () => {
    for (const { causes, falseAlarmRate, detection, score, threshold } of diagnose(strange).findings) {
      expect(causes.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
      expect(falseAlarmRate.interval[0]).toBeLessThanOrEqual(falseAlarmRate.interval[1]);
      expect(detection.interval[0]).toBeLessThanOrEqual(detection.interval[1]);
      expect(score).toBeGreaterThanOrEqual(threshold);
    }
  });

  it('lets the other checks run when one throws', () => {
    const { epochs, ...rest } = makeLog();
    const broken = {
      ...rest,
      get goals(): never {
        throw new Error('unreadable goals');
      },
      epochs,
    } as unknown as RunLog;
    const report = diagnose(broken);
    const failed = report.outcomes.filter(({ status }) => status === 'failed');
    expect(failed.map(({ check, reason }) => [check, reason])).toEqual([
      ['validation-too-good', 'Error: unreadable goals'],
    ]);
    expect(report.outcomes.filter(({ status }) => status === 'nothing-found').length).toBeGreaterThan(9);
    expect(report.warnings).toHaveLength(1);
  });

  it('survives JSON, gives the same from a re-read log, and changes nothing', () => {
    const log = JSON.parse(JSON.stringify(strange)) as RunLog;
    Object.freeze(log);
    Object.freeze(log.epochs);
    const report = diagnose(log);
    expect(JSON.stringify(report)).toBe(JSON.stringify(diagnose(strange)));
    expect(Object.keys(report.findings[0])).not.toContain('confirm');
  });

  it('rejects confirm without the live run, saying what is missing', async () => {
    const [finding] = diagnose(strange).findings;
    await expect(finding.confirm()).rejects.toThrow(
      'confirm: "run" must be the live run; a log alone has neither the data nor the model to experiment with.',
    );
  });

  it.each([
    [() => diagnose(null as never), 'invalid-type'],
    [() => diagnose({ kind: 'report' } as never), 'invalid-type'],
    [() => diagnose(strange, { checks: ['overfit'] }), 'unknown-name'],
    [() => diagnose(strange, { checks: [] }), 'invalid-type'],
    [() => diagnose(strange, { level: 1 }), 'out-of-range'],
    [() => diagnose(strange, { levels: 0.9 } as never), 'unknown-option'],
  ])('refuses %s with %s', (call, code) => {
    let thrown: unknown;
    try {
      call();
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(InputError);
    expect((thrown as InputError).code).toBe(code);
  });

  it('names the nearest check', () => {
    expect(() => diagnose(strange, { checks: ['over-fitting'] })).toThrow('Did you mean "overfitting"?');
  });
});

describe('diagnose of several runs', () => {
  const calm = makeLog({ seed: 0 });
  const high = (seed: number): RunLog => makeLog({ seed, initial: scores(9) });

  it('says once what several seeds have, with how many', () => {
    const report = diagnose([calm, high(1), high(2)]);
    expect(report.findings.map(({ code, severity, seeds }) => [code, severity, seeds])).toEqual([
      ['starts-too-high', 'warning', { found: 2, of: 3, which: [1, 2] }],
    ]);
    expect(report.findings[0].message).toMatch(/\(with 2 of 3 seeds\)\.$/);
    expect(report.runs).toBe(3);
    const outcome = report.outcomes.find(({ check }) => check === 'initial-loss')!;
    expect([outcome.status, outcome.reason]).toEqual(['found', 'With 2 of 3 seeds.']);
    expect(outcome.measure.bySeed).toHaveLength(3);
  });

  it('tells a warning of fewer than half of the seeds as an info, an error as an error', () => {
    const [warning] = diagnose([calm, calm, high(1)]).findings;
    expect([warning.severity, warning.seeds!.found]).toEqual(['info', 1]);
    const [half] = diagnose([calm, high(1)]).findings;
    expect(half.severity).toBe('warning');
    const report = diagnose([calm, calm, calm, { ...strange, seed: 7 }]);
    expect(report.findings.map(({ severity, seeds }) => [severity, seeds!.which])).toEqual([
      ['error', [7]],
      ['info', [7]],
    ]);
  });

  it('says the same of one run in an array as of the run, and of logs as of their runs', () => {
    expect(JSON.stringify(diagnose([strange]))).toBe(JSON.stringify(diagnose(strange)));
    const logs = [calm, high(1)];
    const runs = { kind: 'runs' as const, name: 'tiny', logs };
    expect(JSON.stringify(diagnose(runs))).toBe(JSON.stringify(diagnose(logs)));
    expect(JSON.stringify(diagnose({ run: runs }))).toBe(JSON.stringify(diagnose(logs)));
    expect(() => diagnose([])).toThrow('must be a run');
    expect(() => diagnose([calm, null as never])).toThrow('must be a run');
  });

  it('calls a layer the same by its place, whatever its name', () => {
    const finding = (layer: string): FindingData => ({
      ...{ kind: 'finding', check: 'c', code: 'x', severity: 'warning', where: { layer }, evidence: {} },
      ...{
        ...{ score: 1, threshold: 1, detection: { rate: 0, interval: [0, 1], faults: 1 }, references: [] },
        falseAlarmRate: { rate: 0, interval: [0, 1], healthyRuns: 1 },
        causes: [],
        message: 'm.',
        why: '',
      },
    });
    const of = (name: string, layer = name): SeedChecks => {
      const { model } = calm;
      const layers = [{ name, type: 'Dense', outputShape: [null, 1], parameters: 1 }];
      const outcome = {
        check: 'c',
        title: '',
        question: '',
        status: 'found',
        reason: '',
        measure: {},
        scores: {},
      } as const;
      return {
        log: { ...calm, model: { ...model, layers } },
        checks: [{ outcome, findings: [finding(layer)] }],
      };
    };
    expect(
      mergeFindings([of('dense_1'), of('dense_7')]).map(({ finding: { seeds } }) => seeds!.found),
    ).toEqual([2]);
    expect(mergeFindings([of('dense_1'), of('dense_1', 'other')]).map(({ run }) => run)).toEqual([0, 1]);
  });
});
