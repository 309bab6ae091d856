import { allowanceOf } from '../../../src/build/baselines/budget';
import { judgeScore, meanOf, middleOf } from '../../../src/build/baselines/judge';
import { messageOf } from '../../../src/build/baselines/message';
import { LADDER } from '../../../src/build/baselines/ladder';
import type { Rung, Sizes } from '../../../src/build/baselines/rung';
import { wilsonInterval } from '../../../src/stats/wilson-interval';
import { ladderOf } from '../../figures/results';

describe('judgeScore', () => {
  it('has Wilson’s interval for right and wrong of one seed', () => {
    const values = Float64Array.of(1, 1, 1, 0, 1);
    const { score, interval, spread } = judgeScore([values], true, 0.95);
    expect(score).toBeCloseTo(0.8, 12);
    expect(interval[0]).toBeCloseTo(wilsonInterval(4, 5)[0], 12);
    expect(spread).toBeNull();
  });

  it('adds the seeds: half-widths as squares', () => {
    // Scores 0.8 and 0.6: mean 0.7, sd 0.141421, t(1) = 12.7062: half 1.270620; Wilson's for 7 of 10 halves.
    const seeds = [Float64Array.of(1, 1, 1, 0, 1), Float64Array.of(1, 1, 0, 0, 1)];
    const { score, interval, spread } = judgeScore(seeds, true, 0.95);
    expect(score).toBeCloseTo(0.7, 12);
    expect(spread!.sd).toBeCloseTo(0.1414214, 6);
    expect(interval).toEqual([0, 1]);
    const values = judgeScore([Float64Array.of(3, 3, 3), Float64Array.of(5, 5, 5)], false, 0.95);
    // No spread over examples; 4 ± 12.7062 · 1.
    expect(values.interval[1]).toBeCloseTo(4 + 12.7062047, 5);
  });

  it('takes the mean over seeds for each example, and the seed in the middle', () => {
    expect(Array.from(meanOf([Float64Array.of(1, 0), Float64Array.of(0, 0)]))).toEqual([0.5, 0]);
    expect(middleOf([3, 1, 2])).toBe(2);
    expect(middleOf([3, 1])).toBe(1);
  });

  it('knows no score where values are not numbers', () => {
    expect(judgeScore([Float64Array.of(1, NaN)], false, 0.95).interval).toEqual([NaN, NaN]);
  });
});

describe('allowanceOf', () => {
  const sizes: Sizes = { d: 1, units: 2, validation: 1, dense: 1, shape: [1], seeds: 1 };
  const rung = (cost: Rung['cost']): Rung => ({ ...LADDER[0], cost });

  it('takes as many examples as there is time for, never fewer than a hundred', () => {
    const square = rung((n) => ({ least: n * n, usual: 3 * n * n }));
    expect(allowanceOf(square, 50, sizes, 1e4)).toEqual({ n: 50, seconds: 1e4, expected: 7500 });
    // 316² = 99,856, 317² = 100,489
    expect(allowanceOf(square, 1000, sizes, 1e5)).toMatchObject({ n: 316, expected: 1e5 });
    expect('reason' in allowanceOf(square, 1000, sizes, 9999)).toBe(true);
  });
});

describe('LADDER', () => {
  it('holds each model once, and each task a floor and something that learns', () => {
    const names = LADDER.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const task of ['classification', 'multi-label', 'regression'] as const) {
      for (const inputs of ['columns', 'series', 'image', 'text'] as const) {
        const fitting = LADDER.filter((rung) => rung.fits(task, inputs));
        expect(fitting[0].trivial).toBe(true);
        expect(fitting.filter(({ trivial }) => !trivial).length).toBeGreaterThan(2);
      }
    }
  });
});

describe('messageOf', () => {
  it('names the simplest that is not clearly worse than the best', () => {
    expect(messageOf(ladderOf())).toBe(
      '"logistic regression" is the simplest good model: accuracy 95 % (91–97 %) on 200 validation examples, not clearly worse than the best, "small MLP" (1.5 points better, −0.5 to 3.5). It is 4 points (1.7 to 8) short of the human level, accuracy 99 % (two <people>).',
    );
  });

  it('says where the simplest is the best, and where nothing beats the floor', () => {
    const ladder = ladderOf();
    expect(messageOf({ ...ladder, best: 'logistic regression', human: null })).toBe(
      '"logistic regression" is the simplest good model, and the best of 3: accuracy 95 % (91–97 %) on 200 validation examples.',
    );
    const floor = { ...ladder, simplestGood: 'majority class', human: null } as const;
    expect(messageOf({ ...floor, best: 'majority class' })).toMatch(
      /^No model is better than "majority class"/,
    );
    expect(messageOf(floor)).toMatch(
      /^No model is clearly better than "majority class": .* the best, "small MLP", is 48 points better/,
    );
    const byLoss = { model: 'small MLP', loss: 0.2, priorLoss: 0.69, interval: [0.4, 0.6] } as const;
    expect(messageOf({ ...floor, betterByLoss: byLoss })).toContain(
      'The probabilities of "small MLP" are better all the same: log loss 0.2 against 0.69',
    );
  });

  it('says where people are not clearly ahead, or behind', () => {
    const { human, ...rest } = ladderOf();
    expect(messageOf({ ...rest, human: { ...human!, interval: [-0.01, 0.02] } })).toContain(
      'not clearly apart',
    );
    expect(
      messageOf({ ...rest, human: { ...human!, difference: -0.02, interval: [-0.03, -0.01] } }),
    ).toContain('It is 2 points (1 to 3) beyond the human level');
  });
});
