import { allColumns } from '../../src/data/all-columns';
import { dataset } from '../../src/data/dataset';
import { splitDataset } from '../../src/data/split-dataset';
import { tableToRows } from '../../src/data/table-to-rows';
import { takeExamples } from '../../src/data/take-examples';
import { withMetadata } from '../../src/data/with-metadata';
import { deepFreeze } from './freeze';

const ROWS = deepFreeze([
  { age: 31, town: 'Ulm', buys: 'yes', key: 'p1', writer: 'Ada', on: new Date(3) },
  { age: null, town: 'Bonn', buys: 'no', key: 'p2', writer: 'Bo', on: new Date(1) },
  { age: 22, town: null, buys: 'yes', key: 'p3', writer: 'Ada', on: new Date(2) },
]);
const people = dataset({ columns: ROWS, label: 'buys', ids: 'key', metadata: ['writer'], name: 'people' });

describe('dataset of raw columns', () => {
  it('keeps columns as they are, gaps and all, with a role each', () => {
    expect(people).toMatchObject({
      kind: 'dataset',
      name: 'people',
      n: 3,
      task: 'classification',
      classes: ['no', 'yes'],
      labels: Int32Array.of(1, 0, 1),
      ids: ['p1', 'p2', 'p3'],
      features: { shape: [0], values: new Float32Array(0) },
      roles: { age: 'number', town: 'category', on: 'date' },
    });
    expect(tableToRows(people.columns!)).toEqual(ROWS.map(({ age, town, on }) => ({ age, town, on })));
    expect(tableToRows(people.metadata)).toEqual(ROWS.map(({ writer }) => ({ writer })));
  });

  it('takes labels beside the columns, and classes in an order of their own', () => {
    const d = dataset({
      columns: { x: [1, null] },
      labels: ['a', 'b'],
      classes: ['b', 'a'],
      ids: ['u', 'v'],
    });
    expect(d).toMatchObject({ labels: Int32Array.of(1, 0), classes: ['b', 'a'], ids: ['u', 'v'] });
    expect(dataset({ columns: { x: [1, null] }, labels: [2, 3] }).task).toBe('regression');
    expect(dataset({ columns: { x: [1, null], y: [2, 3] }, label: 'y' }).task).toBe('classification');
  });

  it('goes through splits, selections and added metadata', () => {
    expect(tableToRows(takeExamples(people, [2, 0]).columns!).map(({ age }) => age)).toEqual([22, 31]);
    const noted = withMetadata(people, { hard: [1, 2, 3] });
    expect(noted.columns).toEqual(people.columns);
    const { train, validation } = splitDataset(people, { validation: 1 / 3, timeBy: 'on' });
    expect([train.ids, validation.ids]).toEqual([['p2', 'p3'], ['p1']]);
    expect(tableToRows(validation.columns!)).toMatchObject([{ town: 'Ulm' }]);
    const grouped = splitDataset(people, { validation: 1 / 3, groupBy: 'town', seed: 1 });
    expect(grouped.train.n + grouped.validation.n).toBe(3);
  });

  it('tells of each example all that is known', () => {
    expect(allColumns(people).names).toEqual(['writer', 'age', 'town', 'on']);
    const renamed = withMetadata(people, { age: ['young', 'old', 'young'] });
    expect(tableToRows(allColumns(renamed))[1]).toMatchObject({ age: 'old', town: 'Bonn' });
    const plain = dataset({ features: [[1]], labels: ['a'] });
    expect(allColumns(plain)).toBe(plain.metadata);
  });

  it('refuses what cannot be used, saying where', () => {
    const columns = { x: [1, null], y: ['a', 'b'] };
    expect(() => dataset({ columns })).toThrow(
      'dataset: "label" must name the column of labels, or "labels" hold them, and not both.',
    );
    expect(() => dataset({ columns, label: 'y', labels: [1, 2] })).toThrow('and not both');
    expect(() => dataset({ columns, label: 'z' })).toThrow('"label" must be a column: x, y; got "z"');
    expect(() => dataset({ columns, label: 'y', roles: { xx: 'number' } })).toThrow('Did you mean "x"?');
    expect(() => dataset({ columns, label: 'y', metadata: ['x'] })).toThrow('beside label, ids and metadata');
    expect(() => dataset({ columns, label: 'y', role: {} } as never)).toThrow('Did you mean "roles"?');
    expect(() => dataset({ columns: {}, label: 'y' })).toThrow('"columns" must hold at least one row');
    expect(() => dataset({ columns, labels: [1] })).toThrow('labels has 1');
    expect(() => dataset({ columns: { x: [1, 2], y: ['a', null] }, label: 'y' })).toThrow(
      '"label" must have a finite value in every row',
    );
  });
});
