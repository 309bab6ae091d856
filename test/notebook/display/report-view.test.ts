import type { Report } from '../../../src/suspect/report';
import { diagnose } from '../../../src/suspect/diagnose';
import { bundleOf, textOf } from '../../../src/notebook/display/bundle-of';
import { figuresOf } from '../../../src/notebook/display/view';
import { viewOf } from '../../../src/notebook/display/view-of';
import { confirmationOf, findingOf } from '../../figures/results';
import { makeLog, scores } from '../../suspect/make-log';

const mockConfirm = jest.fn();

jest.mock('../../../src/confirm/confirm-finding', () => ({
  ...jest.requireActual('../../../src/confirm/confirm-finding'),
  confirmFinding: (...args: unknown[]) => mockConfirm(...args),
}));

const outcome = (status: string, title: string, reason = ''): Report['outcomes'][number] =>
  ({ check: title, title, question: `${title}?`, status, reason, measure: {}, scores: {} }) as never;

const reportOf = (parts: Partial<Report> = {}): Report => ({
  kind: 'report',
  name: 'pets',
  summary: 'pets: Loss explodes.',
  findings: [findingOf()] as unknown as Report['findings'],
  outcomes: [
    outcome('found', 'Loss'),
    outcome('nothing-found', 'Labels'),
    outcome('nothing-found', 'Units'),
    outcome('skipped', 'Easy', 'No slices.'),
    outcome('failed', 'Odd', 'TypeError: no.'),
  ],
  warnings: [],
  ...parts,
});

const html = async (result: object): Promise<string> =>
  String((await bundleOf(result, { png: false }))['text/html']);

describe('a report', () => {
  it('says how sure, where, why, what it could be and what to run next, in that order', () => {
    const experiment = { id: 'e', title: 'on standardised inputs', seconds: 0.437 };
    const finding = findingOf({
      where: { layer: 'dense', epoch: 3, lastEpoch: 9 },
      evidence: { ratio: 0.5 },
      experiment,
    });
    const text = textOf(reportOf({ findings: [finding] as never }));
    const lines = text.split('\n').map((line) => line.trim());
    expect(lines.slice(0, 10)).toEqual([
      'pets: Loss explodes.',
      '',
      '▲ warning: Loss explodes.',
      // 1 of 251, 202 of 210
      'How sure: This check spoke up on 0.4 % [0.1, 2.2] of 251 healthy runs and named 96 % [93, 98] of 210 planted faults of its kind.',
      'Where: Layer dense, epochs 3 to 9.',
      'Why it matters: Because. See LeCun et al., “Efficient BackProp” (1998).',
      'possible cause             weight (%)  what to do',
      'The rate is too high.            75 %  Lower it.',
      'The inputs are too large.        25 %  Scale them.',
      'What to run next: report.findings[0].confirm() trains on standardised inputs, about 0.4 s.',
    ]);
  });

  it('says what was not counted, and leaves out what is not known', () => {
    const unknown = { rate: NaN, interval: [0, 1] as const };
    const finding = findingOf({
      falseAlarmRate: { ...unknown, healthyRuns: 0 },
      detection: { ...unknown, faults: 0 },
      references: [],
      experiment: null,
    });
    const text = textOf(reportOf({ findings: [finding] as never }));
    expect(text).toContain('How often this check speaks up on healthy runs has not been counted.');
    expect(text).toContain('Why it matters: Because.\n');
    expect(text).not.toMatch(/Where:|What to run next/);
    const uncounted = findingOf({ detection: { ...unknown, faults: 0 } });
    expect(textOf(reportOf({ findings: [uncounted] as never }))).toContain('of 251 healthy runs.\n');
    expect(textOf(findingOf({ where: { step: 0 } }))).toContain('Where: Before the first step.');
  });

  it('counts causes of little weight', () => {
    const [cause] = findingOf().causes;
    const causes = [0.9, 0.06, 0.02, 0.02].map((weight, i) => ({ ...cause, id: String(i), weight }));
    expect(textOf(reportOf({ findings: [findingOf({ causes })] as never }))).toContain('… and 2 more');
  });

  it('folds what is in order, what could not look and what is no worry into a line each', async () => {
    const info = findingOf({ severity: 'info', message: 'A class is rare.' });
    const report = reportOf({ findings: [findingOf(), info] as never, healthy: 'Training had converged.' });
    const text = textOf(report);
    expect(text).toContain('pets: Loss explodes.\nTraining had converged.\n');
    expect(text).toContain('Also noticed: 1 thing\n  A class is rare.');
    expect(text).toContain('2 checks found nothing strange.');
    expect(text).not.toContain('Units?');
    expect(text).toContain('2 could not look: 1 skipped, 1 failed\n');
    expect(text).toMatch(/Odd +failed +TypeError: no\./);
    const page = await html(report);
    expect(page).toMatch(/<summary[^>]*>2 checks found nothing strange<\/summary>.*Units\?/s);
    expect(page).toMatch(/<summary[^>]*>Also noticed: 1 thing<\/summary>.*A class is rare/s);
  });

  it('shows the figure of the first finding, and folds those of the others', async () => {
    const log = makeLog();
    const live = [findingOf({ where: { epoch: 3 } }), findingOf({ where: { epoch: 5 }, message: 'Other.' })];
    const findings = live.map((one) => ({ ...one, log }));
    const report = reportOf({ findings: findings as never });
    expect(figuresOf(viewOf(report)!).map(({ title }) => title)).toEqual(['Loss explodes', 'Other']);
    const [first, second] = (await html(report)).split('<section').slice(1);
    expect(first).toMatch(/hunch-figure/);
    expect(first).not.toContain('Show it in a figure');
    expect(second).toMatch(/<details><summary[^>]*>Show it in a figure.*hunch-figure/s);
    expect(await html(reportOf())).not.toContain('hunch-figure');
  });
});

describe('a live report', () => {
  const strange = makeLog({ initial: scores(9, 0.1) });

  it('has figures while it is live, and none after JSON', async () => {
    const report = diagnose(strange);
    expect(report.findings[0].log).toBe(strange);
    expect(await html(report)).toContain('hunch-figure');
    const read = JSON.parse(JSON.stringify(report)) as Report;
    expect(await html(read)).not.toContain('hunch-figure');
    expect(Object.keys(read.findings[0])).not.toContain('log');
    expect(Object.keys(read.findings[0])).not.toContain('confirmations');
  });

  it('shows what was learnt under the finding once it has been confirmed', async () => {
    const report = diagnose(strange);
    mockConfirm.mockResolvedValueOnce(confirmationOf());
    expect(textOf(report)).not.toContain('Learnt');
    await report.findings[0].confirm();
    expect(report.findings[0].confirmations).toHaveLength(1);
    const text = textOf(report);
    expect(text).toContain('Learnt in 2 s: The learning rate was too high. Divide it by ten.');
    expect(text).not.toContain('What to run next: report.findings[0]');
    expect(await html(report)).toMatch(/<summary[^>]*>Causes before and after<\/summary>/);
  });

  it('says how to go on where an experiment did not decide it', async () => {
    const report = diagnose(strange);
    mockConfirm.mockResolvedValueOnce({ ...confirmationOf(), verdict: 'cannot-tell' });
    await report.findings[0].confirm();
    expect(textOf(report)).toContain(
      'What to run next: report.findings[0].confirm({ until: 0.9 }) goes on until one cause has 90 %.',
    );
  });

  it('keeps nothing of an experiment that was stopped', async () => {
    const report = diagnose(strange);
    mockConfirm.mockResolvedValueOnce({ ...confirmationOf(), verdict: 'aborted' });
    await report.findings[0].confirm();
    expect(report.findings[0].confirmations).toEqual([]);
  });

  it('takes the log of the run that a finding comes from', () => {
    const calm = makeLog({ seed: 1 });
    const { findings } = diagnose([calm, strange]);
    expect(findings.find(({ code }) => code === 'starts-too-high')!.log).toBe(strange);
  });
});

describe('a confirmation', () => {
  it('has a row for each of several experiments', () => {
    const [cause] = confirmationOf().causes;
    const step = (title: string, weight: number, seen: boolean): object => ({
      ...{ experiment: title, title, seconds: 0.41, estimate: 0.5, message: '' },
      observations: [{ question: 'Does it fall?', seen }],
      causes: [{ ...cause, weight }],
    });
    const steps = [step('without dropout', 0.6, false), step('with the learning rate × 0.1', 0.9, true)];
    const text = textOf({ ...confirmationOf(), steps });
    expect(text.split('\n')[0]).toBe('The learning rate was too high.');
    expect(text).toMatch(
      /Training without dropout +Does it fall\? No\. +The learning rate is too high\. +60 % +0\.41 +0\.5/,
    );
    expect(text).toContain('Does it fall? Yes.');
    expect(text).toMatch(/The learning rate is too high\. +40 % +90 % +Divide it by ten\./);
    expect(textOf({ ...confirmationOf(), steps: steps.slice(0, 1) })).not.toContain('one after another');
  });
});
