import { howManyMore, leadConfidence } from '../../../src/look/tags/how-many-more';
import { orderConfidence } from '../../../src/look/tags/order-confidence';
import { tagPatterns } from '../../../src/look/tags/tag-patterns';
import { drawTruth, streamOf } from './helpers';

const names = ['blurry', 'dark', 'odd'];
const effort = [1, 1, 1];

/** Tags of errors with the given rates of each tag. */
const errorsOf = (n: number, rates: readonly number[], seed: number): readonly (readonly string[])[] =>
  drawTruth(n, 2, Object.fromEntries(names.map((name, i) => [name, rates[i]])), streamOf(seed)).map(
    ({ tags }) => tags,
  );

const sorted = (tags: readonly (readonly string[])[]): { names: string[]; leader: string; sure: number } => {
  const counts = names.map((name) => tags.filter((own) => own.includes(name)).length);
  const order = names.map((_, i) => i).sort((a, b) => counts[b] - counts[a]);
  const own = order.map((i) => names[i]);
  return { names: own, leader: own[0], sure: leadConfidence(tagPatterns(tags, own), effort) };
};

// Thousands of draws, on a machine that does other things too.
jest.setTimeout(120_000);

describe('orderConfidence', () => {
  const confidence = (tags: readonly (readonly string[])[], cost = effort): readonly number[] =>
    orderConfidence([{ size: 1000, tags }], names, cost, streamOf(1)).first;

  it('is a half for two tags as common as each other, and the posterior of a sign test otherwise', () => {
    const even = [...Array<string[]>(10).fill(['blurry']), ...Array<string[]>(10).fill(['dark'])];
    expect(confidence(even)[0]).toBeCloseTo(0.5, 1);
    // Beta(12.5, 4.5) above a half: 0.979 (its density, summed in 200,000 steps); "odd" has next to no chance.
    const uneven = [...Array<string[]>(12).fill(['blurry']), ...Array<string[]>(4).fill(['dark'])];
    expect(Math.abs(confidence(uneven)[0] - 0.979)).toBeLessThan(0.012);
    // Examples with both say nothing of which is the commoner.
    const both = [...uneven, ...Array<string[]>(50).fill(['blurry', 'dark'])];
    expect(Math.abs(confidence(both)[0] - 0.979)).toBeLessThan(0.012);
  });

  it('weighs by effort: twice as common at three times the cost comes second', () => {
    const tags = [...Array<string[]>(200).fill(['blurry']), ...Array<string[]>(100).fill(['dark'])];
    expect(confidence(tags)[0]).toBeGreaterThan(0.99);
    expect(confidence(tags, [3, 1, 1])[1]).toBeGreaterThan(0.99);
  });

  it('is right as often as it says', () => {
    // True shares are drawn alike for the three tags, so that a leader at 80 % is to be the true one in four of five.
    const bins = [0, 0, 0].map(() => ({ said: 0, right: 0, n: 0 }));
    const stream = streamOf(5);
    for (let repeat = 0; repeat < 60; repeat++) {
      const rates = names.map(() => 0.05 + 0.4 * stream.next());
      const tags = errorsOf(60, rates, repeat);
      const { names: own, leader } = sorted(tags);
      const [said] = orderConfidence([{ size: 500, tags }], own, effort, streamOf(repeat)).first;
      const bin = bins[said < 0.7 ? 0 : said < 0.9 ? 1 : 2];
      bin.n++;
      bin.said += said;
      if (names[rates.indexOf(Math.max(...rates))] === leader) bin.right++;
    }
    for (const { said, right, n } of bins) {
      const spread = Math.sqrt(((said / n) * (1 - said / n)) / n);
      expect(Math.abs(right / n - said / n)).toBeLessThan(3 * spread + 0.02);
    }
  });
});

describe('howManyMore', () => {
  it('is about right: after so many more, about half of the rankings are settled', () => {
    const stream = streamOf(9);
    let [asked, settled] = [0, 0];
    for (let repeat = 0; repeat < 50; repeat++) {
      const rates = names.map(() => 0.05 + 0.4 * stream.next());
      const all = errorsOf(860, rates, repeat);
      const { names: own, sure } = sorted(all.slice(0, 60));
      if (sure >= 0.95) continue;
      const more = howManyMore(tagPatterns(all.slice(0, 60), own), effort, 800, 0.95, streamOf(repeat));
      if (more === null) continue;
      asked++;
      if (sorted(all.slice(0, 60 + more)).sure >= 0.95) settled++;
    }
    expect(asked).toBeGreaterThan(10);
    expect(settled / asked).toBeGreaterThan(0.25);
    expect(settled / asked).toBeLessThan(0.8);
  });

  it('is about what the formula says where the lead is clear in the mean', () => {
    // 12 against 8 of 40, none with both: z = 4/√(20 − 16/40) = 0.90 is to become 1.64: 40 · (1.64/0.90)² − 40 = 93 if the lead
    // stays as it is; as likely as not it is luck in part, so more.
    const tags = [
      ...Array<string[]>(12).fill(['blurry']),
      ...Array<string[]>(8).fill(['dark']),
      ...Array<string[]>(20).fill([]),
    ];
    const more = howManyMore(tagPatterns(tags, names.slice(0, 2)), [1, 1], 4000, 0.95, streamOf(3));
    expect(more).toBeGreaterThan(60);
    expect(more).toBeLessThan(300);
  });

  it('is null where the errors that are left will not tell, and where none are', () => {
    const even = [...Array<string[]>(300).fill(['blurry']), ...Array<string[]>(300).fill(['dark'])];
    expect(howManyMore(tagPatterns(even, names), effort, 40, 0.95, streamOf(1))).toBeNull();
    expect(howManyMore(tagPatterns(even, names), effort, 0, 0.95, streamOf(1))).toBeNull();
  });

  it('is a lead of one where there is one tag', () => {
    expect(leadConfidence(tagPatterns([['blurry']], ['blurry']), [1])).toBe(1);
  });
});
