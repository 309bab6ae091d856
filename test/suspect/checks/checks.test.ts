import type { RunLog } from '../../../src/build/types';
import type { DifficultySlices } from '../../../src/look/types';
import { diagnose } from '../../../src/suspect/diagnose';
import { CHECKS } from '../../../src/suspect/checks';
import { WORDED_CODES } from '../../../src/suspect/words';
import { epoch, makeLog, scores } from '../make-log';

const found = (log: RunLog, check: string) => diagnose(log, { checks: [check] }).findings[0];
const status = (log: RunLog, check: string) => diagnose(log, { checks: [check] }).outcomes[0].status;
const config = (change: Partial<RunLog['config']>) => ({ config: { ...makeLog().config, ...change } });

it('has unique ids, and every check a question and a reference', () => {
  expect(new Set(CHECKS.map(({ id }) => id)).size).toBe(6);
  for (const check of CHECKS) {
    expect(check.question).toMatch(/\?$/);
    expect(check.references.length).toBeGreaterThan(0);
  }
  expect(WORDED_CODES).toHaveLength(13);
});

it('finds nothing in a healthy run, and skips what lacks', () => {
  const report = diagnose(makeLog());
  expect(report.findings).toEqual([]);
  expect(report.outcomes.map((outcome) => outcome.status)).toEqual([
    'nothing-found',
    'nothing-found',
    'nothing-found',
    'nothing-found',
    'nothing-found',
    'skipped',
  ]);
  expect(report.summary).toBe('tiny run: nothing looks strange to 5 checks (1 skipped).');
});

describe('non-finite', () => {
  it('names the step and the layer that the log recorded', () => {
    const log = makeLog({
      nonFinite: { what: 'weight', step: 7, epoch: 1, layer: 'dense_1' },
      stopped: 'non-finite',
    });
    const finding = found(log, 'non-finite');
    expect(finding.code).toBe('non-finite-value');
    expect(finding.where).toEqual({ epoch: 1, step: 7, layer: 'dense_1' });
    expect(finding.severity).toBe('error');
    expect(finding.message).toContain('A weight stopped being a number at step 7 in layer dense_1');
  });

  it('finds the step in the losses of a log that recorded nothing', () => {
    // Entry 2 with a stride of 5 begins at step 2 · 5 + 1 = 11, in epoch floor(10 / 10) + 1 = 2.
    const log = makeLog({ steps: { stride: 5, loss: [2, 3, NaN], learningRate: [1, 1, 1] } });
    expect(found(log, 'non-finite').where).toEqual({ epoch: 2, step: 11 });
  });

  it('is quiet about a loss that is huge but finite', () => {
    const log = makeLog({ steps: { stride: 1, loss: [1e30], learningRate: [1] } });
    expect(status(log, 'non-finite')).toBe('nothing-found');
  });
});

describe('initial-loss', () => {
  // Ceiling: ln 10 + 1 + z · 0.02 with z = Φ⁻¹(1 − 0.05/6) = 2.394: 3.3026 + 0.0479 = 3.3505.
  it.each([
    [3.34, 'nothing-found'],
    [3.36, 'found'],
  ])('judges a first loss of %d: %s', (loss, expected) => {
    expect(status(makeLog({ initial: scores(loss) }), 'initial-loss')).toBe(expected);
  });

  it('blames the scale of the inputs where they are large', () => {
    const log = makeLog({ initial: scores(9) });
    const data = {
      ...log.data,
      train: { ...log.data.train!, features: { min: 0, max: 255, mean: 90, sd: 60 } },
    };
    expect(found({ ...log, data }, 'initial-loss').causes[0].id).toBe('inputs-not-scaled');
  });

  it('finds a model that starts too well', () => {
    expect(found(makeLog({ initial: scores(0.1) }), 'initial-loss').code).toBe('starts-too-low');
  });

  it('cannot tell for a given model or a loss of its own', () => {
    const high = { initial: scores(9) };
    expect(status(makeLog({ ...high, ...config({ initialWeights: 'given' }) }), 'initial-loss')).toBe(
      'cannot-tell',
    );
    expect(status(makeLog({ ...high, ...config({ loss: 'custom' }) }), 'initial-loss')).toBe('cannot-tell');
  });

  it('knows the target of a regression', () => {
    const base = makeLog({ task: 'regression', classes: [], ...config({ loss: 'meanSquaredError' }) });
    const target = (targetMean: number): RunLog => ({
      ...base,
      initial: scores(targetMean ** 2 + 4),
      data: { ...base.data, train: { ...base.data.train!, classCounts: [], targetMean, targetVariance: 4 } },
    });
    expect(status(target(1), 'initial-loss')).toBe('nothing-found');
    // 11² = 121 is above 25 · 4 = 100.
    expect(found(target(11), 'initial-loss').code).toBe('target-off-centre');
    expect(status(target(9), 'initial-loss')).toBe('nothing-found');
  });
});

describe('not-learning', () => {
  const run = (loss: number, accuracy: number, epochs = 10): RunLog =>
    makeLog({
      epochs: Array.from({ length: epochs }, (_, i) => epoch(i + 1, [loss, accuracy], [loss, accuracy])),
    });

  it('finds a run that ends where a guess does', () => {
    const finding = found(run(2.3, 0.1), 'not-learning');
    expect(finding.code).toBe('no-better-than-guessing');
    // Entropy of ten equal classes is ln 10 = 2.302585.
    expect(finding.evidence.priorLoss).toBeCloseTo(Math.log(10), 12);
    expect(finding.where).toEqual({ epoch: 10 });
  });

  // Guess 0.1 on 400 examples: standard error √(0.1 · 0.9 / 400) = 0.015; 0.1 + 2.394 · 0.015 = 0.1359.
  it.each([
    [0.135, 'found'],
    [0.137, 'nothing-found'],
  ])('judges an accuracy of %d: %s', (accuracy, expected) => {
    expect(status(run(2.3, accuracy), 'not-learning')).toBe(expected);
  });

  it('cannot tell after few steps', () => {
    expect(status(run(2.3, 0.1, 4), 'not-learning')).toBe('cannot-tell');
    expect(status(run(2.3, 0.1, 5), 'not-learning')).toBe('found');
  });

  it('knows a run that sits at the floor from one that is stuck', () => {
    expect(status(run(0.001, 1), 'not-learning')).toBe('nothing-found');
  });

  it('finds divergence', () => {
    expect(found(run(30, 0.1), 'not-learning').code).toBe('diverged');
  });

  it('finds weights that never moved, though by chance they beat a guess', () => {
    const still = { ...run(2.3, 0.2), initial: scores(2.3, 0.2) };
    expect(found(still, 'not-learning').code).toBe('no-better-than-guessing');
    expect(status({ ...still, initial: scores(2.5, 0.1) }, 'not-learning')).toBe('nothing-found');
  });

  it('is quiet where few validation examples leave accuracy open but their loss beats a guess', () => {
    const log = makeLog({
      epochs: Array.from({ length: 10 }, (_, i) => epoch(i + 1, [0.6, 0.7], [1.5, 0.11])),
    });
    expect(status(log, 'not-learning')).toBe('nothing-found');
  });

  it('finds a model that guesses on validation', () => {
    const log = makeLog({
      epochs: Array.from({ length: 10 }, (_, i) => epoch(i + 1, [0.3, 0.95], [6, 0.11])),
    });
    expect(found(log, 'not-learning').code).toBe('guesses-on-validation');
  });
});

describe('overfitting', () => {
  const run = (validation: readonly number[], fall = 0.1): RunLog =>
    makeLog({
      epochs: validation.map((loss, i) => epoch(i + 1, [1.5 - fall * i, 0.5], [loss, 0.5])),
    });

  it('finds the epoch from which validation rises', () => {
    const finding = found(run([1.5, 1, 0.8, 0.9, 1, 1.1, 1.2, 1.3]), 'overfitting');
    expect(finding.where).toEqual({ epoch: 3 });
    expect(finding.evidence.rise).toBeCloseTo(0.5, 12);
  });

  // Error of the rise: √(2 · 0.02² · (1 − 0.8)) = 0.01265, times 2.394 = 0.0303; the line is straight, so no jitter;
  // the other bound is a tenth of the best loss, 0.02.
  it.each([
    [0.029, 'nothing-found'],
    [0.032, 'found'],
  ])('judges a rise of %d: %s', (rise, expected) => {
    const validation = [0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2 + rise];
    expect(status(run(validation), 'overfitting')).toBe(expected);
  });

  it('is quiet when training rises as well, and for jitter as large as the rise', () => {
    expect(status(run([1, 0.8, 0.9, 1, 1.1, 1.2], -0.1), 'overfitting')).toBe('nothing-found');
    expect(status(run([1, 0.6, 1, 0.6, 1, 0.6, 1, 0.8]), 'overfitting')).toBe('nothing-found');
  });

  it('cannot tell from three epochs', () => {
    expect(status(run([1, 2, 3]), 'overfitting')).toBe('cannot-tell');
  });

  it('is skipped without validation', () => {
    const log = makeLog({ epochs: [epoch(1, [1, 0.5], null)] });
    const [outcome] = diagnose(log, { checks: ['overfitting'] }).outcomes;
    expect([outcome.status, outcome.reason]).toEqual([
      'skipped',
      'The run has no validation scores; pass validation data to fit.',
    ]);
  });
});

describe('validation-too-good', () => {
  const run = (validationLoss: number): RunLog =>
    makeLog({ epochs: [epoch(1, [0.5, 0.85], [validationLoss, 0.9])] });

  // Error of the difference: √(0.02² + 0.02²) = 0.02828, times 2.394 = 0.0677.
  it.each([
    [0.43, 'found'],
    [0.435, 'nothing-found'],
  ])('judges a validation loss of %d against 0.5: %s', (loss, expected) => {
    expect(status(run(loss), 'validation-too-good')).toBe(expected);
  });

  it('finds the same data on both sides', () => {
    const log = makeLog();
    const finding = found(
      { ...log, data: { train: log.data.train, validation: log.data.train } },
      'validation-too-good',
    );
    expect(finding.code).toBe('validation-in-train');
    expect(finding.causes).toHaveLength(1);
  });

  it('finds a score beyond people only where it is beyond luck', () => {
    const level = (value: number): RunLog =>
      makeLog({
        epochs: [epoch(1, [0.1, 0.99], [0.1, 0.98])],
        goals: { humanLevel: { metric: 'accuracy', value, source: 'two people' }, baseline: null },
      });
    expect(found(level(0.9), 'validation-too-good').code).toBe('validation-beats-people');
    expect(status(level(0.97), 'validation-too-good')).toBe('nothing-found');
  });
});

describe('easy-worse-than-hard', () => {
  const slice = (label: string, errors: number) => ({
    label,
    from: 0,
    to: 1,
    n: 100,
    errors,
    error: errors / 100,
    interval: [0, 1] as const,
    shareOfExamples: 0.5,
    shareOfErrors: 0.5,
    gainIfFixed: 0,
    indices: [],
  });
  const slices = (easy: number, hard: number, pValue: number, circular = false): DifficultySlices => ({
    kind: 'difficulty-slices',
    name: 'tiny',
    difficulty: { source: 'human', title: 'rated by people', unit: '', circular },
    metric: 'error-rate',
    n: 200,
    overall: { error: (easy + hard) / 200, errors: easy + hard, interval: [0, 1] },
    level: 0.95,
    slices: [slice('easiest half', easy), slice('hardest half', hard)],
    trend: {
      z: easy > hard ? -3 : 3,
      pValue,
      direction: easy > hard ? 'easier-is-worse' : 'harder-is-worse',
    },
    warnings: [],
  });
  const judged = (given: DifficultySlices) =>
    diagnose({ run: makeLog(), slices: given }, { checks: ['easy-worse-than-hard'] });

  it('finds the easiest slice', () => {
    const [finding] = judged(slices(30, 10, 0.001)).findings;
    expect(finding.where).toEqual({ slice: 'easiest half' });
    expect(finding.evidence.easiestError).toBe(0.3);
  });

  // One-sided p = 0.0166 / 2 = 0.0083 < 0.05 / 6 = 0.00833 ≤ 0.0168 / 2.
  it.each([
    [0.0166, 'found'],
    [0.0168, 'nothing-found'],
  ])('judges a trend with p = %d: %s', (pValue, expected) => {
    expect(judged(slices(30, 10, pValue)).outcomes[0].status).toBe(expected);
  });

  it('is quiet when harder is worse, and cannot tell from a circular difficulty', () => {
    expect(judged(slices(10, 30, 0.001)).outcomes[0].status).toBe('nothing-found');
    expect(judged(slices(30, 10, 0.001, true)).outcomes[0].status).toBe('cannot-tell');
  });
});
