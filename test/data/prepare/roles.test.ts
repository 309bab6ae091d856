import { idLike, rolesOf, usualRole } from '../../../src/data/prepare/roles';
import { table, type ColumnValues } from '../../../src/data/table';

const columnOf = (values: ColumnValues) => table({ x: values }).columns.x;
const roleOf = (values: ColumnValues): string => usualRole(columnOf(values), values.length);
const times = <T>(n: number, value: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => value(i));

describe('usualRole', () => {
  it('takes numbers, truth values and dates for what they are', () => {
    expect(roleOf([1.5, null, 2])).toBe('number');
    expect(roleOf([true, null, false])).toBe('boolean');
    expect(roleOf([new Date(0), new Date(1)])).toBe('date');
    expect(roleOf([null, null])).toBe('number');
  });

  it('takes strings for text only where they are sentences and mostly different', () => {
    expect(roleOf(['Ulm', 'Bonn', null])).toBe('category');
    expect(roleOf(['one two three', 'four five six', null])).toBe('text');
    // two words on average
    expect(roleOf(['one two three', 'four'])).toBe('category');
    // two different among four: half, not more
    expect(roleOf(['a b c', 'a b c', 'd e f', 'd e f'])).toBe('category');
    expect(roleOf(['a b c', 'a b c', 'd e f', 'g h i'])).toBe('text');
  });

  it('ignores what only tells examples apart, from 20 values on', () => {
    expect(roleOf(times(20, (i) => `p${i}`))).toBe('ignore');
    expect(roleOf(times(19, (i) => `p${i}`))).toBe('category');
    // 20 of 40 different: half, not more
    expect(roleOf(times(40, (i) => `p${i % 20}`))).toBe('category');
    expect(roleOf(times(40, (i) => `p${i % 21}`))).toBe('ignore');
    expect(roleOf(times(20, (i) => 20 - i))).toBe('ignore');
    expect(roleOf(times(20, (i) => 2 * i))).toBe('number');
    expect(roleOf(times(20, (i) => i % 19))).toBe('number');
    expect(roleOf(times(20, (i) => (i === 3 ? null : i)))).toBe('number');
    expect(roleOf(times(20, (i) => i + 0.5))).toBe('number');
    expect(idLike(columnOf(times(20, (i) => i + 7)), 20)).toBe('it counts the rows, from 7 to 26');
    expect(idLike(columnOf(times(20, (i) => `p${i}`)), 20)).toContain('20 of its 20 values are different');
  });
});

describe('rolesOf', () => {
  const t = table({ age: [1, 2], note: ['x', 'y'], seen: [new Date(0), null] });

  it('lets given roles win', () => {
    expect(rolesOf('f', t, { note: 'text', age: 'category' })).toEqual({
      age: 'category',
      note: 'text',
      seen: 'date',
    });
  });

  it('refuses columns and roles that are not there, and roles a type cannot play', () => {
    expect(() => rolesOf('f', t, { nose: 'text' })).toThrow('Did you mean "note"?');
    expect(() => rolesOf('f', t, { note: 'txt' as never })).toThrow('Did you mean "text"?');
    expect(() => rolesOf('f', t, { age: 'date' })).toThrow(
      'f: "roles.age" must be a role that a column of numbers can play: number, category, ignore; got "date".',
    );
    expect(() => rolesOf('f', t, { note: 'number' })).toThrow('category, text, ignore');
  });
});
