import { InputError } from '../../core/input-error';
import { check, oneOf, record } from '../../core/options';
import { requireColumn } from '../require-column';
import type { Column, Role, Table } from '../types';
import { levelCounts } from './cells';

const ROLES = ['number', 'category', 'boolean', 'date', 'text', 'ignore'] as const;

/** Roles that a type of column can play; the first is its usual one. */
const POSSIBLE: Readonly<Record<Column['type'], readonly Role[]>> = {
  number: ['number', 'category', 'ignore'],
  boolean: ['boolean', 'number', 'category', 'ignore'],
  date: ['date', 'ignore'],
  string: ['category', 'text', 'ignore'],
};

/** Fewer values than this are never taken for ids. */
const FEW = 20;
const WORDS_OF_A_TEXT = 3;

const wordsIn = (text: string): number => text.trim().split(/\s+/).length;

interface StringFacts {
  readonly values: number;
  readonly distinct: number;
  /** Mean words of a value. */
  readonly words: number;
}

function stringFacts(column: Column, n: number): StringFacts {
  const counts = levelCounts(column, n);
  const missing = counts.get(null) ?? 0;
  counts.delete(null);
  let words = 0;
  for (const [level, count] of counts) words += wordsIn(level!) * count;
  return { values: n - missing, distinct: counts.size, words: words / (n - missing) };
}

/**
 * Returns why a column tells examples apart rather than kinds of examples, or null where it does not: whole numbers that
 * count the rows without a gap, or short text of which most values are different. Columns of fewer than 20 values never do.
 */
export function idLike(column: Column, n: number): string | null {
  if (n < FEW) return null;
  if (column.type === 'number') {
    if (column.valid?.includes(0)) return null;
    const values = column.values.subarray(0, n);
    const [min, max] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
    const counts = max - min === n - 1 && values.every(Number.isInteger) && new Set(values).size === n;
    return counts ? `it counts the rows, from ${min} to ${max}` : null;
  }
  if (column.type !== 'string') return null;
  const { values, distinct, words } = stringFacts(column, n);
  if (values < FEW || 2 * distinct <= values || words >= WORDS_OF_A_TEXT) return null;
  return `${distinct} of its ${values} values are different, and they are no sentences`;
}

/**
 * Returns the role of a column by its type and values. Numbers, truth values and dates are what they are. Strings are text
 * where they have three words or more on average and more than half are different, else categories. Id-like columns are
 * ignored.
 */
export function usualRole(column: Column, n: number): Role {
  if (idLike(column, n) !== null) return 'ignore';
  if (column.type !== 'string') return POSSIBLE[column.type][0];
  const { values, distinct, words } = stringFacts(column, n);
  return words >= WORDS_OF_A_TEXT && 2 * distinct > values ? 'text' : 'category';
}

/** Returns the role of each column, as given or as usual; throws `unknown-name` or `invalid-type` for one that cannot be. */
export function rolesOf(
  fn: string,
  table: Table,
  given: Readonly<Record<string, Role>> = {},
): Record<string, Role> {
  check(fn, 'roles', given, record);
  for (const [name, role] of Object.entries(given)) {
    requireColumn(fn, 'roles', table.names, name);
    check(fn, `roles.${name}`, role, oneOf(ROLES));
    const { type } = table.columns[name];
    if (POSSIBLE[type].includes(role)) continue;
    throw new InputError({
      code: 'invalid-type',
      fn,
      param: `roles.${name}`,
      expected: `be a role that a column of ${type}s can play: ${POSSIBLE[type].join(', ')}`,
      received: role,
    });
  }
  return Object.fromEntries(
    table.names.map((name) => [name, given[name] ?? usualRole(table.columns[name], table.n)]),
  );
}
