import { estimateShare } from '../../../src/look/tags/estimate-share';
import { sampleOrder } from '../../../src/look/tags/sample-order';
import { tagAlone } from '../../../src/look/tags/tag-counts';
import { binomialCdf } from '../../../src/stats/binomial';
import { wilsonInterval } from '../../../src/stats/wilson-interval';
import { drawTruth, streamOf } from './helpers';

/** Bounds within which a count of `repeats` successes at 95 % must lie, but for one in ten thousand; `slack` is allowed below. */
const atLeast = (repeats: number, level: number): number => {
  let k = 0;
  while (binomialCdf(k, repeats, level) < 1e-4) k++;
  return k;
};

const inside = (value: number, [low, high]: readonly [number, number]): boolean =>
  value >= low - 1e-12 && value <= high + 1e-12;

/** How often the intervals hold what is true, over many draws of examples, of a sample of their errors, and of the tags. */
function coverage(
  repeats: number,
  { n, rate, share, sample, seed }: { n: number; rate: number; share: number; sample: number; seed: number },
): Record<'share' | 'ceiling' | 'gain', number> {
  const stream = streamOf(seed);
  const held = { share: 0, ceiling: 0, gain: 0 };
  for (let repeat = 0; repeat < repeats; repeat++) {
    const truth = drawTruth(n, rate, { blurry: share, dark: 0.2 }, stream);
    const wrong = Array.from({ length: n }, (_, i) => i).filter((i) => truth[i].wrong);
    const seen = sampleOrder(wrong, (row) => `e${row}`, repeat).slice(0, sample);
    const parts = [{ size: wrong.length, tags: seen.map((row) => truth[row].tags) }];
    const interval = wilsonInterval(wrong.length, n);
    const errors = { parts, rate: { value: wrong.length / n, interval }, level: 0.95 };
    const blurry = tagAlone(errors, 'blurry', 1);
    const own = wrong.filter((row) => truth[row].tags.includes('blurry')).length / wrong.length;
    if (inside(own, blurry.interval)) held.share++;
    if (inside(rate * (1 - share), blurry.ceiling.interval)) held.ceiling++;
    if (inside(rate * share, blurry.gain.interval)) held.gain++;
  }
  return held;
}

// Thousands of draws, on a machine that does other things too.
jest.setTimeout(120_000);

describe('the intervals of tagErrors', () => {
  const repeats = 120;
  // A 95 % interval that holds in truth 93.5 % of the time would pass; one at 90 % would not.
  const least = atLeast(repeats, 0.935);

  it.each([
    ['a small part of many errors', { n: 4000, rate: 0.2, share: 0.3, sample: 60, seed: 1 }],
    ['most of the errors', { n: 600, rate: 0.2, share: 0.4, sample: 90, seed: 2 }],
    ['a rare tag', { n: 1500, rate: 0.3, share: 0.04, sample: 100, seed: 3 }],
    ['nearly all', { n: 1500, rate: 0.1, share: 0.93, sample: 50, seed: 4 }],
    ['all errors looked at', { n: 500, rate: 0.12, share: 0.3, sample: 1000, seed: 5 }],
  ])('hold at their level: %s', (_, setup) => {
    const held = coverage(repeats, setup);
    expect(held.share).toBeGreaterThanOrEqual(least);
    expect(held.ceiling).toBeGreaterThanOrEqual(least);
    expect(held.gain).toBeGreaterThanOrEqual(least);
    // A share's interval of everything looked at is a point, and the right one.
    if (setup.sample >= 1000) expect(held.share).toBe(repeats);
  });

  it('hold where a new model makes new errors, and those are sampled apart', () => {
    // 300 old errors of which 25 of 80 looked at have the tag; 100 new ones, looked at at another rate, in which it is rare.
    const stream = streamOf(6);
    let held = 0;
    for (let repeat = 0; repeat < repeats; repeat++) {
      const truth = [
        ...Array.from({ length: 300 }, () => stream.next() < 0.5),
        ...Array.from({ length: 100 }, () => stream.next() < 0.1),
      ];
      const seen = (from: number, size: number, n: number): boolean[] => {
        const rows = Array.from({ length: size }, (_, i) => from + i);
        for (let i = 0; i < n; i++) {
          const j = i + stream.integer(size - i);
          [rows[i], rows[j]] = [rows[j], rows[i]];
        }
        return rows.slice(0, n).map((row) => truth[row]);
      };
      const part = (size: number, flags: boolean[]): { size: number; tags: string[][] } => ({
        size,
        tags: flags.map((flag) => (flag ? ['t'] : [])),
      });
      const parts = [part(300, seen(0, 300, 80)), part(100, seen(300, 100, 20))];
      const own = truth.filter(Boolean).length / 400;
      if (inside(own, estimateShare(parts, (tags) => tags.includes('t'), 0.95).interval)) held++;
    }
    expect(held).toBeGreaterThanOrEqual(least);
  });
});
