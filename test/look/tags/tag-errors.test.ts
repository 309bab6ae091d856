import fc from 'fast-check';
import { predictionsFrom } from '../../../src/metrics/predictions-from';
import type { Predictions } from '../../../src/metrics/types';
import { sliceByDifficulty } from '../../../src/look/slice-by-difficulty';
import { tagErrors } from '../../../src/look/tag-errors';
import { withTags } from '../../../src/look/with-tags';
import { estimateShare } from '../../../src/look/tags/estimate-share';
import { firstOfSample, sampleOrder } from '../../../src/look/tags/sample-order';
import { wilsonInterval } from '../../../src/stats/wilson-interval';
import { predictionsOf, sayOf, type Truth } from './helpers';

/** Errors with the given tags each, then so many right answers. */
const truthOf = (tags: readonly (readonly string[])[], right: number): Truth[] => [
  ...tags.map((own) => ({ wrong: true, tags: own })),
  ...Array.from({ length: right }, () => ({ wrong: false, tags: [] })),
];
const times = (n: number, ...tags: string[]): string[][] => Array.from({ length: n }, () => tags);

/** Ten errors of fifty: 4 blurry, 2 blurry and dark, 1 dark, 3 with no tag. */
const truth = truthOf(
  [...times(4, 'blurry'), ...times(2, 'blurry', 'dark'), ...times(1, 'dark'), ...times(3)],
  40,
);
const ten = truth.slice(0, 10).map((_, i) => `e${i}`);
const predictions = predictionsOf(truth);
const tagged = Object.freeze(sayOf(truth, ten));

describe('tagErrors', () => {
  it('counts tags, alone and with others, and says what fixing them buys', () => {
    const result = tagErrors(predictions, { tagged });
    const [blurry, dark] = result.tags;
    expect(result.errors).toMatchObject({ n: 10, rate: 0.2, reviewed: 10 });
    expect(result.errors.interval).toEqual(wilsonInterval(10, 50));
    expect(result.errors.noTag).toMatchObject({ count: 3, share: 0.3, interval: [0.3, 0.3] });
    expect(blurry).toMatchObject({ tag: 'blurry', count: 6, n: 10, only: 4, share: 0.6, effort: 1 });
    expect(dark).toMatchObject({ tag: 'dark', count: 3, only: 1, share: 0.3 });
    // All ten errors were looked at: nothing is unknown of them.
    expect(blurry.interval).toEqual([0.6, 0.6]);
    // 4 of 50 errors are left; 6 of 50 if those that are dark too stay wrong.
    expect(blurry.ceiling.value).toBeCloseTo(0.08, 12);
    expect(blurry.ceilingAlone.value).toBeCloseTo(0.12, 12);
    expect(blurry.gain.value).toBeCloseTo(0.12, 12);
    // For new examples there is doubt still: about that of 4 of 50 looked at whole, [0.03, 0.19].
    const [low, high] = wilsonInterval(4, 50);
    expect(Math.abs(blurry.ceiling.interval[0] - low)).toBeLessThan(0.02);
    expect(Math.abs(blurry.ceiling.interval[1] - high)).toBeLessThan(0.04);
  });

  it('plans several fixes by their union, against all subsets counted one by one', () => {
    const { plan } = tagErrors(predictions, { tagged });
    expect(plan.map(({ tag, adds, count, effort }) => [tag, adds, count, effort])).toEqual([
      ['blurry', 6, 6, 1],
      ['dark', 1, 7, 2],
    ]);
    expect(plan[1].ceiling.value).toBeCloseTo(3 / 50, 12);
    fc.assert(
      fc.property(fc.array(fc.subarray(['a', 'b', 'c', 'd']), { minLength: 1, maxLength: 25 }), (tags) => {
        const own = truthOf(tags, 5);
        const ids = tags.map((_, i) => `e${i}`);
        const result = tagErrors(predictionsOf(own), { tagged: sayOf(own, ids), correct: 0 });
        const taken: string[] = [];
        for (const step of result.plan) {
          const union = (names: readonly string[]): number =>
            tags.filter((one) => one.some((name) => names.includes(name))).length;
          // No other tag would have added more.
          const best = Math.max(...['a', 'b', 'c', 'd'].map((name) => union([...taken, name])));
          taken.push(step.tag);
          expect([step.count, step.count]).toEqual([union(taken), best]);
        }
        expect(result.plan.length === 0).toBe(tags.every((one) => one.length === 0));
      }),
      { numRuns: 15 },
    );
  });

  it('puts first what gains most for its effort', () => {
    const { tags, ranking } = tagErrors(predictions, { tagged, effort: { Blurry: 5 } });
    expect(tags.map(({ tag, effort }) => [tag, effort])).toEqual([
      ['dark', 1],
      ['blurry', 5],
    ]);
    expect(tags[0].perEffort).toBeCloseTo(0.06, 12);
    expect(tags[1].perEffort).toBeCloseTo(0.024, 12);
    expect(ranking.first).toBe('dark');
    expect(() => tagErrors(predictions, { tagged, effort: { blury: 2 } })).toThrow('Did you mean "blurry"?');
    expect(tagErrors(predictions, { effort: { new: 2 } }).store.tagNames).toEqual(['new']);
    expect(() => tagErrors(predictions, { effort: { a: 0 } })).toThrow('must hold a number > 0');
  });

  it('says when the order is settled, and when the errors that there are cannot settle it', () => {
    const clear = truthOf([...times(60, 'blurry'), ...times(10, 'dark'), ...times(30)], 400);
    const settled = tagErrors(predictionsOf(clear), {
      tagged: sayOf(
        clear,
        clear.slice(0, 100).map((_, i) => `e${i}`),
      ),
    });
    expect(settled.ranking).toMatchObject({ status: 'settled', first: 'blurry', second: 'dark', more: 0 });
    expect(settled.ranking.confidence).toBeGreaterThan(0.999);
    const even = truthOf([...times(20, 'blurry'), ...times(20, 'dark')], 400);
    const cannot = tagErrors(predictionsOf(even), {
      tagged: sayOf(
        even,
        even.slice(0, 40).map((_, i) => `e${i}`),
      ),
    });
    expect(cannot.ranking).toMatchObject({ status: 'unsettled', more: null });
    expect(tagErrors(predictions).ranking).toMatchObject({ status: 'none', first: null });
    const one = tagErrors(predictions, { tagged: { e0: ['blurry'] } });
    expect(one.ranking).toMatchObject({ status: 'settled', second: null });
  });

  it('draws a sample that is the same for the same seed, longer ones beginning with shorter ones', () => {
    const all = predictionsOf(truthOf(times(300), 500));
    const drawn = (sample: number, seed = 0): string[] =>
      tagErrors(all, { sample, correct: 0, seed }).examples.map(({ id }) => id);
    expect(drawn(40)).toEqual(drawn(160).slice(0, 40));
    expect(drawn(40)).not.toEqual(drawn(40, 1));
    expect(tagErrors(all).examples.filter(({ wrong }) => wrong)).toHaveLength(100);
    expect(tagErrors(all).examples.filter(({ wrong }) => !wrong)).toHaveLength(20);
    expect(tagErrors(predictions).examples).toHaveLength(10 + 20);
    expect(tagErrors(predictions, { sample: 0, correct: 0 }).examples).toEqual([]);
  });

  it('counts only what was looked at, with nothing fitting as "no tag"', () => {
    const { tags, errors } = tagErrors(predictions, { tagged: { e0: ['blurry'], e9: [] } });
    expect(errors).toMatchObject({ reviewed: 2, noTag: { count: 1, share: 0.5 } });
    expect(tags[0]).toMatchObject({ count: 1, n: 2, share: 0.5 });
    // One of ten has it for certain, and one has not.
    expect(tags[0].interval[0]).toBeGreaterThanOrEqual(0.1);
    expect(tags[0].interval[1]).toBeLessThanOrEqual(0.9);
  });

  it('takes lucky hits from the accuracy', () => {
    const right = Object.fromEntries(
      Array.from({ length: 20 }, (_, i) => [`e${i + 10}`, i < 5 ? ['Lucky'] : []]),
    );
    const { correct, tags } = tagErrors(predictions, { tagged: { ...tagged, ...right } });
    expect(correct).toMatchObject({ n: 40, reviewed: 20, lucky: { count: 5, n: 20, share: 0.25 } });
    expect(correct.lucky.earned.value).toBeCloseTo(0.8 * 0.75, 12);
    expect(tags.map(({ tag }) => tag)).toEqual(['blurry', 'dark']);
    const none = tagErrors(predictions).correct.lucky;
    expect(none).toMatchObject({ count: 0, n: 0, share: NaN, interval: [0, 1] });
  });

  it('has errors of a regression above a bound', () => {
    const rows = Array.from({ length: 100 }, (_, i) => ({ id: `e${i}`, y: 0, p: i + 0.5 }));
    const p = predictionsFrom(rows, { label: 'y', predicted: 'p', id: 'id', task: 'regression' });
    expect(tagErrors(p)).toMatchObject({ bound: 89.5, errors: { n: 10, rate: 0.1 } });
    expect(tagErrors(p, { errorAbove: { quantile: 0.75 } })).toMatchObject({
      bound: 74.5,
      errors: { n: 25 },
    });
    expect(tagErrors(p, { errorAbove: 98 }).examples.filter(({ wrong }) => wrong).map(({ id }) => id).sort()).toEqual(['e98', 'e99']); // prettier-ignore
    // Ties: all as large as the least of the worst tenth are errors; where all are equal, none is.
    const sizes = (size: (i: number) => number): Predictions =>
      predictionsFrom(
        rows.map((row, i) => ({ ...row, p: size(i) })),
        { label: 'y', predicted: 'p', id: 'id', task: 'regression' },
      );
    expect(tagErrors(sizes((i) => i % 4))).toMatchObject({ bound: 2, errors: { n: 25 } });
    expect(tagErrors(sizes(() => 3))).toMatchObject({ bound: 3, errors: { n: 0 } });
    expect(() => tagErrors(p, { errorAbove: -1 })).toThrow('a number ≥ 0, or { quantile }');
    expect(() => tagErrors(predictions, { errorAbove: 1 })).toThrow('be left out for a classification task');
  });

  it('has nothing to say without errors, and refuses what it does not know', () => {
    const fine = tagErrors(predictionsOf(truthOf([], 30)), { tags: ['blurry'] });
    expect(fine.errors).toMatchObject({ n: 0, rate: 0, reviewed: 0 });
    expect(fine.tags[0].share).toBeNaN();
    expect(fine.plan).toEqual([]);
    expect(() => tagErrors(predictions, { tagg: {} } as never)).toThrow('Did you mean "tags"?');
    expect(() => tagErrors(predictions, { tags: [''] })).toThrow('"tags" must be an array of names');
    expect(() => tagErrors({} as Predictions)).toThrow('must be predictions');
  });

  it('says which metadata values a tag goes with', () => {
    const rows = Array.from({ length: 120 }, (_, i) => ({
      ...{ id: `e${i}`, y: 'a', p: i < 60 ? 'b' : 'a' },
      ...{ camera: i % 2 === 0 ? 'old' : 'new', light: i, other: i % 3 },
    }));
    const p = predictionsFrom(rows, { label: 'y', predicted: 'p', id: 'id' });
    // 18 of the 20 blurry ones are of the old camera, 12 of the 40 others.
    const blurry = new Set([...Array.from({ length: 18 }, (_, k) => 2 * k), 1, 3]);
    const said = Object.fromEntries(
      Array.from({ length: 60 }, (_, i) => [`e${i}`, blurry.has(i) ? ['blurry'] : []]),
    );
    const [own] = tagErrors(p, { tagged: said }).tags[0].metadata.filter(({ column }) => column === 'camera');
    expect(own).toMatchObject({ value: 'old', count: 18, n: 20, share: 0.9, otherShare: 0.3, otherN: 40 });
    expect(own.pValue).toBeLessThan(0.01);
    expect(tagErrors(p, { tagged: said }).tags[0].metadata.some(({ column }) => column === 'other')).toBe(
      false,
    );
  });

  it('warns where the examples were picked by hand', () => {
    const many = predictionsOf(truthOf(times(500), 100));
    const picked = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`e${i}`, ['blurry']]));
    expect(tagErrors(many, { tagged: picked }).warnings[0].code).toBe('not-sampled');
    const ids = tagErrors(many, { sample: 30, correct: 0 }).examples.map(({ id }) => id);
    const sampled = Object.fromEntries(ids.map((id) => [id, ['blurry']]));
    expect(tagErrors(many, { tagged: sampled }).warnings).toEqual([]);
  });
});

describe('tags and another model', () => {
  const errors = (wrong: readonly number[]): Predictions =>
    predictionsOf(Array.from({ length: 200 }, (_, i) => ({ wrong: wrong.includes(i), tags: [] })));
  const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);
  const first = errors(range(0, 40));
  const said = Object.fromEntries(range(0, 40).map((i) => [`e${i}`, i < 20 ? ['blurry'] : ['dark']]));
  const old = tagErrors(first, { tagged: { ...said, e50: ['blurry'], e51: [] } });

  it('says what is fixed, still wrong and newly wrong, of all and of each tag', () => {
    // 15 of the 20 blurry ones are right now, 2 of the 20 dark ones; e50, tagged as right, and e60 are wrong.
    const second = errors([...range(15, 20), ...range(22, 40), 50, 60]);
    const { since, errors: own, warnings } = tagErrors(second, { tagged: old });
    expect(since).toMatchObject({ errors: 40, fixed: 17, still: 23, broken: 2 });
    expect(since?.change?.value).toBeCloseTo(-15 / 200, 12);
    const [blurry, dark] = since!.tags;
    expect(blurry).toMatchObject({
      tag: 'blurry',
      n: 20,
      fixed: 15,
      still: 5,
      wereRight: 1,
      broken: 1,
      share: 0.75,
    });
    expect(blurry.interval).toEqual(wilsonInterval(15, 20));
    expect(blurry.elsewhere).toEqual({ n: 20, fixed: 2, share: 0.1 });
    expect(blurry.pValue).toBeLessThan(0.001);
    expect(dark).toMatchObject({ n: 20, fixed: 2, still: 18 });
    expect(own).toMatchObject({ n: 25, reviewed: 24 });
    expect(warnings).toEqual([]);
  });

  it('knows nothing of new errors until one is looked at', () => {
    const second = errors([...range(0, 40), ...range(100, 140)]);
    const result = tagErrors(second, { tagged: old });
    expect(result.warnings[0]).toMatchObject({ code: 'new-errors', count: 40 });
    // Half of the old ones are blurry, all looked at; of the new ones none or all may be.
    expect(result.tags.find(({ tag }) => tag === 'blurry')!.interval).toEqual([0.25, 0.75]);
    // A new one, looked at, stands for the forty.
    const more = tagErrors(second, {
      tagged: {
        ...result.store,
        examples: [...result.store.examples, { id: 'e100', tags: ['blurry'], wrong: true }],
      },
    });
    expect(more.tags.find(({ tag }) => tag === 'blurry')!.share).toBeCloseTo(0.75, 12);
  });

  it('is null for the same model, and keeps parts apart over three', () => {
    expect(old.since).toBeNull();
    expect(tagErrors(first, { tagged: old }).since).toBeNull();
    const second = tagErrors(errors(range(20, 60)), { tagged: old });
    const third = tagErrors(errors(range(50, 90)), { tagged: second });
    expect(third.store.errors.map((part) => part.length)).toEqual([40, 20, 30]);
    expect(third.store.mended).toHaveLength(50);
    expect(third.since).toMatchObject({ errors: 40, fixed: 30, still: 10, broken: 30 });
  });

  it('keeps tags of examples that are not there, says how many matched, refuses when none does', () => {
    const ids = range(0, 100).map((i) => `e${i + 20}`);
    const part = predictionsOf(
      range(0, 100).map((i) => ({ wrong: i < 20, tags: [] })),
      ids,
    );
    const result = tagErrors(part, { tagged: old });
    expect(result.warnings[0]).toMatchObject({ code: 'unmatched', count: 20 });
    expect(result.warnings[0].message).toContain('22 of 42 tagged examples');
    expect(result.store.examples).toHaveLength(42);
    expect(result.since).toBeNull();
    const fewer = tagErrors(
      predictionsOf(
        range(0, 100).map((i) => ({ wrong: i > 0 && i < 20, tags: [] })),
        ids,
      ),
      { tagged: old },
    );
    expect(fewer.since).toMatchObject({ fixed: 1, broken: null, change: null });
    const others = predictionsOf(truthOf(times(3), 3), ['x', 'y', 'z', 'u', 'v', 'w']);
    expect(() => tagErrors(others, { tagged: old })).toThrow('share ids with the predictions');
  });

  it('says when labels have changed', () => {
    const relabelled = { ...first, label: Array.from(first.label, (code, i) => (i < 3 ? 1 - code : code)) };
    const result = tagErrors(relabelled, { tagged: old });
    expect(result.warnings[0]).toMatchObject({ code: 'other-labels', count: 3 });
  });

  it('draws the same errors again as far as they are the same', () => {
    const some = tagErrors(errors(range(0, 100)), { sample: 30, correct: 0 }).examples.map(({ id }) => id);
    const later = tagErrors(errors(range(10, 110)), { sample: 30, correct: 0 }).examples.map(({ id }) => id);
    const same = later.filter((id) => some.includes(id)).length;
    expect(same).toBeGreaterThan(20);
  });
});

describe('estimateShare', () => {
  const has = (tags: readonly string[]): boolean => tags.includes('t');
  const part = (size: number, n: number, k: number): { size: number; tags: string[][] } => ({
    size,
    tags: Array.from({ length: n }, (_, i) => (i < k ? ['t'] : [])),
  });

  it("is Wilson's of a sample of n·(E − 1)/(E − n)", () => {
    // 20 of 100, 5 with it: as good as 20 · 99/80 = 24.75 of endlessly many; roots of (¼ − t)² = z²·t(1 − t)/24.75, by bisection.
    const { share, interval, beyond } = estimateShare([part(100, 20, 5)], has, 0.95);
    expect(share).toBe(0.25);
    expect(interval[0]).toBeCloseTo(0.121354362, 8);
    expect(interval[1]).toBeCloseTo(0.445824071, 8);
    beyond.forEach((end, side) => expect(end).toBeCloseTo(wilsonInterval(5, 20)[side], 10));
  });

  it('weighs parts by their size, and leaves open what nobody has looked at', () => {
    expect(estimateShare([part(300, 10, 5), part(100, 10, 1)], has, 0.95).share).toBeCloseTo(0.4, 12);
    const open = estimateShare([part(50, 50, 25), part(50, 0, 0)], has, 0.95);
    expect(open).toMatchObject({ share: 0.5, interval: [0.25, 0.75] });
    expect(estimateShare([], has, 0.95)).toMatchObject({ share: NaN, interval: [0, 1] });
    expect(estimateShare([part(1, 1, 1)], has, 0.95)).toMatchObject({ share: 1, interval: [1, 1] });
  });
});

describe('sampleOrder', () => {
  it('is an order of the rows that rests on ids, not on places', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { maxLength: 40 }), fc.nat(), (ids, seed) => {
        const rows = ids.map((_, i) => i);
        const order = sampleOrder(rows, (row) => ids[row], seed);
        expect([...order].sort((a, b) => a - b)).toEqual(rows);
        const turned = [...ids].reverse();
        const again = sampleOrder(rows, (row) => turned[row], seed);
        expect(again.map((row) => turned[row])).toEqual(order.map((row) => ids[row]));
      }),
    );
  });

  it('has the same first rows where only a few of many are wanted', () => {
    const rows = Array.from({ length: 3000 }, (_, i) => i);
    for (const count of [0, 1, 20, 900, 3000]) {
      expect(firstOfSample(rows, String, 7, count)).toEqual(sampleOrder(rows, String, 7).slice(0, count));
    }
  });

  it('has each id first as often as any other', () => {
    const counts = [0, 0, 0, 0, 0];
    for (let seed = 0; seed < 2000; seed++) counts[sampleOrder([0, 1, 2, 3, 4], String, seed)[0]]++;
    // 400 each, standard deviation 18
    for (const count of counts) expect(Math.abs(count - 400)).toBeLessThan(72);
  });

  it('gives every group its share of every first part', () => {
    const rows = Array.from({ length: 200 }, (_, i) => i);
    const groupOf = (row: number): string => (row < 100 ? 'a' : row < 180 ? 'b' : 'c');
    for (let seed = 0; seed < 20; seed++) {
      const order = sampleOrder(rows, String, seed, groupOf);
      for (const n of [20, 50, 110]) {
        const inC = order.slice(0, n).filter((row) => row >= 180).length;
        expect(Math.abs(inC - 0.1 * n)).toBeLessThan(2);
      }
    }
  });
});

describe('withTags', () => {
  it('adds a column for each tag, null where nobody has looked', () => {
    const with_ = withTags(predictions, { e0: ['blurry'], e1: [], e2: ['dark'] });
    const { names, columns } = with_.metadata;
    expect(names).toEqual(['blurry', 'dark']);
    expect(columns.blurry).toMatchObject({ type: 'boolean' });
    expect(Array.from((columns.blurry as { values: Uint8Array }).values.subarray(0, 4))).toEqual([
      1, 0, 0, 0,
    ]);
    expect(Array.from((columns.blurry as { valid: Uint8Array }).valid.subarray(0, 4))).toEqual([1, 1, 1, 0]);
    const twice = withTags(with_, { e0: ['blurry'] });
    expect(twice.metadata.names).toEqual(['blurry', 'dark', 'blurry (tag)']);
    const slices = sliceByDifficulty(with_, {
      by: { source: 'metadata', column: 'blurry' },
      edges: [0, 0.5, 1],
    });
    expect(slices.slices.map(({ n }) => n)).toEqual([2, 1]);
    expect(predictions.metadata.names).toEqual([]);
    expect(() => withTags(predictions, { zzz: ['a'] })).toThrow('share ids');
  });
});
