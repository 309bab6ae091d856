import fc from 'fast-check';
import { exampleSums } from '../../src/engine/train/example-sums';
import { thinned } from '../../src/engine/train/thinned';
import { isWatched } from '../../src/engine/train/watched-steps';

describe('thinned', () => {
  it('averages neighbours once it is full', () => {
    const series = thinned(4);
    [1, 2, 3, 4].forEach(series.push);
    // Full: (1 + 2)/2, (3 + 4)/2, and each point stands for two values from now on.
    expect([series.stride, series.points()]).toEqual([2, [1.5, 3.5]]);
    series.push(5);
    expect(series.points()).toEqual([1.5, 3.5, 5]);
    series.push(7);
    expect(series.points()).toEqual([1.5, 3.5, 6]);
  });

  it('keeps the mean of each stretch, and never more points than the limit', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { maxLength: 200 }), (values) => {
        const series = thinned(8);
        values.forEach(series.push);
        const { stride } = series;
        const naive: number[] = [];
        for (let i = 0; i < values.length; i += stride) {
          const part = values.slice(i, i + stride);
          naive.push(part.reduce((a, b) => a + b, 0) / part.length);
        }
        const points = series.points();
        expect(points.length).toBeLessThanOrEqual(8);
        expect(points).toHaveLength(naive.length);
        points.forEach((point, i) => expect(point).toBeCloseTo(naive[i], 9));
      }),
    );
  });
});

describe('exampleSums', () => {
  it('counts what is learnt and forgotten', () => {
    const sums = exampleSums(2);
    // a: wrong, right, wrong, right — learnt in epoch 2, forgotten once. b is never right.
    [false, true, false, true].forEach((correct, i) => sums.add(0, i + 1, 1, 0.5, correct));
    sums.add(1, 1, 2, 0.25, false);
    expect(sums.dynamics()).toEqual({
      n: 2,
      seen: [4, 1],
      lossSum: [4, 2],
      confidenceSum: [2, 0.25],
      confidenceSquareSum: [1, 0.0625],
      correctSum: [2, 0],
      forgotten: [1, 0],
      firstLearned: [2, 0],
    });
  });
});

describe('isWatched', () => {
  const watched = (steps: number, stepsPerEpoch: number): number[] =>
    Array.from({ length: steps }, (_, i) => i).filter((i) => isWatched(i, stepsPerEpoch));

  it('takes about eight steps of an epoch, all of a short one, the first eight where the length is not known', () => {
    expect(watched(80, 80)).toEqual([0, 10, 20, 30, 40, 50, 60, 70]);
    expect(watched(5, 5)).toEqual([0, 1, 2, 3, 4]);
    expect(watched(100, NaN)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(watched(23, 23)).toHaveLength(12);
  });

  it('takes one step in 64 of a longer training, the first of each epoch at least', () => {
    const inEpoch = (stepsPerEpoch: number, epochs: number): number[] =>
      Array.from({ length: stepsPerEpoch }, (_, i) => i).filter((i) => isWatched(i, stepsPerEpoch, epochs));
    expect(inEpoch(10, 50)).toHaveLength(10); // 500 steps
    expect(inEpoch(10, 51)).toEqual([0]); // 510 steps
    expect(inEpoch(128, 100)).toEqual([0, 64]);
    expect(inEpoch(1000, 100)).toHaveLength(8);
  });
});
