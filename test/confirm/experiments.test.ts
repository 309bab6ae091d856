import { standardised } from '../../src/confirm/batch-experiment';
import { guessOnBatch } from '../../src/confirm/best-constant';
import { rankCauses } from '../../src/confirm/causes';
import { confirmFinding } from '../../src/confirm/confirm-finding';
import { findDuplicates } from '../../src/confirm/duplicates';
import type { LiveRun } from '../../src/confirm/live-run';
import { overfitOneBatch } from '../../src/confirm/overfit-one-batch';
import { halfOf, reshuffled } from '../../src/confirm/pool-split';
import { onProgress } from '../../src/core/progress';
import { diagnose } from '../../src/suspect/diagnose';
import { makeLog } from '../suspect/make-log';
import { twoClasses } from './naive-trainer';

jest.mock('../../src/build/train-steps', () => jest.requireActual('./naive-trainer'), { virtual: true });

const build = (): null => null;
const runWith = (learningRate: number, train = twoClasses(40)): LiveRun => {
  const log = makeLog();
  return { kind: 'run', log: { ...log, config: { ...log.config, learningRate } }, train, build };
};
const stuck = (causes: Parameters<typeof rankCauses>[0]) => ({
  check: 'not-learning',
  code: 'no-better-than-guessing',
  message: 'stuck',
  causes: rankCauses(causes),
});

describe('overfitOneBatch', () => {
  it('says that a batch which can be learnt goes to zero', async () => {
    const result = await overfitOneBatch(runWith(1));
    expect(result.outcome).toBe('goes-to-zero');
    expect(result.n).toBe(16);
    expect(result.arms[0].losses).toHaveLength(200);
    expect(result.arms[0].finalLoss).toBeLessThan(0.05);
    expect(JSON.parse(JSON.stringify(result)).outcome).toBe('goes-to-zero');
  });

  it('gives the same for the same seed', async () => {
    const [a, b] = [await overfitOneBatch(runWith(1)), await overfitOneBatch(runWith(1))];
    expect(a.arms).toEqual(b.arms);
  });

  it('stays up at a tiny learning rate and names usual causes', async () => {
    const result = await overfitOneBatch(build, twoClasses(40), { learningRate: 1e-6 });
    expect(result.outcome).toBe('plateaus');
    expect(result.causes.map(({ id }) => id)).toContain('learning-rate-too-low');
  });

  it('refuses what it cannot use', async () => {
    await expect(overfitOneBatch(build)).rejects.toMatchObject({ code: 'missing', param: 'dataset' });
    await expect(overfitOneBatch(runWith(1), undefined, { batchSize: 0 })).rejects.toMatchObject({
      code: 'out-of-range',
    });
    await expect(overfitOneBatch({ ...runWith(1), build: {} })).rejects.toMatchObject({ param: 'run.build' });
  });
});

describe('confirmFinding with one batch', () => {
  const causes = { 'learning-rate-too-low': 1, 'inputs-not-scaled': 1, 'wiring-broken': 1 };

  it('confirms a learning rate that is too low', async () => {
    const result = await confirmFinding(runWith(0.0008), stuck(causes), null);
    expect(result.arms.map(({ id, outcome }) => [id, outcome])).toEqual([
      ['as-is', 'plateaus'],
      ['standardised', 'plateaus'],
      ['rate-tenth', 'plateaus'],
      ['rate-thousandth', 'plateaus'],
      ['rate-tenfold', 'plateaus'],
      ['rate-hundredfold', 'goes-to-zero'],
    ]);
    expect([result.verdict, result.cause]).toEqual(['confirmed', 'learning-rate-too-low']);
    expect(result.causes.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
  });

  it('confirms inputs that are far too small for the learning rate', async () => {
    const result = await confirmFinding(runWith(1, twoClasses(40, 1e-4)), stuck(causes), null);
    expect(result.arms[1].outcome).toBe('goes-to-zero');
    expect(result.cause).toBe('inputs-not-scaled');
  });

  it('reports its arms and can be aborted, leaving the weights as they were', async () => {
    const aborter = new AbortController();
    const seen: number[] = [];
    const off = onProgress(({ phase, done }) => {
      if (phase === 'update' && seen.push(done) === 2) aborter.abort();
    });
    const finding = stuck(causes);
    const result = await confirmFinding(runWith(1), finding, null, { signal: aborter.signal });
    off();
    expect(result.verdict).toBe('aborted');
    expect(result.arms).toHaveLength(2);
    expect(result.causes).toEqual(finding.causes);
  });

  it('is what a finding of a live run does', async () => {
    const log = makeLog({ nonFinite: { what: 'loss', step: 2, epoch: 1 }, stopped: 'non-finite' });
    const [finding] = diagnose({ ...runWith(1), log }).findings;
    const result = await finding.confirm();
    expect(result.experiment).toBe('overfit-one-batch');
    expect(result.finding?.code).toBe('non-finite-value');
  });
});

describe('parts', () => {
  it('standardises each feature', () => {
    const data = { ...twoClasses(2), features: { values: new Float32Array([1, 5, 3, 5]), shape: [2] } };
    // First feature: mean 2, sd 1; the second is constant.
    expect([...standardised(data).features.values]).toEqual([-1, 0, 1, 0]);
  });

  it('knows what a guess reaches on a batch', () => {
    // Labels 0, 1, 0: entropy of thirds = ln 3 − (2/3) ln 2.
    expect(guessOnBatch({ data: twoClasses(4), batch: [0, 1, 2] })).toBeCloseTo(
      Math.log(3) - (2 / 3) * Math.log(2),
      12,
    );
  });

  it('counts copies across the split and within training', () => {
    const train = twoClasses(10);
    const copy = halfOf(train, 3);
    expect(findDuplicates(train, copy).indices).toEqual([0, 1, 2, 3, 4]);
    expect(findDuplicates(train, twoClasses(10, 1, 2))).toEqual({ indices: [], n: 10, rateWithinTrain: 0 });
  });

  it('draws a new split of the same examples', () => {
    const [a, b] = [twoClasses(10), twoClasses(6, 1, 2)];
    const split = reshuffled(a, b, 0);
    const sorted = (...sets: (typeof a)[]) => sets.flatMap((set) => [...set.features.values]).sort();
    expect([split.train.n, split.validation.n]).toEqual([10, 6]);
    expect(sorted(split.train, split.validation)).toEqual(sorted(a, b));
  });

  it('finds planted copies in a live run, not in its healthy twin', () => {
    const train = twoClasses(40);
    const check = { checks: ['validation-too-good'] };
    const leaking = { ...runWith(1, train), validation: halfOf(train, 0) };
    const [finding] = diagnose(leaking, check).findings;
    expect(finding.code).toBe('validation-in-train');
    expect(finding.message).toBe('20 of 20 validation examples also stand among the training examples.');
    expect(diagnose({ ...leaking, validation: twoClasses(20, 1, 9) }, check).findings).toEqual([]);
  });
});
