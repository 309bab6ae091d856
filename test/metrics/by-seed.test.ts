import * as figures from '../../src/figures';
import { confusion } from '../../src/look/confusion';
import { mostConfused } from '../../src/look/most-confused';
import { sliceByDifficulty } from '../../src/look/slice-by-difficulty';
import { topLosses } from '../../src/look/top-losses';
import { eachSeed, withSeeds } from '../../src/metrics/by-seed';
import { predictionsFrom } from '../../src/metrics/predictions-from';
import type { Predictions } from '../../src/metrics/types';
import { textOf } from '../../src/notebook/display/bundle-of';
import { wilsonInterval } from '../../src/stats/wilson-interval';

/** Four examples, two of each class, with the probability of class b; ink is how easy they are. */
const said = (...ofB: number[]): Predictions =>
  predictionsFrom(
    ofB.map((b, i) => ({ y: 'aabb'[i], p: b > 0.5 ? 'b' : 'a', a: 1 - b, b, ink: [0, 1, 0, 1][i] })),
    { label: 'y', predicted: 'p', probabilities: ['a', 'b'], metadata: ['ink'], name: 'pets' },
  );
const seeds = [
  { seed: 3, predictions: said(0.9, 0.1, 0.9, 0.9) }, // one wrong: accuracy 0.75
  { seed: 5, predictions: said(0.1, 0.1, 0.9, 0.9) }, // all right
  { seed: 7, predictions: said(0.9, 0.9, 0.9, 0.1) }, // three wrong: 0.25
];
const all = withSeeds(seeds);

describe('predictions of several seeds', () => {
  it('have the rows of the seed in the middle, and metrics that are means over all', () => {
    expect(all.seed).toBe(3);
    expect(Array.from(all.predicted)).toEqual(Array.from(seeds[0].predictions.predicted));
    const accuracy = all.metrics.find(({ metric }) => metric === 'accuracy')!;
    expect(accuracy.value).toBeCloseTo((0.75 + 1 + 0.25) / 3, 12);
    // Deviations from 2/3: 1/12, 1/3, −5/12; their squares sum to 42/144.
    expect(accuracy.seeds).toEqual({ sd: expect.closeTo(Math.sqrt(42 / 144 / 2), 12), n: 3 });
    expect(accuracy.interval).toEqual([0, 1]);
    expect(accuracy.n).toBe(4);
  });

  it('are those of each seed again, and survive JSON', () => {
    const again = eachSeed(all);
    expect(again.map(({ metrics }) => metrics)).toEqual(seeds.map(({ predictions }) => predictions.metrics));
    expect(again.map(({ ids }) => ids)).toEqual(seeds.map(({ predictions }) => predictions.ids));
    expect(eachSeed(seeds[0].predictions)).toEqual([]);
    const read = JSON.parse(JSON.stringify(all)) as Predictions;
    expect(JSON.stringify(confusion(read))).toBe(JSON.stringify(confusion(all)));
  });

  it('of one seed are its own', () => {
    const one = withSeeds(seeds.slice(0, 1));
    const [metric] = one.metrics;
    const { seeds: spread, ...rest } = metric;
    expect([spread, rest]).toEqual([{ sd: NaN, n: 1 }, seeds[0].predictions.metrics[0]]);
    expect(confusion(one).deviations).toBeUndefined();
  });

  it('give counts of the typical seed with their deviations', () => {
    // Label a taken for b: 1, 0 and 2 times. Deviation 1.
    const { counts, deviations } = confusion(all);
    expect([counts[0][1], deviations![0][1]]).toEqual([1, expect.closeTo(1, 12)]);
    // Mistakes and right predictions stand in traces of their own.
    const [mistakes, right] = figures.confusion(confusion(all)).data as { text: string[][] }[];
    expect([right.text[0][0], mistakes.text[0][1]]).toEqual(['1 ± 1<br>50 %', '1 ± 1<br>50 %']);
    expect(mistakes).toMatchObject({
      text: [['', '1 ± 1<br>50 %'], expect.anything()],
    });
  });

  it('give rates of pairs as means over the seeds', () => {
    // 1/2, 0 and 1 of the two a.
    const [pair] = mostConfused(all).pairs;
    expect([pair.label, pair.count, pair.rate, pair.seeds]).toEqual([
      'a',
      1,
      expect.closeTo(0.5, 12),
      { sd: expect.closeTo(0.5, 12), n: 3 },
    ]);
    expect(pair.indices).toEqual([0]);
    expect(textOf(mostConfused(all))).toContain('sd over seeds');
  });

  it('give the highest mean losses, and with how many seeds an example is wrong', () => {
    const [first, second] = topLosses(all).examples;
    // Example 0 is wrong with two of three seeds, examples 1 and 3 with one.
    expect([first.id, first.seeds!.wrong, first.seeds!.n]).toEqual(['0', 2, 3]);
    expect(first.loss).toBeCloseTo(-(2 * Math.log(0.1) + Math.log(0.9)) / 3, 6);
    expect([second.id, second.seeds!.wrong]).toEqual(['1', 1]);
    expect(textOf(topLosses(all))).toContain('2 of 3 seeds');
  });

  it('give slices as means over the seeds, with an interval for both', () => {
    const slices = sliceByDifficulty(all, { by: { source: 'metadata', column: 'ink' }, bins: 2 });
    const [easy, hard] = slices.slices;
    // Rows 1 and 3: wrong 1, 0, 1 of two. Rows 2 and 4: 0, 0, 2.
    expect([easy.error, hard.error, slices.overall.error].map((v) => v.toFixed(4))).toEqual([
      '0.3333',
      '0.3333',
      '0.3333',
    ]);
    expect(easy.errors).toBeCloseTo(2 / 3, 12);
    expect(easy.seeds).toEqual({ sd: expect.closeTo(Math.sqrt(1 / 12), 12), n: 3 });
    const [low, high] = wilsonInterval(1, 2);
    expect(easy.interval[0]).toBeLessThan(low);
    expect(easy.interval[1]).toBeGreaterThan(high);
    const figure = figures.difficultySlices(slices);
    expect(JSON.stringify(figure.layout)).toContain('sd 29 %');
    expect(textOf(slices)).toContain('sd over seeds');
  });

  it('of values have deviations too, and no right or wrong', () => {
    const values = (...p: number[]): Predictions =>
      predictionsFrom(
        p.map((one, i) => ({ y: i, p: one })),
        { label: 'y', predicted: 'p', task: 'regression' },
      );
    const three = [values(0, 1), values(1, 1), values(2, 1)].map((predictions, seed) => ({
      seed,
      predictions,
    }));
    const [worst] = topLosses(withSeeds(three)).examples;
    // Squared errors of example 0: 0, 1 and 4.
    expect([worst.id, worst.loss, worst.seeds!.wrong]).toEqual(['0', expect.closeTo(5 / 3, 12), NaN]);
    expect(withSeeds(three).seed).toBe(1);
    expect(textOf(withSeeds(three))).toContain('Rows are those of seed 1');
  });
});
