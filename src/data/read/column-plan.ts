import type { Column } from '../types';

/** How one column of the file becomes one of ours. */
export interface ColumnPlan {
  readonly name: string;
  readonly type: Column['type'];
  /** SQL for its value: DOUBLE, or VARCHAR for a string column. */
  readonly value: string;
  readonly nulls: number;
  /** A warning's code and words, when something was lost. */
  readonly warning?: readonly [code: string, message: string];
}

const INTEGERS = /^(BIGINT|UBIGINT|HUGEINT|UHUGEINT|BIGNUM)$/;
const NUMBERS =
  /^(TINYINT|SMALLINT|INTEGER|UTINYINT|USMALLINT|UINTEGER|FLOAT|DOUBLE|DECIMAL.*|"NULL"|SQLNULL|NULL)$/;
const DATES = /^(DATE|TIMESTAMP.*|DATETIME)$/;
const NESTED = /(\[\d*\]|^STRUCT\(.*|^MAP\(.*|^UNION\(.*|^JSON|^VARIANT)$/s;

/** A name as SQL, quoted. */
export const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** A string as SQL, quoted. */
export const quoteText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** SQL that is true when a column holds integers that a double cannot; false for other types. */
export function tooWide(name: string, sqlType: string): string {
  if (!INTEGERS.test(sqlType)) return 'false';
  const column = quoteName(name);
  return `coalesce(max(${column}) > 9007199254740991 OR min(${column}) < -9007199254740991, false)`;
}

/** Chooses the column's type from its SQL type. */
export function planColumn(name: string, sqlType: string, nulls: number, wide: boolean): ColumnPlan {
  const column = quoteName(name);
  if (sqlType === 'BOOLEAN') return { name, type: 'boolean', value: `${column}::INTEGER::DOUBLE`, nulls };
  if (NUMBERS.test(sqlType) || (INTEGERS.test(sqlType) && !wide)) {
    return { name, type: 'number', value: `${column}::DOUBLE`, nulls };
  }
  if (DATES.test(sqlType)) {
    const value = `CASE WHEN isfinite(${column}) THEN epoch_ms(${column})::DOUBLE ELSE 'nan'::DOUBLE END`;
    return { name, type: 'date', value, nulls };
  }
  if (NESTED.test(sqlType)) {
    const message = `Column "${name}" holds lists or objects; they are read as JSON text.`;
    const value = sqlType === 'JSON' ? `${column}::VARCHAR` : `to_json(${column})::VARCHAR`;
    return { name, type: 'string', value, nulls, warning: [`nested-values: ${name}`, message] };
  }
  const plan: ColumnPlan = { name, type: 'string', value: `${column}::VARCHAR`, nulls };
  if (!wide) return plan;
  const message = `Column "${name}" holds integers beyond 2^53, which a number cannot hold exactly; they are read as text.`;
  return { ...plan, warning: [`wide-integers: ${name}`, message] };
}
