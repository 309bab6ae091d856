import { asTable } from '../../src/data/as-table';
import { dataset } from '../../src/data/dataset';
import { fromDanfo, type DanfoFrame } from '../../src/data/from-danfo';
import { table } from '../../src/data/table';
import { tableToRows } from '../../src/data/table-to-rows';
import { toDanfo } from '../../src/data/to-danfo';

describe('danfo', () => {
  it('frames are read with their nulls, and go wherever a table can', () => {
    const { DataFrame } = require('danfojs-node') as { DataFrame: new (data: object) => DanfoFrame };
    const frame = new DataFrame({
      a: [1, 2.5, null],
      b: ['x', null, 'z'],
      c: [true, false, true],
      y: ['n', 'y', 'n'],
    });
    const expected = [
      { a: 1, b: 'x', c: true, y: 'n' },
      { a: 2.5, b: null, c: false, y: 'y' },
      { a: null, b: 'z', c: true, y: 'n' },
    ];
    expect(tableToRows(fromDanfo(frame))).toEqual(expected);
    expect(tableToRows(asTable(frame))).toEqual(expected);
    const d = dataset({ table: frame, label: 'y', features: ['c'] });
    expect(Array.from(d.features.values)).toEqual([1, 0, 1]);
    expect(d.classes).toEqual(['n', 'y']);
  });

  it('frames are made from tables and read back the same, dates as text', () => {
    const t = table({ a: [1, null], b: ['x', null], c: [true, false], d: [new Date(0), null] });
    const frame = toDanfo(t);
    expect([...frame.columns]).toEqual(['a', 'b', 'c', 'd']);
    expect(tableToRows(fromDanfo(frame))).toEqual([
      { a: 1, b: 'x', c: true, d: '1970-01-01T00:00:00.000Z' },
      { a: null, b: null, c: false, d: null },
    ]);
  });

  it('is refused where it is no frame or would be empty', () => {
    expect(() => fromDanfo([] as never)).toThrow('fromDanfo: "frame" must be a danfo DataFrame');
    expect(() => toDanfo(table({}))).toThrow('toDanfo: "table" must have at least one row and one column');
  });

  it('says how to install it where it is not there', () => {
    jest.isolateModules(() => {
      jest.doMock('danfojs-node', () => {
        throw new Error("Cannot find module 'danfojs-node'");
      });
      const fresh = require('../../src/data/to-danfo') as { toDanfo: typeof toDanfo };
      expect(() => fresh.toDanfo(table({ a: [1] }))).toThrow(
        'toDanfo: "danfojs-node" must be installed. Run "npm install danfojs-node@1.2.0", with the "overrides" block',
      );
    });
    jest.dontMock('danfojs-node');
  });
});
