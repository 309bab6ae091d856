import { random } from '../../../src/core/random';
import { gainIfFixed, shareOfErrors, sliceMeasure } from '../../../src/look/slices/slice-measures';
import { smallestVisible } from '../../../src/look/slices/smallest-visible';
import { momentsOf } from '../../../src/look/slices/slice-rows';

const READING = { zeroOne: true, level: 0.95 };

test('a slice beside all rows', () => {
  const own = { n: 20, sum: 8, squares: 8 };
  const all = { n: 100, sum: 20, squares: 20 };
  expect(sliceMeasure(own, all, READING)).toMatchObject({ n: 20, errors: 8, error: 0.4, overall: 0.2 });
  expect(shareOfErrors(own, all, READING).share).toBe(0.4);
  // 20 % of the rows, 0.4 − 0.2 worse.
  expect(gainIfFixed(own, all, READING).gain).toBeCloseTo(0.04, 12);
});

/** Share of 400 samples in which the interval holds what is true. */
function coverage(real: boolean, of: 'gain' | 'share'): number {
  const reading = { zeroOne: !real, level: 0.9 };
  let held = 0;
  for (let round = 0; round < 400; round++) {
    const stream = random(round);
    const inside: number[] = [];
    const values = Float64Array.from({ length: 600 }, () => {
      const member = stream.next() < 0.25;
      const mean = member ? 0.4 : 0.1;
      const value = real ? -mean * Math.log(1 - stream.next()) : stream.next() < mean ? 1 : 0;
      if (member) inside.push(value);
      return value;
    });
    const [own, all] = [momentsOf(Float64Array.from(inside)), momentsOf(values)];
    // 0.25 (0.4 − 0.175) and 0.1 of 0.175
    const [interval, truth] =
      of === 'gain'
        ? [gainIfFixed(own, all, reading).interval, 0.25 * 0.225]
        : [shareOfErrors(own, all, reading).interval, 0.1 / 0.175];
    if (interval[0] <= truth && truth <= interval[1]) held++;
  }
  return held / 400;
}

// Three standard errors of 400 tries are 4.5 %.
test.each([
  ['gain', false],
  ['gain', true],
  ['share', false],
  ['share', true],
] as const)(
  'the interval of the %s (real values: %s) holds the truth as often as its level says',
  (of, real) => {
    expect(Math.abs(coverage(real, of) - 0.9)).toBeLessThan(0.05);
  },
);

describe('the smallest visible slice', () => {
  const given = {
    ...{ searched: { n: 10_000, sum: 1000, squares: 1000 }, heldOut: 10_000, zeroOne: true },
    ...{ evaluated: 5000, judged: 10, falseDiscoveryRate: 0.02, bothWays: false, splits: 1 },
  };

  test('shrinks with the error in it and with the rows, and grows with what was tried', () => {
    const sizes = smallestVisible(given).map(({ share }) => share);
    expect(sizes[0]).toBeGreaterThan(sizes[1]);
    expect(sizes[1]).toBeGreaterThan(sizes[2]);
    const more = { n: 100_000, sum: 10_000, squares: 10_000 };
    expect(smallestVisible({ ...given, searched: more, heldOut: 100_000 })[0].share).toBeLessThan(
      sizes[0] / 5,
    );
    const both = smallestVisible({ ...given, bothWays: true })[0].share;
    expect(both).toBeLessThan(sizes[0]);
    expect(smallestVisible({ ...given, bothWays: true, splits: 3 })[0].share).toBeLessThan(both);
    expect(smallestVisible({ ...given, evaluated: 5e6 })[0].share).toBeGreaterThan(sizes[0]);
    expect(smallestVisible({ ...given, heldOut: 0 })[0].n).toBeLessThan(smallestVisible(given)[0].n);
  });

  test('is none where the error cannot be so high, or nothing varies', () => {
    const half = { n: 100, sum: 50, squares: 50 };
    expect(smallestVisible({ ...given, searched: half }).map(({ n }) => n)).toEqual([
      expect.any(Number),
      Infinity,
      Infinity,
    ]);
    const none = { n: 100, sum: 0, squares: 0 };
    expect(smallestVisible({ ...given, searched: none }).every(({ n }) => n === Infinity)).toBe(true);
  });
});
