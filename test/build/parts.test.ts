import fc from 'fast-check';
import { earlyEpochs, exampleSums } from '../../src/engine/train/example-sums';
import { epochStore } from '../../src/engine/train/epoch-store';
import { growingLog } from '../../src/engine/train/growing-log';
import { errorNormIn, marginIn } from '../../src/engine/train/judge-row';
import { significant } from '../../src/engine/train/significant';
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

/** Shares of a softmax, as a model gives them. */
const softmax = (logits: readonly number[]): Float32Array => {
  const powers = logits.map(Math.exp);
  const total = powers.reduce((a, b) => a + b);
  return Float32Array.from(powers, (power) => power / total);
};

describe('exampleSums', () => {
  const spec = { task: 'classification', units: 2, logits: true, epochs: 4 } as const;

  it('counts what is learnt and forgotten', () => {
    const sums = exampleSums(2, spec);
    const half = [0.5, 0.5];
    // a: wrong, right, wrong, right — learnt in epoch 2, forgotten once. b is never right.
    [false, true, false, true].forEach((correct, i) =>
      sums.add(0, i + 1, { loss: i, correct }, 0, half, 0, [], 0),
    );
    sums.add(1, 1, { loss: 2, correct: false }, 0, [0.25, 0.75], 0, [], 0);
    expect(sums.dynamics()).toEqual({
      n: 2,
      seen: [4, 1],
      lossSum: [6, 2],
      // Losses 0 to 3, mean 1.5: 2 · (1.5² + 0.5²) = 5.
      lossSquares: [5, 0],
      confidenceSum: [2, 0.25],
      confidenceSquares: [0, 0],
      correctSum: [2, 0],
      forgotten: [1, 0],
      firstLearned: [2, 0],
      // ln(0.25 / 0.75), with nine digits.
      marginSum: [0, -1.09861229],
      // Epoch 2 alone is early of four: √(0.5² + 0.5²). The second example was not seen in it.
      errorNorm: [0.707106781, NaN],
    });
  });

  it('knows nothing but the loss of a regression', () => {
    const sums = exampleSums(1, { ...spec, task: 'regression', units: 1 });
    sums.add(0, 1, { loss: 0.5, correct: false }, 3, [2], 0, [3], 0);
    const { lossSum, confidenceSum, firstLearned, marginSum, errorNorm } = sums.dynamics();
    expect([lossSum, confidenceSum, firstLearned]).toEqual([[0.5], [0], [0]]);
    expect([marginSum, errorNorm]).toEqual([undefined, undefined]);
  });

  it('keeps the spread of probabilities that hardly differ', () => {
    const sums = exampleSums(1, spec);
    const values = Array.from({ length: 1000 }, (_, i) => 1 - 1e-6 * (1 + (i % 2)));
    values.forEach((p, i) => sums.add(0, i + 1, { loss: 1e6 + p, correct: true }, 0, [p, 1 - p], 0, [], 0));
    const { confidenceSquares, lossSquares } = sums.dynamics();
    // Half at 1e-6, half at 2e-6: each 5e-7 from the mean.
    expect((confidenceSquares as number[])[0] / 2.5e-10).toBeCloseTo(1, 8);
    expect((lossSquares as number[])[0] / 2.5e-10).toBeCloseTo(1, 2);
  });

  it('takes the early epochs: the second to a fifth of all', () => {
    expect([1, 2, 5, 10, 11, 200].map(earlyEpochs)).toEqual([
      [1, 1],
      [2, 2],
      [2, 2],
      [2, 2],
      [2, 3],
      [2, 40],
    ]);
  });
});

const margin = (label: number, outputs: ArrayLike<number>, units: number, logits = true): number =>
  marginIn(label, outputs, 0, units, 'classification', [], 0, logits);
const errorNorm = (label: number, outputs: readonly number[], units: number): number =>
  errorNormIn(label, outputs, 0, units, 'classification', [], 0);

describe('marginIn', () => {
  it('is the difference of logits, whichever the class', () => {
    for (const logits of [
      [2, -1, 0.5],
      [-30, 30, 0],
      [0, 0, 0],
    ]) {
      const outputs = softmax(logits);
      logits.forEach((own, label) => {
        const other = Math.max(...logits.filter((_, k) => k !== label));
        expect(margin(label, outputs, 3)).toBeCloseTo(own - other, 4);
      });
    }
  });

  it('of one unit is the logit with its sign, within ±16; of scores their difference', () => {
    const p = 1 / (1 + Math.exp(-3));
    expect(margin(1, [p], 1)).toBeCloseTo(3, 12);
    expect(margin(0, [p], 1)).toBeCloseTo(-3, 12);
    expect([margin(1, [1], 1), margin(0, [1], 1)].map(Math.round)).toEqual([16, -16]);
    expect(margin(1, softmax([200, -200]), 2)).toBeCloseTo(-126 * Math.LN2, 6);
    expect(margin(1, [0.5, 3, 1], 3, false)).toBe(2);
    expect(margin(1, [0.75], 1, false)).toBe(0.5);
  });
});

describe('errorNormIn', () => {
  it('is the distance from the class alone, for one unit as for two', () => {
    // √(0.2² + 0.5² + 0.3²)
    expect(errorNorm(1, [0.2, 0.5, 0.3], 3)).toBeCloseTo(Math.sqrt(0.38), 12);
    expect(errorNorm(1, [0.8], 1)).toBeCloseTo(errorNorm(1, [0.2, 0.8], 2), 12);
    expect(errorNorm(0, [1], 1)).toBeCloseTo(Math.SQRT2, 12);
  });
});

describe('several labels an example', () => {
  it('count by the mean over the labels', () => {
    const [outputs, targets] = [
      [0.9, 0.2, 0.5],
      [9, 9, 9, 1, 1, 0],
    ];
    const of = [NaN, outputs, 0, 3, 'multi-label', targets, 1] as const;
    const logit = (p: number): number => Math.log(p / (1 - p));
    expect(marginIn(...of, true)).toBeCloseTo((logit(0.9) + logit(0.2) - logit(0.5)) / 3, 12);
    // √2 · (0.1 + 0.8 + 0.5) / 3
    expect(errorNormIn(...of)).toBeCloseTo((Math.SQRT2 * 1.4) / 3, 12);
  });
});

describe('significant', () => {
  it('has nine digits at every size, and leaves what is not finite', () => {
    expect([1 / 3, -2 / 3e7, 1e22 / 3, 123456789.123].map(significant)).toEqual([
      0.333333333, -6.66666667e-8, 3.33333333e21, 123456789,
    ]);
    expect([0, NaN, Infinity, 5e-324].map(significant)).toEqual([0, NaN, Infinity, 5e-324]);
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(significant(value)).toBeCloseTo(Number(value.toPrecision(9)), 12);
        expect(significant(significant(value))).toBe(significant(value));
      }),
    );
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
