import fc from 'fast-check';
import { calibrateJoint, roundHalfEven, roundRows } from '../../../src/look/labels/confident-joint';
import { flagRows, gatherEvidence } from '../../../src/look/labels/filters';
import { bestCut, honestChance } from '../../../src/look/labels/judge-noise';
import { rowFacts, type LabelledRows } from '../../../src/look/labels/labelled-rows';
import { pairwiseSum } from '../../../src/look/labels/pairwise-sum';
import { kthSmallest, markSmallest, sortedPlaces } from '../../../src/look/labels/select-rows-by';
import { rankValues } from '../../../src/look/labels/sureness';

const few = fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 1, maxLength: 60 });

describe('selection', () => {
  it('finds the k-th smallest as a sort does', () => {
    fc.assert(
      fc.property(few, fc.nat(), (values, at) => {
        const k = at % values.length;
        const sorted = Float64Array.from(values).sort();
        expect(kthSmallest(Float64Array.from(values), values.length, k)).toBe(sorted[k]);
      }),
    );
  });

  it('marks the smallest, of equals the first', () => {
    fc.assert(
      fc.property(few, fc.nat(70), (values, count) => {
        const marked: number[] = [];
        const room = { keys: Float64Array.from(values), copy: new Float64Array(values.length) };
        markSmallest(room, values.length, count, (place) => marked.push(place));
        const order = values.map((_, i) => i).sort((a, b) => values[a] - values[b] || a - b);
        expect(marked.sort((a, b) => a - b)).toEqual(order.slice(0, count).sort((a, b) => a - b));
      }),
    );
  });

  it.each([3, 700])('sorts %i keys as a stable sort does, negative ones and zeros of both signs too', (n) => {
    const value = fc.oneof(fc.double({ noNaN: true }), fc.constantFrom(0, -0, 1, -1, 1e-300, -Infinity));
    fc.assert(
      fc.property(fc.array(value, { minLength: n, maxLength: n }), (keys) => {
        const order = keys
          .map((_, i) => i)
          .sort((a, b) => (keys[a] < keys[b] ? -1 : keys[a] > keys[b] ? 1 : a - b));
        expect(Array.from(sortedPlaces(Float64Array.from(keys)))).toEqual(order);
      }),
      { numRuns: 20 },
    );
  });
});

describe('sums and rounding', () => {
  it('adds as well as a plain sum', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { maxLength: 500 }), (values) => {
        expect(pairwiseSum(Float64Array.from(values))).toBeCloseTo(
          values.reduce((a, b) => a + b, 0),
          10,
        );
      }),
    );
  });

  it('rounds halves to the even number', () => {
    expect([0.5, 1.5, 2.5, -0.5, -1.5, 2.4, 2.6].map((value) => roundHalfEven(value) + 0)).toEqual([
      0, 2, 2, 0, -2, 2, 3,
    ]);
  });

  it('keeps the total of each row', () => {
    // 1.4 + 1.4 + 7.2 = 10; rounded 9: one more for the last of the two that lost most.
    const rows = Float64Array.of(1.4, 1.4, 7.2, 0, 0, 3, 2.5, 2.5, 5);
    roundRows(rows, 3);
    expect(Array.from(rows)).toEqual([1, 2, 7, 0, 0, 3, 2, 3, 5]);
  });

  it('scales the joint to the examples of each class', () => {
    // Row 0: (3, 1) of 4 confident, 8 examples: (6, 2). Row 1: (0, 2) of 2, 5 examples: (0, 5).
    expect(Array.from(calibrateJoint(Float64Array.of(3, 1, 0, 2), [8, 5]))).toEqual([6, 2, 0, 5]);
  });
});

/** prune_by_noise_rate as it reads: every pair sorted whole. */
function naive({ n, k, given, p }: LabelledRows, joint: Float64Array): number[] {
  const flagged = new Set<number>();
  const rows = Array.from({ length: n }, (_, i) => i);
  for (let j = 0; j < k; j++) {
    const own = rows.filter((i) => given[i] === j);
    if (own.length <= 1) continue;
    for (let l = 0; l < k; l++) {
      if (l === j) continue;
      const margin = (i: number): number => p[i * k + l] - p[i * k + j];
      own.sort((a, b) => margin(b) - margin(a) || a - b);
      own.slice(0, joint[j * k + l]).forEach((i) => flagged.add(i));
    }
  }
  const agrees = (i: number): boolean => {
    const row = Array.from({ length: k }, (_, j) => p[i * k + j] + (j === given[i] ? 1e-6 : 0));
    return row.indexOf(Math.max(...row)) === given[i];
  };
  return [...flagged].filter((i) => !agrees(i)).sort((a, b) => a - b);
}

describe('prune_by_noise_rate', () => {
  it('flags what sorting every pair flags, ties and classes without examples too', () => {
    const world = fc.record({
      n: fc.integer({ min: 2, max: 40 }),
      k: fc.integer({ min: 2, max: 5 }),
      seed: fc.nat(),
    });
    fc.assert(
      fc.property(world, fc.gen(), ({ n, k }, gen) => {
        const given = Int32Array.from({ length: n }, () => gen(fc.nat, { max: k - 1 }));
        const p = Float64Array.from({ length: n * k }, () => gen(fc.integer, { min: 0, max: 5 }) / 5);
        const data = { n, k, given, p };
        const evidence = gatherEvidence(data, rowFacts(data), { thresholds: null, joint: null });
        const prune = { minExamplesPerClass: 1, fracNoise: 1, numToRemovePerClass: null };
        // The diagonal is at least 1 wherever a class has examples, so that nothing is taken off the counts.
        const flags = flagRows(evidence, 'prune_by_noise_rate', { ...prune, minExamplesPerClass: 0 });
        const single = flagRows(evidence, 'prune_by_noise_rate', prune);
        const found = Array.from(flags.keys()).filter((i) => flags[i] === 1);
        const wide = naive(data, evidence.joint).filter((i) => evidence.perClass[given[i]] > 1);
        expect(found.filter((i) => evidence.perClass[given[i]] > 1)).toEqual(wide);
        expect(single.length).toBe(n);
      }),
    );
  });
});

describe('chances', () => {
  it('cuts at half of the largest F1 that can be expected', () => {
    // Flagging the first two of 0.9, 0.9, 0.1: 2·1.8 / (2 + 1.9) = 0.923; all: 2·1.9 / (3 + 1.9) = 0.776.
    expect(bestCut(Float64Array.of(0.9, 0.9, 0.1), 'sure')).toBeCloseTo(1.8 / 3.9, 12);
    expect(bestCut(new Float64Array(0), 'sure')).toBe(0);
  });

  it('never falls as the chance rises', () => {
    for (const regime of ['sure', 'between', 'unsure'] as const) {
      const values = Array.from({ length: 101 }, (_, i) => honestChance(regime)(i / 100));
      values.slice(1).forEach((value, i) => expect(value).toBeGreaterThanOrEqual(values[i]));
    }
  });

  it('ranks values by how near they are to 1', () => {
    const ranking = rankValues(Float64Array.of(0.2, 0.5, 0.9, 0.999), 4);
    expect([0.1, 0.3, 0.6, 0.99, 1].map(ranking.below)).toEqual([0, 0.25, 0.5, 0.75, 1]);
    // Half of those at its own place count as below.
    expect(ranking.below(0.5)).toBe(0.375);
  });
});
