import { InputError } from '../../src/core/input-error';
import type { RunLog } from '../../src/build/types';
import { diagnose } from '../../src/suspect/diagnose';
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
    for (const { causes, falseAlarmRate } of diagnose(strange).findings) {
      expect(causes.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
      expect(falseAlarmRate.interval[0]).toBeLessThanOrEqual(falseAlarmRate.interval[1]);
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
    expect(report.outcomes[0].status).toBe('nothing-found');
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
