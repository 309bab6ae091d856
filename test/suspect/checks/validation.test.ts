import type { RunLog } from '../../../src/build/types';
import { configured, epoch, fullLog, outcome, scores, steadily } from '../make-log';
import { judged, testPlants } from '../plants/plant';
import { RISE_ERROR, rising, sliced, tested, VALIDATION_PLANTS } from '../plants/validation-plants';

testPlants(VALIDATION_PLANTS);

const status = (log: RunLog, check: string): string => judged(log, check).outcome.status;

describe('validation-level', () => {
  const few = (n: number): RunLog =>
    fullLog({
      epochs: steadily([0.3]).map((one) => ({ ...one, validation: scores(2.3, undefined, n, 0.1) })),
    });

  it('says nothing of fewer than twenty examples, or a loss of its own', () => {
    expect([few(19), few(20)].map((log) => status(log, 'validation-level'))).toEqual([
      'cannot-tell',
      'found',
    ]);
    const own = configured({ loss: 'custom' }, { epochs: steadily([0.3]) });
    expect(status(own, 'validation-level')).toBe('cannot-tell');
  });

  it('has nothing to carry over where nothing was learnt', () => {
    expect(status(fullLog({ epochs: steadily([2.2], [2.3]) }), 'validation-level')).toBe('nothing-found');
  });

  it('blames labels that were learnt by heart where it took long, another kind of examples where it did not', () => {
    const course = (early: number): RunLog =>
      fullLog({ epochs: Array.from({ length: 10 }, (_, i) => epoch(i + 1, [i < 3 ? early : 0.1], [2.3])) });
    const cause = (early: number): string =>
      judged(course(early), 'validation-level').findings[0].causes[0].id;
    expect([cause(2.2), cause(0.2)]).toEqual(['labels-without-signal', 'validation-differs']);
  });

  it('finds a ring of three classes, and no ring where one is told as another and not back', () => {
    const told = (as: readonly number[]): RunLog => {
      const confusion = as.map((to) => Array.from({ length: 3 }, (_, j) => (j === to ? 40 : 2)));
      return fullLog({
        classes: ['a', 'b', 'c'],
        outcome: { train: outcome(), validation: outcome({ confusion }) },
      });
    };
    const ring = judged(told([1, 2, 0]), 'validation-level').findings.find(
      ({ code }) => code === 'labels-permuted',
    )!;
    expect(ring.evidence).toMatchObject({ classes: 'a → b → c', asOther: 120, asItself: 6 });
    // (120 − 6) / √126.
    expect(ring.score).toBeCloseTo(114 / Math.sqrt(126), 12);
    expect(judged(told([1, 1, 1]), 'validation-level').outcome.scores['labels-permuted']).toBeUndefined();
    expect(judged(told([0, 1, 2]), 'validation-level').outcome.scores['labels-permuted']).toBeUndefined();
  });
});

describe('overfitting', () => {
  const run = (validation: readonly number[], fall = 0.1): RunLog =>
    fullLog({ epochs: validation.map((loss, i) => epoch(i + 1, [1.5 - fall * i], [loss])) });

  it('finds the epoch from which validation rises', () => {
    const [finding] = judged(run([1.5, 1, 0.8, 0.9, 1, 1.1, 1.2, 1.3]), 'overfitting').findings;
    expect(finding.where).toEqual({ epoch: 3, lastEpoch: 8 });
    expect(finding.evidence.rise).toBeCloseTo(0.5, 12);
    // Two standard errors either way.
    expect(finding.interval![0]).toBeCloseTo(0.5 - 2 * RISE_ERROR, 12);
  });

  it('leaves a rise of less than a tenth alone, however sure', () => {
    const sure = (rise: number): RunLog => {
      const { epochs, ...rest } = rising(rise);
      const error = (one: RunLog['epochs'][number]) =>
        scores(one.validation!.loss.value, undefined, 400, 1e-4);
      return { ...rest, epochs: epochs.map((one) => ({ ...one, validation: error(one) })) };
    };
    expect([0.0199, 0.0201].map((rise) => status(sure(rise), 'overfitting'))).toEqual([
      'nothing-found',
      'found',
    ]);
  });

  it('is quiet when training rises as well, and for jitter as large as the rise', () => {
    expect(status(run([1, 0.8, 0.9, 1, 1.1, 1.2], -0.1), 'overfitting')).toBe('nothing-found');
    expect(status(run([1, 0.6, 1, 0.6, 1, 0.6, 1, 0.8]), 'overfitting')).toBe('nothing-found');
  });

  it('cannot tell from three epochs, or where the loss is no number', () => {
    expect([run([1, 2, 3]), run([1, 2, 3, 4, NaN])].map((log) => status(log, 'overfitting'))).toEqual([
      ...['cannot-tell', 'cannot-tell'],
    ]);
  });

  it('takes what never carried over for labels without signal', () => {
    const [finding] = judged(run([2.3, 2.4, 2.6, 2.9, 3.3, 3.8]), 'overfitting').findings;
    expect(finding.causes[0].id).toBe('labels-without-signal');
  });
});

describe('validation-too-good', () => {
  it('asks accuracy to agree', () => {
    const z = (accuracy: number): number =>
      judged(fullLog({ epochs: [epoch(1, [0.5, 0.85], [0.2, accuracy])] }), 'validation-too-good').outcome
        .scores['validation-beats-train'];
    // Agresti–Coull: (0.85 · 400 + 2) / 404 and (0.9 · 400 + 2) / 404 with variance p (1 − p) / 404.
    const [p, q] = [342 / 404, 362 / 404];
    const accuracyZ = 0.05 / Math.sqrt((p * (1 - p) + q * (1 - q)) / 404);
    expect(z(0.9)).toBeCloseTo(1.5 * accuracyZ, 9);
    // Accuracy is sure; the loss is (0.5 − 0.2) / 0.0283 = 10.6 standard errors better.
    expect(z(1)).toBeCloseTo(0.3 / Math.hypot(0.02, 0.02), 9);
    expect(z(0.85)).toBeUndefined();
  });

  it('blames wrong labels where some examples are never learnt', () => {
    const twenty = (value: number): number[] => new Array<number>(20).fill(value);
    // Three of twenty are right in fewer than three of ten epochs: 15 %.
    const correctSum = twenty(10).fill(2, 0, 3);
    const examples = {
      ...{
        n: 20,
        ids: twenty(0).map(String),
        seen: twenty(10),
        lossSum: twenty(1),
        confidenceSum: twenty(5),
      },
      ...{ correctSum, forgotten: twenty(0), firstLearned: twenty(1) },
    };
    const cause = (log: RunLog): string => judged(log, 'validation-too-good').findings[0].causes[0].id;
    const epochs = [epoch(1, [0.5], [0.2])];
    expect(cause(fullLog({ epochs, examples }))).toBe('labels-noisy');
    expect(cause(fullLog({ epochs, examples: { ...examples, correctSum: twenty(10) } }))).toBe(
      'validation-easier',
    );
  });
});

describe('test-level', () => {
  it('cannot tell from fewer than twenty losses, or a validation loss without a spread', () => {
    expect([tested(9, 19), tested(9, 20)].map((one) => judged(one, 'test-level').outcome.status)).toEqual([
      ...['cannot-tell', 'found'],
    ]);
    const { predictions } = tested(9) as unknown as { readonly predictions: never };
    const validation = scores(0.2, undefined, 400, NaN);
    const run = fullLog({ epochs: [{ ...epoch(1, [0.2], null), validation }] });
    expect(judged({ run, predictions }, 'test-level').outcome.status).toBe('cannot-tell');
  });
});

describe('easy-worse-than-hard', () => {
  it('says how often', () => {
    const [finding] = judged(sliced(30, 10, -9), 'easy-worse-than-hard').findings;
    expect([finding.evidence.easiestError, finding.evidence.hardestError]).toEqual([0.3, 0.1]);
  });

  it('cannot tell from a circular difficulty, or one slice', () => {
    expect(judged(sliced(30, 10, -9, true), 'easy-worse-than-hard').outcome.status).toBe('cannot-tell');
    const { run, slices } = sliced(30, 10, -9) as never as {
      run: RunLog;
      slices: { slices: readonly unknown[] };
    };
    const one = { ...slices, slices: slices.slices.slice(0, 1) } as never;
    expect(judged({ run, slices: one }, 'easy-worse-than-hard').outcome.reason).toBe(
      'There is only one slice of difficulty.',
    );
  });
});
