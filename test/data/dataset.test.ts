import { dataset } from '../../src/data/dataset';
import { standardize } from '../../src/data/standardize';
import { takeExamples } from '../../src/data/take-examples';
import { table } from '../../src/data/table';
import { tableToRows } from '../../src/data/table-to-rows';
import { withMetadata } from '../../src/data/with-metadata';
import { deepFreeze } from './freeze';

const PARTS = deepFreeze({
  features: [
    [1, 2],
    [3, 4],
    [5, 6],
  ],
  labels: ['no', 'yes', 'no'],
  ids: ['a', 'b', 'c'],
});

describe('dataset from arrays', () => {
  it('copies features, sorts classes, counts ids from 1', () => {
    const d = dataset({ features: PARTS.features, labels: ['yes', 'no', 'yes'] });
    expect(d).toMatchObject({ kind: 'dataset', n: 3, task: 'classification', classes: ['no', 'yes'] });
    expect(d.features).toEqual({ values: Float32Array.of(1, 2, 3, 4, 5, 6), shape: [2], names: undefined });
    expect(d.labels).toEqual(Int32Array.of(1, 0, 1));
    expect(d.ids).toEqual(['1', '2', '3']);
  });

  it('takes one flat array with a shape, and numbers as targets', () => {
    const d = dataset({ features: Float32Array.of(1, 2, 3, 4), shape: [1, 2, 1], labels: [0.5, 2] });
    expect(d).toMatchObject({ n: 2, task: 'regression', classes: [] });
    expect(d.labels).toEqual(Float64Array.of(0.5, 2));
  });

  it('refuses what cannot be trained on, saying where', () => {
    const features = PARTS.features;
    expect(() => dataset({ features: [], labels: [] })).toThrow('"features" must hold at least one example');
    expect(() => dataset({ features, labels: ['a'], ids: ['1', '2'] })).toThrow(
      'must have one entry per example each; features has 3, labels has 1, ids has 2, metadata has 3.',
    );
    expect(() => dataset({ ...PARTS, ids: ['a', 'b', 'a'] })).toThrow('"ids" must be unique; got "a".');
    expect(() =>
      dataset({
        features: [
          [1, NaN],
          [Infinity, NaN],
        ],
        labels: [1, 2],
        featureNames: ['u', 'v'],
      }),
    ).toThrow(
      'be finite numbers; of NaN or infinite ones "v" has 2, "u" has 1. Fill or drop those values first.',
    );
    expect(() => dataset({ ...PARTS, classes: ['yes', 'maybe'] })).toThrow(
      '"labels" must lie among the classes yes, maybe; 2 do not, the first in example 1; got "no".',
    );
    expect(() => dataset({ features, labels: [0, 1, 2], classes: ['a', 'b'] })).toThrow(
      '(codes 0 to 1); 1 do not',
    );
    expect(() => dataset({ features: [[1], [1, 2]], labels: [1, 2] })).toThrow('example 2 has 2');
    expect(() => dataset({ features: [1, 2], labels: [1, 2] })).toThrow('"shape" must be given');
    expect(() => dataset({ ...PARTS, lables: [] } as never)).toThrow('Did you mean "labels"?');
    expect(() => dataset(null as never)).toThrow('"parts" must be an object');
  });
});

const PEOPLE = deepFreeze({
  age: [31, 40, 22],
  member: [true, false, true],
  town: ['Ulm', 'Bonn', 'Ulm'],
  buys: ['yes', 'no', 'yes'],
  key: ['p1', 'p2', 'p3'],
});

describe('dataset from a table', () => {
  it('takes numbers and truth values as features, the rest where it is told', () => {
    const d = dataset({ table: PEOPLE, label: 'buys', ids: 'key', metadata: ['town'], name: 'people' });
    expect(d.features).toEqual({
      values: Float32Array.of(31, 1, 40, 0, 22, 1),
      shape: [2],
      names: ['age', 'member'],
    });
    expect(d).toMatchObject({ name: 'people', n: 3, classes: ['no', 'yes'], ids: ['p1', 'p2', 'p3'] });
    expect(d.labels).toEqual(Int32Array.of(1, 0, 1));
    expect(tableToRows(d.metadata)).toEqual([{ town: 'Ulm' }, { town: 'Bonn' }, { town: 'Ulm' }]);
  });

  it('reads few different integers as classes, sorted as numbers, unless told otherwise', () => {
    const given = { table: { x: [1, 2, 3], y: [10, 9, 10] }, label: 'y' };
    const d = dataset(given);
    expect(d).toMatchObject({ task: 'classification', classes: ['9', '10'] });
    expect(d.labels).toEqual(Int32Array.of(1, 0, 1));
    expect(dataset({ ...given, task: 'regression' }).labels).toEqual(Float64Array.of(10, 9, 10));
    expect(dataset({ table: { x: [1, 2], y: [0.5, 1] }, label: 'y' }).task).toBe('regression');
    const y = Array.from({ length: 51 }, (_, i) => i);
    expect(dataset({ table: { x: y, y }, label: 'y' }).task).toBe('regression');
    expect(dataset({ table: { x: y.slice(1), y: y.slice(1) }, label: 'y' }).task).toBe('classification');
  });

  it('takes truth values as classes false and true, and codes with the classes given', () => {
    expect(dataset({ table: PEOPLE, label: 'member', features: ['age'] }).classes).toEqual(['false', 'true']);
    const d = dataset({ table: { x: [1, 2], y: [1, 0] }, label: 'y', classes: ['cat', 'dog'] });
    expect(d.labels).toEqual(Int32Array.of(1, 0));
    expect(d.classes).toEqual(['cat', 'dog']);
  });

  it('refuses text as features and says what to do', () => {
    expect(() => dataset({ table: PEOPLE, label: 'buys' })).toThrow(
      `dataset: "features" must be columns of numbers; "town" holds strings. Leave it out with "features", keep it beside the examples with "metadata: ['town']"`,
    );
  });

  it('counts what is missing, per column', () => {
    const gaps = { a: [1, null, NaN], b: [null, 2, 3], c: [1, 2, 3], y: ['p', null, 'q'] };
    expect(() => dataset({ table: gaps, label: 'y' })).toThrow(
      '"features" must have a finite value in every row; missing, NaN or infinite are, of 3: "a" 2, "b" 1. Fill',
    );
    expect(() => dataset({ table: gaps, label: 'y', features: ['c'] })).toThrow(
      '"label" must have a finite value',
    );
  });

  it('refuses columns that are not there, empty tables, dates as labels, repeated ids', () => {
    expect(() => dataset({ table: PEOPLE, label: 'buy' })).toThrow('got "buy". Did you mean "buys"?');
    expect(() => dataset({ table: PEOPLE, label: 'buys', features: ['ages'] })).toThrow(
      'Did you mean "age"?',
    );
    expect(() => dataset({ table: table({}), label: 'y' })).toThrow('"table" must hold at least one row');
    expect(() => dataset({ table: { y: ['a'] }, label: 'y' })).toThrow(
      '"features" must name at least one column',
    );
    expect(() => dataset({ table: { x: [1], y: [2] }, label: 'y', features: ['y'] })).toThrow(
      'not that of the labels',
    );
    expect(() => dataset({ table: { x: [1], t: [new Date(0)] }, label: 't' })).toThrow('"t" holds dates');
    expect(() => dataset({ table: { x: [1, 2], y: ['a', 'b'], k: [7, 7] }, label: 'y', ids: 'k' })).toThrow(
      '"ids" must be unique; got "7".',
    );
    expect(() => dataset({ table: PEOPLE, label: 'buys', feature: [] } as never)).toThrow(
      'Did you mean "features"?',
    );
    expect(() => dataset({ table: PEOPLE } as never)).toThrow(
      '"label" must be the name of a column, or an array of different names; got undefined',
    );
  });
});

describe('takeExamples and withMetadata', () => {
  it('keep features, labels, ids and metadata together', () => {
    const d = withMetadata(dataset(PARTS), { ink: [7, 8, 9] });
    const taken = takeExamples(d, Object.freeze([2, 0]) as number[]);
    expect(taken.features.values).toEqual(Float32Array.of(5, 6, 1, 2));
    expect(taken).toMatchObject({ n: 2, ids: ['c', 'a'], classes: ['no', 'yes'] });
    expect(tableToRows(taken.metadata)).toEqual([{ ink: 9 }, { ink: 7 }]);
    expect(d.metadata.names).toEqual(['ink']);
  });

  it('replace a column of the same name, and refuse other lengths and rows', () => {
    const d = withMetadata(withMetadata(dataset(PARTS), { a: [1, 2, 3] }), {
      b: [0, 0, 0],
      a: ['x', 'y', 'z'],
    });
    expect(tableToRows(d.metadata)[0]).toEqual({ a: 'x', b: 0 });
    expect(() => withMetadata(d, { a: [1] })).toThrow('dataset has 3, metadata has 1');
    expect(() => takeExamples(d, [3])).toThrow('"rows" must be row numbers from 0 to 2; got 3.');
    expect(takeExamples(d, []).n).toBe(0);
  });
});

describe('standardize', () => {
  it('measures the first data set only, column by column', () => {
    const train = dataset({
      features: [
        [0, 5],
        [2, 5],
      ],
      labels: ['a', 'b'],
    });
    const other = dataset({ features: [[4, 6]], labels: ['a'], classes: ['a', 'b'] });
    const [a, b] = standardize(train, other);
    // column 1: mean 1, standard deviation 1; column 2 is constant and becomes 0
    expect(a.features.values).toEqual(Float32Array.of(-1, 0, 1, 0));
    expect(b.features.values).toEqual(Float32Array.of(3, 0));
    expect(train.features.values).toEqual(Float32Array.of(0, 5, 2, 5));
  });

  it('treats all pixels of an image alike', () => {
    const images = dataset({
      features: [
        [0, 2],
        [4, 6],
      ],
      shape: [1, 2, 1],
      labels: ['a', 'b'],
    });
    // mean 3, variance (9 + 1 + 1 + 9) / 4 = 5
    const expected = [-3, -1, 1, 3].map((value) => Math.fround(value / Math.sqrt(5)));
    expect(Array.from(standardize(images)[0].features.values)).toEqual(expected);
  });

  it('refuses another shape', () => {
    const train = dataset({ features: [[0, 5]], labels: ['a'] });
    expect(() => standardize(train, dataset({ features: [[1]], labels: ['a'] }))).toThrow(
      '[2]; "data" has [1]',
    );
  });
});
