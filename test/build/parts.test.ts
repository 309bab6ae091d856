import fc from 'fast-check';
import { exampleSums } from '../../src/engine/train/example-sums';
import { epochStore } from '../../src/engine/train/epoch-store';
import { growingLog } from '../../src/engine/train/growing-log';
import { thinned } from '../../src/engine/train/thinned';
import { isWatched } from '../../src/engine/train/watched-steps';
import { epoch } from '../suspect/make-log';

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
        const parts = naive.map((_, i) => values.slice(i * stride, (i + 1) * stride));
        expect(series.extremes()).toEqual({
          min: parts.map((part) => Math.min(...part)),
          max: parts.map((part) => Math.max(...part)),
        });
      }),
    );
  });
});

describe('epochStore', () => {
  it('leaves out one of two when it is full, the best and the last never, and tells which stay', () => {
    const told: (readonly number[])[] = [];
    const store = epochStore((places) => told.push(places), 4);
    // Validation losses: 3 is the best of the first four, which are full when the fifth comes.
    [5, 4, 1, 2, 3, 6].forEach((loss, i) => store.add(epoch(i + 1, [9], [loss]), i));
    // Pairs (1, 2) and (3, 4): the later of the first, the best of the second.
    expect(told).toEqual([[1, 2]]);
    expect(store.records.map((record) => record.epoch)).toEqual([2, 3, 5, 6]);
    expect([store.ended, store.seconds]).toEqual([6, [1, 2, 4, 5]]);
  });

  it('is bounded, has the best and the last, and goes by the training loss without validation', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 60 }), (losses) => {
        const store = epochStore(() => undefined, 6);
        losses.forEach((loss, i) => store.add(epoch(i + 1, [loss], null), 0));
        const kept = store.records.map((record) => record.epoch);
        expect(kept.length).toBeLessThanOrEqual(6);
        expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b));
        expect(kept.at(-1)).toBe(losses.length);
        expect(kept.map((number) => losses[number - 1])).toContain(Math.min(...losses));
      }),
    );
  });
});

describe('growingLog', () => {
  it('thins layers and outputs along with the epochs, and keeps the extremes of the steps', () => {
    const facts = [{ name: 'a', type: 'Dense', parameters: 1, trainable: true }];
    const log = growingLog(facts);
    for (let i = 1; i <= 2001; i++) {
      log.beginEpoch();
      log.step(i, 0.1);
      log.layers.add({
        norms: [{ layer: 'a', update: i, weight: 1, gradient: 1 }],
        activations: [{ layer: 'a', mean: i, spread: 1, zeros: 0, saturated: 0, dead: 0 }],
        exampleGradients: null,
      });
      log.endEpoch(epoch(i, [i], null));
    }
    const { epochs, layers, activations, steps, timing } = log.parts('completed');
    const numbers = epochs.map((record) => record.epoch);
    // 2,000 become 1,000 when the next comes: the first (the best) of the first pair, the later ones of the others.
    expect([numbers.length, ...numbers.slice(0, 3), numbers.at(-1)]).toEqual([1001, 1, 4, 6, 2001]);
    expect(layers[0].updateRatio).toEqual(numbers);
    expect(activations[0].mean).toEqual(numbers);
    expect(timing.secondsPerEpoch).toHaveLength(1001);
    // 2,000 steps fill it: two a point, the last alone.
    expect([steps.stride, steps.loss.at(-1), steps.min?.[1], steps.max?.[1]]).toEqual([2, 2001, 3, 4]);
    expect(log.ended).toBe(2001);
  });

  it('says no extremes while each step is a point of its own', () => {
    const log = growingLog([]);
    log.step(1, 0.1);
    expect(log.parts('completed').steps).toEqual({ stride: 1, loss: [1], learningRate: [0.1] });
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
