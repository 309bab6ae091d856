import { standardised } from '../../src/confirm/batch-experiment';
import { guessOnBatch } from '../../src/confirm/best-constant';
import { rankCauses } from '../../src/confirm/causes';
import { findDuplicates } from '../../src/confirm/duplicates';
import type { ExperimentResult } from '../../src/confirm/experiment';
import { EXPERIMENTS } from '../../src/confirm/experiments';
import type { LiveRun } from '../../src/confirm/live-run';
import { overfitOneBatch } from '../../src/confirm/overfit-one-batch';
import { halfOf, reshuffled } from '../../src/confirm/pool-split';
import { updateCauses } from '../../src/confirm/update-causes';
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

// What confirm() runs is chosen by what it tells; here the experiment itself is asked, on a model that stands in for a network.
describe('one batch as an experiment', () => {
  const weights = { 'learning-rate-too-low': 1, 'inputs-not-scaled': 1, 'wiring-broken': 1 };
  const onBatch = async (run: LiveRun, signal?: AbortSignal): Promise<ExperimentResult> => {
    const setup = { run, finding: stuck(weights), slices: null, seed: 0, onArm: () => undefined, signal };
    return await EXPERIMENTS.find(({ id }) => id === 'overfit-one-batch')!.run(setup);
  };

  it('speaks for a learning rate that is too low', async () => {
    const { arms, observations } = await onBatch(runWith(0.0008));
    expect(arms.map(({ id, outcome }) => [id, outcome])).toEqual([
      ['as-is', 'plateaus'],
      ['standardised', 'plateaus'],
      ['rate-tenth', 'plateaus'],
      ['rate-thousandth', 'plateaus'],
      ['rate-tenfold', 'plateaus'],
      ['rate-hundredfold', 'goes-to-zero'],
    ]);
    const [top] = updateCauses(rankCauses(weights), observations);
    expect(top.id).toBe('learning-rate-too-low');
    expect(top.weight).toBeGreaterThan(0.8);
    expect(observations.find(({ seen }) => seen)!.told).toMatch(
      /^Trained on one batch at a higher learning rate/,
    );
  });

  it('speaks for inputs that are far too small for the learning rate', async () => {
    const { arms, observations } = await onBatch(runWith(1, twoClasses(40, 1e-4)));
    expect(arms[1].outcome).toBe('goes-to-zero');
    expect(updateCauses(rankCauses(weights), observations)[0].id).toBe('inputs-not-scaled');
  });

  it('says nothing when it is aborted', async () => {
    const aborter = new AbortController();
    aborter.abort();
    expect((await onBatch(runWith(1), aborter.signal)).observations).toEqual([]);
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
});
