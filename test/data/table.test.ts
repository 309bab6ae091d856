import { asTable, type TableLike } from '../../src/data/as-table';
import { columnValue } from '../../src/data/column-value';
import { selectRows } from '../../src/data/select-rows';
import { table } from '../../src/data/table';
import { tableToRows } from '../../src/data/table-to-rows';

const MIXED = Object.freeze({
  a: Object.freeze([1, null, NaN]),
  b: Object.freeze(['x', 'y', null]),
  c: Object.freeze([true, undefined, false]),
  d: Object.freeze([new Date(0), new Date(86_400_000), null]),
});

describe('table', () => {
  it('keeps nulls apart from NaN and codes strings in order of occurrence', () => {
    const t = table(MIXED);
    expect(t.n).toBe(3);
    expect(t.names).toEqual(['a', 'b', 'c', 'd']);
    expect(t.columns.a).toEqual({
      type: 'number',
      values: Float64Array.of(1, 0, NaN),
      valid: Uint8Array.of(1, 0, 1),
    });
    expect(t.columns.b).toEqual({ type: 'string', codes: Int32Array.of(0, 1, -1), dictionary: ['x', 'y'] });
    expect(t.columns.c).toEqual({
      type: 'boolean',
      values: Uint8Array.of(1, 0, 0),
      valid: Uint8Array.of(1, 0, 1),
    });
    expect(t.columns.d).toEqual({
      type: 'date',
      values: Float64Array.of(0, 86_400_000, 0),
      valid: Uint8Array.of(1, 1, 0),
    });
  });

  it('copies typed arrays, so that later changes of them do not show', () => {
    const given = Float32Array.of(1, 2);
    const t = table({ a: given });
    given[0] = 9;
    expect(t.columns.a).toEqual({ type: 'number', values: Float64Array.of(1, 2), valid: null });
  });

  it('takes a column of nulls as numbers, and no columns as no rows', () => {
    expect(table({ a: [null, null] }).columns.a).toEqual({
      type: 'number',
      values: Float64Array.of(0, 0),
      valid: Uint8Array.of(0, 0),
    });
    expect(table({}).n).toBe(0);
  });

  it('refuses uneven columns, naming all lengths, and mixed kinds, naming them', () => {
    expect(() => table({ a: [1], b: [1, 2], c: [1] })).toThrow(
      'table: "columns" must have one length; a has 1, b has 2, c has 1.',
    );
    expect(() => table({ a: [1, 'x'] })).toThrow(
      '"a" must hold numbers, strings, truth values or dates, one kind',
    );
    expect(() => table({ a: 3 as never })).toThrow('"a" must be an array of values; got 3.');
    expect(() => table({ a: BigInt64Array.of(1n) as never })).toThrow('it holds bigints');
  });

  it('means the same after JSON', () => {
    expect(JSON.parse(JSON.stringify(table({ a: [1, 2] }))).columns.a).toEqual({
      type: 'number',
      values: [1, 2],
      valid: null,
    });
  });
});

describe('tableToRows and columnValue', () => {
  it('give the values that went in', () => {
    expect(tableToRows(table(MIXED))).toEqual([
      { a: 1, b: 'x', c: true, d: new Date(0) },
      { a: null, b: 'y', c: null, d: new Date(86_400_000) },
      { a: NaN, b: null, c: false, d: null },
    ]);
  });

  it('have null beyond the last row', () => {
    expect(columnValue(table(MIXED).columns.a, 3)).toBeNull();
    expect(columnValue(table(MIXED).columns.b, -1)).toBeNull();
  });
});

describe('selectRows', () => {
  it('takes rows in the order asked for, repeats too, nulls with them', () => {
    expect(tableToRows(selectRows(table({ a: [1, null, 3], b: ['x', 'y', 'x'] }), [2, 1, 1]))).toEqual([
      { a: 3, b: 'x' },
      { a: null, b: 'y' },
      { a: null, b: 'y' },
    ]);
  });

  it('refuses rows that are not there', () => {
    expect(() => selectRows(table({ a: [1, 2] }), [0, 2])).toThrow(
      '"rows" must be row numbers from 0 to 1; got 2.',
    );
  });
});

describe('asTable', () => {
  it('returns a table itself, and reads rows and columns', () => {
    const t = table({ a: [1] });
    expect(asTable(t)).toBe(t);
    expect(tableToRows(asTable([{ a: 1 }, { b: 'x' }]))).toEqual([
      { a: 1, b: null },
      { a: null, b: 'x' },
    ]);
    expect(asTable({ a: [1, 2] }).n).toBe(2);
  });

  it('refuses what is none', () => {
    expect(() => asTable(3 as never)).toThrow('asTable: "table" must be a table');
    expect(() => asTable(null as never, 'dataset')).toThrow('dataset: "table" must be a table');
    expect(() => asTable([{ a: 1 }, 2] as unknown as TableLike)).toThrow('row 2 is none; got 2.');
  });
});
