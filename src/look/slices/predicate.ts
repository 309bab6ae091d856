import { InputError } from '../../core/input-error';
import { nearestName } from '../../core/nearest-name';
import { quoteName, quoteText } from '../../data/read/column-plan';
import type { Column, Table } from '../../data/types';
import type { SliceCondition } from './types';

/** A number as a person writes it: five digits, whole ones in full, a true minus sign. */
function number(value: number): string {
  const shown = Number.isInteger(value) ? value : Number(value.toPrecision(5));
  return String(shown).replace('-', '−');
}

/** A moment, as short as it can be. */
const moment = (value: number): string =>
  new Date(value).toISOString().replace(/T00:00:00\.000Z$/, '').replace(/:00\.000Z$/, '').replace('T', ' ');

/** Returns a condition in words. */
export function conditionWords(condition: SliceCondition): string {
  const { column } = condition;
  if ('missing' in condition) return `${column} is missing`;
  if ('is' in condition) {
    const { is } = condition;
    return `${column} = ${typeof is === 'number' ? number(is) : is === '' ? '""' : String(is)}`;
  }
  const word = condition.date ? moment : number;
  const { from, to } = condition;
  if (from === null) return to === null ? `${column} is known` : `${column} < ${word(to)}`;
  return to === null ? `${column} ≥ ${word(from)}` : `${word(from)} ≤ ${column} < ${word(to)}`;
}

/** Returns a predicate in words; "all rows" without conditions. */
export function predicateWords(predicate: readonly SliceCondition[]): string {
  return predicate.map(conditionWords).join(' and ') || 'all rows';
}

function conditionSql(condition: SliceCondition): string {
  const name = quoteName(condition.column);
  if ('missing' in condition) return `${name} IS NULL`;
  if ('is' in condition) {
    const { is } = condition;
    return `${name} = ${typeof is === 'string' ? quoteText(is) : String(is)}`;
  }
  const value = (bound: number): string =>
    condition.date ? `TIMESTAMP ${quoteText(new Date(bound).toISOString().slice(0, 23).replace('T', ' '))}` : String(bound);
  const { from, to } = condition;
  const bounds = [from === null ? [] : [`${name} >= ${value(from)}`], to === null ? [] : [`${name} < ${value(to)}`]];
  return bounds.flat().join(' AND ') || `${name} IS NOT NULL`;
}

/** Returns a predicate as an SQL condition. */
export function predicateSql(predicate: readonly SliceCondition[]): string {
  return predicate.map(conditionSql).join(' AND ') || 'TRUE';
}

/** Whether rows satisfy a condition. */
function testOf(condition: SliceCondition, column: Column): (row: number) => boolean {
  if (column.type === 'string') {
    if ('missing' in condition) return (row) => !(column.codes[row] >= 0);
    const code = 'is' in condition ? column.dictionary.indexOf(String(condition.is)) : NaN;
    return (row) => column.codes[row] === code && code >= 0;
  }
  const { values, valid } = column;
  const known = (row: number): boolean => valid?.[row] !== 0 && !Number.isNaN(values[row]);
  if ('missing' in condition) return (row) => !known(row);
  if ('is' in condition) {
    const wanted = Number(condition.is);
    return (row) => known(row) && values[row] === wanted;
  }
  const { from, to } = condition;
  return (row) => known(row) && (from === null || values[row] >= from) && (to === null || values[row] < to);
}

/**
 * Returns the numbers of the rows that satisfy all conditions, ascending.
 *
 * @throws InputError `missing` for a column that the table has not
 */
export function rowsWhere(fn: string, predicate: readonly SliceCondition[], table: Table): number[] {
  const tests = predicate.map((condition) => {
    const { column } = condition;
    if (!table.names.includes(column)) {
      const near = nearestName(column, table.names);
      throw new InputError({
        code: 'missing',
        fn,
        param: 'predictions',
        expected: `have the column "${column}" of the slice; there are ${table.names.join(', ')}`,
        mend: near && `Did you mean "${near}"?`,
      });
    }
    return testOf(condition, table.columns[column]);
  });
  const rows: number[] = [];
  for (let row = 0; row < table.n; row++) if (tests.every((holds) => holds(row))) rows.push(row);
  return rows;
}
