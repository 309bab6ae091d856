import { rankCauses } from '../../src/confirm/causes';
import { confirmFinding } from '../../src/confirm/confirm-finding';
import type { LiveRun } from '../../src/confirm/live-run';
import type { Dataset } from '../../src/data/types';
import { epoch, makeLog } from '../suspect/make-log';
import { twoClasses } from './naive-trainer';

const mockRises = { now: [0.5, 0.4, 0.9], half: [0.5, 0.8, 1.5], mixed: [0.5, 0.4, 0.9] };

jest.mock(
  '../../src/build/fit',
  () => ({
    fit: async (_build: unknown, train: Dataset) => {
      const { epoch: mockEpoch, makeLog: mockLog } = jest.requireActual('../suspect/make-log');
      const losses = train.n === 20 ? mockRises.half : mockRises.mixed;
      const epochs = losses.map((loss: number, i: number) => mockEpoch(i + 1, [0.3, 0.9], [loss, 0.8]));
      return { log: mockLog({ epochs }) };
    },
  }),
  { virtual: true },
);

const run: LiveRun = {
  kind: 'run',
  log: makeLog({ epochs: mockRises.now.map((loss, i) => epoch(i + 1, [0.3, 0.9], [loss, 0.8])) }),
  train: twoClasses(40),
  validation: twoClasses(20, 1, 2),
  build: () => null,
};
const finding = {
  check: 'overfitting',
  code: 'validation-rises',
  message: 'rises',
  causes: rankCauses({ 'too-few-examples': 1, 'validation-differs': 1 }),
};

describe('confirmFinding with another split', () => {
  it('confirms too few examples where a new split rises as well and half is worse', async () => {
    Object.assign(mockRises, { half: [0.6, 0.8, 1.5], mixed: [0.5, 0.4, 0.9] });
    const result = await confirmFinding(run, finding, null);
    expect(result.arms.map(({ id, outcome }) => [id, outcome])).toEqual([
      ['as-is', 'rises'],
      ['reshuffled', 'rises'],
      ['half', 'rises'],
    ]);
    // No copies: alike. Not better by reshuffling: 0.9 against 0.1. Half is worse: 0.9 against 0.4. 0.81 / 0.85.
    expect(result.cause).toBe('too-few-examples');
    expect(result.causes[0].weight).toBeCloseTo(0.81 / 0.85, 12);
  });

  it('confirms another distribution where a new split no longer rises', async () => {
    Object.assign(mockRises, { half: [0.5, 0.4, 0.9], mixed: [0.5, 0.4, 0.35] });
    const result = await confirmFinding(run, finding, null);
    // 0.9 · 0.6 = 0.54 against 0.1 · 0.1 = 0.01.
    expect(result.cause).toBe('validation-differs');
    expect(result.causes[0].weight).toBeCloseTo(0.54 / 0.55, 12);
  });

  it('says what is missing without validation data', async () => {
    await expect(confirmFinding({ ...run, validation: null }, finding, null)).rejects.toMatchObject({
      code: 'missing',
      param: 'run.validation',
    });
  });
});
