import fc from 'fast-check';
import { dataset } from '../../src/data/dataset';
import { splitDataset, type Split } from '../../src/data/split-dataset';
import type { Dataset } from '../../src/data/types';
import { withMetadata } from '../../src/data/with-metadata';
import { deepFreeze } from './freeze';

const made = (labels: readonly string[]): Dataset =>
  dataset({ features: labels.map((_, i) => [i]), labels, classes: ['a', 'b', 'c'] });

const idsOf = (split: Split): string[] =>
  [split.train, split.validation, split.test].flatMap((part) => part.ids);
const count = (part: Dataset, code: number): number => part.labels.filter((label) => label === code).length;

const labelLists = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 5, maxLength: 60 });
const shares = fc.record({
  validation: fc.integer({ min: 0, max: 40 }),
  test: fc.integer({ min: 0, max: 40 }),
});

describe('splitDataset', () => {
  it('puts every example in one part, in its order, with its own features', () => {
    fc.assert(
      fc.property(labelLists, shares, fc.nat(1000), fc.boolean(), (labels, share, seed, stratify) => {
        const d = made(labels);
        const split = splitDataset(d, {
          validation: share.validation / 100,
          test: share.test / 100,
          seed,
          stratify,
        });
        expect(idsOf(split).sort()).toEqual([...d.ids].sort());
        for (const part of [split.train, split.validation, split.test]) {
          const numbers = part.ids.map(Number);
          expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
          expect(Array.from(part.features.values)).toEqual(numbers.map((id) => id - 1));
        }
        expect(split.validation.n).toBe(Math.round((labels.length * share.validation) / 100));
      }),
      { numRuns: 200 },
    );
  });

  it('gives the validation part its share of each class to less than one example', () => {
    fc.assert(
      fc.property(labelLists, fc.integer({ min: 1, max: 60 }), fc.nat(1000), (labels, percent, seed) => {
        const d = made(labels);
        const { validation } = splitDataset(d, { validation: percent / 100, seed });
        for (const code of [0, 1, 2]) {
          const share = (count(d, code) * validation.n) / d.n;
          expect(Math.abs(count(validation, code) - share)).toBeLessThan(1);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('deals 10 of a and 5 of b exactly: a fifth is 2 and 1', () => {
    const d = made([...'aaaaaaaaaabbbbb']);
    const { train, validation, test } = splitDataset(d, { validation: 0.2, test: 0.2 });
    expect([count(validation, 0), count(validation, 1)]).toEqual([2, 1]);
    expect([count(test, 0), count(test, 1)]).toEqual([2, 1]);
    expect([count(train, 0), count(train, 1)]).toEqual([6, 3]);
  });

  it('is the same for the same seed, another for another', () => {
    const d = made(Array.from({ length: 60 }, (_, i) => 'abc'[i % 3]));
    const ids = (seed: number): readonly string[] => splitDataset(d, { seed }).validation.ids;
    expect(ids(3)).toEqual(ids(3));
    expect(ids(3)).not.toEqual(ids(4));
  });

  it('never parts a group, be it a column or an array', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('u', 'v', 'w', 'x', null), { minLength: 6, maxLength: 50 }),
        fc.nat(1000),
        (groups, seed) => {
          const d = withMetadata(made(groups.map(() => 'a')), { writer: groups });
          const codes = groups.map((group) => group ?? 'none');
          for (const groupBy of ['writer', codes]) {
            const split = splitDataset(d, { validation: 0.3, test: 0.2, groupBy, seed });
            const parts = [split.train, split.validation, split.test].map(
              (part) => new Set(part.ids.map((id) => codes[Number(id) - 1])),
            );
            const distinct = new Set(codes).size;
            expect(parts.reduce((sum, part) => sum + part.size, 0)).toBe(distinct);
            expect(idsOf(split)).toHaveLength(groups.length);
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  it('puts the latest examples into test, those before into validation', () => {
    const d = withMetadata(made([...'aaaaa']), {
      day: [5, 1, 4, 2, 3].map((day) => new Date(day * 86_400_000)),
    });
    const { train, validation, test } = splitDataset(d, { validation: 0.2, test: 0.2, timeBy: 'day' });
    expect(train.ids).toEqual(['2', '4', '5']);
    expect(validation.ids).toEqual(['3']);
    expect(test.ids).toEqual(['1']);
  });

  it('leaves the data set as it was', () => {
    const d = deepFreeze(withMetadata(made([...'abcabc']), { g: [1, 1, 2, 2, 3, 3] }));
    const before = JSON.stringify(d);
    splitDataset(d, { validation: 0.3 });
    splitDataset(d, { validation: 0.3, groupBy: 'g' });
    splitDataset(d, { validation: 0.3, timeBy: 'g' });
    expect(JSON.stringify(d)).toBe(before);
  });

  it('refuses two ways at once, shares that leave nothing, and columns it cannot use', () => {
    const d = withMetadata(made([...'abc']), { g: ['x', 'y', 'z'], t: [1, null, 3] });
    expect(() => splitDataset(d, { stratify: true, groupBy: 'g' })).toThrow(
      '"stratify" must not be combined with "groupBy"',
    );
    expect(() => splitDataset(d, { groupBy: 'g', timeBy: 't' })).toThrow('not be combined');
    expect(() => splitDataset(d, { validation: 0.6, test: 0.6 })).toThrow(
      'leave at least one of the 3 examples',
    );
    expect(() => splitDataset(d, { validation: 1 })).toThrow('leave at least one');
    expect(() => splitDataset(d, { groupBy: 'q' })).toThrow('"groupBy" must be a column: g, t; got "q"');
    expect(() => splitDataset(d, { groupBy: ['x'] })).toThrow('dataset has 3, groupBy has 1');
    expect(() => splitDataset(d, { timeBy: 'g' })).toThrow('"g" holds strings');
    expect(() => splitDataset(d, { timeBy: 't' })).toThrow('"t" has none for 1 of 3');
    expect(() => splitDataset(d, { validaton: 0.1 } as never)).toThrow('Did you mean "validation"?');
    const targets = dataset({ features: [[1], [2]], labels: [0.1, 0.2] });
    expect(() => splitDataset(targets, { stratify: true })).toThrow(
      '"stratify" must be false for regression',
    );
    expect(splitDataset(targets, { validation: 0.5 }).validation.n).toBe(1);
  });
});
