import fc from 'fast-check';
import { random } from '../../src/core/random';
import { dataset } from '../../src/data/dataset';
import { labelNames } from '../../src/data/label-columns';
import { countLabels } from '../../src/data/label-rows';
import { splitDataset } from '../../src/data/split-dataset';
import { standardize } from '../../src/data/standardize';
import { takeExamples } from '../../src/data/take-examples';
import type { Dataset } from '../../src/data/types';
import { withMetadata } from '../../src/data/with-metadata';
import { deepFreeze } from './freeze';

const features = deepFreeze([[1], [2], [3]]);

describe('a multi-label data set', () => {
  it('is made of lists of names; an empty list is no label', () => {
    const d = dataset({ features, labels: deepFreeze([['wind', 'rain'], [], ['wind']]) });
    expect(d).toMatchObject({ task: 'multi-label', n: 3, classes: ['rain', 'wind'] });
    expect(d.labels).toEqual(Uint8Array.of(1, 1, 0, 0, 0, 1));
    const given = { features, labels: [[], [], []], classes: ['rain'] };
    expect(dataset(given).labels).toEqual(Uint8Array.of(0, 0, 0));
  });

  it('is made of rows of 0 and 1 or of truth values, named by "classes" or numbered', () => {
    const labels = deepFreeze([[1, 0], [0, 0], [1, 1]]); // prettier-ignore
    const d = dataset({ features, labels });
    expect(d).toMatchObject({ task: 'multi-label', classes: ['0', '1'] });
    expect(d.labels).toEqual(Uint8Array.of(1, 0, 0, 0, 1, 1));
    const truths = labels.map((row) => row.map(Boolean)) as never;
    expect(dataset({ features, labels: truths, classes: ['a', 'b'] }).labels).toEqual(d.labels);
    const rows = labels.map((row) => Uint8Array.from(row));
    expect(dataset({ features, labels: rows }).labels).toEqual(d.labels);
  });

  it('is made of its own flat labels again', () => {
    const d = dataset({ features, labels: [['a'], ['b'], []] });
    const { task, labels, classes } = d;
    expect(dataset({ features, task, labels, classes }).labels).toEqual(labels);
  });

  it.each([
    [{ labels: [['a'], ['b']] }, 'labels has 2'],
    [
      { labels: [['a', 'a'], [], []] },
      'name each label of an example once; example 1 has one twice; got "a"',
    ],
    [
      { labels: [['a'], ['c'], []], classes: ['a', 'b'] },
      'lie among the labels a, b; one of example 2 does not',
    ],
    [
      { labels: [[1, 0], [1], [0, 0]] },
      'have 2 entries in every example, one for each label; example 2 has 1',
    ],
    [
      {
        labels: [
          [1, 0],
          [0, 2],
          [0, 0],
        ],
      },
      'that of example 2 for "1" is not; got 2',
    ],
    [
      {
        labels: [
          [1, NaN],
          [0, 1],
          [0, 0],
        ],
      },
      'be 0 or 1',
    ],
    [{ labels: [['a'], [1], []] }, 'all of names or all of 0 and 1; that of example 2'],
    [{ labels: [['a'], 'b', []] }, 'that of example 2 is another'],
    [{ labels: [[], [], []] }, 'name at least one label; no example has any'],
    [{ labels: [[1], [0], [1]], classes: ['a', 'a'] }, 'be different names'],
    [{ labels: [['a'], [], []], task: 'classification' }, 'hold one label an example for classification'],
    [{ labels: [1, 0, 1], task: 'multi-label' }, '"classes" must be given'],
    [{ labels: [1, 0, 1], task: 'multi-label', classes: ['a', 'b'] }, 'have 3×2 entries'],
    [{ labels: ['a', 'b', 'a'], task: 'multi-label', classes: ['a'] }, 'hold an array for each example'],
    [{ labels: [1, 0, 1], task: 'multilabel' }, 'Did you mean "multi-label"?'],
  ])('refuses %j', (parts, message) => {
    expect(() => dataset({ features, ...parts } as never)).toThrow(
      new RegExp(message.replace(/[?]/g, '\\$&')),
    );
  });

  it('comes from columns of a table, or from one of names', () => {
    const table = { x: [1, 2], is_rain: [1, 0], is_wind: [true, false], sky: ['rain; wind', null] };
    const byColumns = dataset({ table, label: ['is_rain', 'is_wind'], features: ['x'] });
    const byNames = dataset({ table, label: 'sky', separator: ';', features: ['x'] });
    for (const d of [byColumns, byNames]) {
      expect(d).toMatchObject({ task: 'multi-label', classes: ['rain', 'wind'] });
      expect(d.labels).toEqual(Uint8Array.of(1, 1, 0, 0));
    }
    const rest = dataset({ table: { x: [1], a: [1], b: [0] }, label: ['a', 'b'] });
    expect(rest.features.names).toEqual(['x']);
    const one = dataset({ table: { x: [1, 2], y: ['a', 'b'] }, label: 'y', task: 'multi-label' });
    expect(one.labels).toEqual(Uint8Array.of(1, 0, 0, 1));
  });

  it('stands beside raw columns', () => {
    const columns = { town: ['Ulm', null], is_rain: [1, 0], is_wind: [1, 0] };
    const d = dataset({ columns, label: ['is_rain', 'is_wind'] });
    expect(d).toMatchObject({ task: 'multi-label', classes: ['rain', 'wind'], roles: { town: 'category' } });
    expect(d.labels).toEqual(Uint8Array.of(1, 1, 0, 0));
    const { town } = columns;
    const named = dataset({ columns: { town, sky: ['rain, wind', ''] }, label: 'sky', separator: ',' });
    expect(named.labels).toEqual(d.labels);
    expect(dataset({ columns: { town }, labels: [['rain', 'wind'], []] }).labels).toEqual(d.labels);
    expect(() => dataset({ columns: { town }, labels: [['rain'], []], separator: ',' })).toThrow(
      'be given with a column of labels only',
    );
  });

  it.each([
    [{ label: ['a', 'c'] }, 'unknown-name'],
    [{ label: ['a', 't'] }, 'invalid-type'],
    [{ label: ['a', 'n'] }, 'non-finite'],
    [{ label: ['a', 'a'] }, 'invalid-type'],
    [{ label: [] }, 'invalid-type'],
    [{ label: ['a', 'x'], features: ['x'] }, 'out-of-range'],
    [{ label: ['a', 'x'], task: 'classification' }, 'unsupported'],
    [{ label: 't', separator: ',', task: 'classification' }, 'unsupported'],
    [{ label: 'd', separator: ',' }, 'invalid-type'],
  ])('refuses the columns %j', (parts, code) => {
    const table = {
      x: [1, 5],
      a: [1, 0],
      b: [0, 1],
      t: ['a', 'b'],
      n: [1, null],
      d: [new Date(0), new Date(1)],
    };
    expect(() => dataset({ table, features: ['b'], ...parts } as never)).toThrow(
      expect.objectContaining({ code }),
    );
  });

  it('keeps a beginning that is part of a word', () => {
    expect(labelNames(['rain', 'rainbow'])).toEqual(['rain', 'rainbow']);
    expect(labelNames(['y', 'y_b'])).toEqual(['y', 'y_b']);
    expect(labelNames(['tag: über', 'tag: unter'])).toEqual(['über', 'unter']);
    expect(labelNames(['only_one'])).toEqual(['only_one']);
  });

  it('keeps the labels beside the examples', () => {
    const d = withMetadata(dataset({ features, labels: [['a'], ['a', 'b'], []] }), { ink: [7, 8, 9] });
    const taken = takeExamples(d, [2, 1, 1]);
    expect(taken.labels).toEqual(Uint8Array.of(0, 0, 1, 1, 1, 1));
    expect([taken.n, taken.ids]).toEqual([3, ['3', '2', '2']]);
    expect(standardize(d)[0].labels).toEqual(d.labels);
    expect(countLabels(d)).toEqual([2, 1]);
  });
});

/** N examples of K labels, the k-th of them with probability 1 / (k + 2), and one label for five examples alone. */
function skies(n: number, seed: number): Dataset {
  const stream = random(seed);
  const labels = Array.from({ length: n }, (_, i) =>
    [0, 1, 2].map((k) => Number(stream.next() < 1 / (k + 2))).concat(Number(i < 5)),
  );
  return dataset({ features: labels.map((_, i) => [i]), labels });
}

describe('splitDataset with several labels', () => {
  it('puts every example in one part of the size asked for, and gives each its share of every label', () => {
    const shares = fc.integer({ min: 10, max: 50 });
    fc.assert(
      fc.property(fc.integer({ min: 30, max: 90 }), shares, fc.nat(1000), (n, percent, seed) => {
        const d = skies(n, seed);
        const { train, validation, test } = splitDataset(d, { validation: percent / 100, test: 0.2, seed });
        expect([...train.ids, ...validation.ids, ...test.ids].sort()).toEqual([...d.ids].sort());
        expect([validation.n, test.n]).toEqual([Math.round(n * (percent / 100)), Math.round(n * 0.2)]);
        const all = countLabels(d);
        for (const part of [train, validation, test]) {
          countLabels(part).forEach((count, k) => {
            expect(Math.abs(count - (all[k] * part.n) / n)).toBeLessThan(3);
          });
        }
      }),
      { numRuns: 100 },
    );
  });

  it('deals a label of five examples one to a fifth, at every seed; chance would not', () => {
    const rare = (stratify: boolean): number[] =>
      Array.from({ length: 20 }, (_, seed) => {
        const { validation } = splitDataset(skies(100, 1), { validation: 0.2, stratify, seed });
        return countLabels(validation)[3];
      });
    expect(new Set(rare(true))).toEqual(new Set([1]));
    expect(new Set(rare(false)).size).toBeGreaterThan(1);
  });

  it('is the same for the same seed, goes without labels, and can be left out', () => {
    const d = skies(40, 2);
    const ids = (seed: number): readonly string[] => splitDataset(d, { seed }).validation.ids;
    expect(ids(3)).toEqual(ids(3));
    expect(ids(3)).not.toEqual(ids(4));
    const none = dataset({ features, labels: [[], [], []], classes: ['a'] });
    expect(splitDataset(none, { validation: 0.34 }).validation.n).toBe(1);
    const groups = d.ids.map((_, i) => i % 4);
    expect(splitDataset(d, { groupBy: groups, validation: 0.25 }).validation.n).toBe(10);
  });
});
