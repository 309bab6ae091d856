import type { DuckDBConnection } from '@duckdb/node-api';
import { planColumn, quoteName, quoteText, tooWide, type ColumnPlan } from '../../data/read/column-plan';
import { readColumns } from '../../data/read/read-columns';
import type { NumberColumn } from '../../data/types';
import { levelRule, type LevelRule } from './level-rule';
import type { ResolvedSliceOptions } from './slice-options';

/** A column of a file and how it is read. */
export interface FileColumn {
  readonly name: string;
  readonly plan: ColumnPlan;
}

/** Returns how each named column of a source of rows is read. */
export async function fileColumns(
  connection: DuckDBConnection,
  source: string,
  names: readonly string[],
): Promise<readonly FileColumn[]> {
  const described = (
    await connection.runAndReadAll(`SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM ${source})`)
  ).getRows();
  const typeOf = new Map(described.map(([name, type]) => [String(name), String(type)]));
  const wide = names.map((name) => tooWide(name, typeOf.get(name) ?? ''));
  const facts = names.map((name, i) => `count(*) - count(${quoteName(name)}), ${wide[i]}`);
  const [row] = (await connection.runAndReadAll(`SELECT ${facts.join(', ')} FROM ${source}`)).getRows();
  return names.map((name, i) => ({
    name,
    plan: planColumn(name, typeOf.get(name) ?? '', Number(row[2 * i]), row[2 * i + 1] === true),
  }));
}

/** A value that counts as nothing there: a null, or NaN among numbers. */
const nothingSql = ({ plan }: FileColumn): string =>
  plan.type === 'string' ? `${plan.value} IS NULL` : `(${plan.value} IS NULL OR isnan(${plan.value}))`;

async function stringRule(
  connection: DuckDBConnection,
  source: string,
  column: FileColumn,
  support: number,
): Promise<LevelRule> {
  const rows = (
    await connection.runAndReadAll(
      `SELECT ${column.plan.value} AS value, count(*)::DOUBLE FROM ${source} GROUP BY value ` +
        `HAVING count(*) >= ${support} ORDER BY count(*) DESC, value`,
    )
  ).getRows();
  const values = rows.flatMap(([value]) => (value === null ? [] : [String(value)]));
  const missing = rows.some(([value]) => value === null);
  const levels = values.length + (missing ? 1 : 0);
  return {
    name: column.name,
    type: 'string',
    cut: 'values',
    values,
    edges: [],
    missing,
    levels,
    ordered: 0,
    step: 1,
  };
}

/** Column of a sample with the values of the rows that are searched, for a tree; NaN in the others. */
export const SHOWN = 'hunch_shown';

/**
 * Returns how the columns of a file become levels: values of text by their counts in all rows, numbers and dates by a sample.
 *
 * @param sample name of a table with a part of the rows, and their values in {@link SHOWN}
 * @param rows in the source and in the sample
 */
export async function fileRules(
  connection: DuckDBConnection,
  source: string,
  sample: string,
  columns: readonly FileColumn[],
  rows: { readonly all: number; readonly sample: number },
  options: ResolvedSliceOptions & { readonly step: number },
): Promise<readonly LevelRule[]> {
  const numbers = columns.filter(({ plan }) => plan.type !== 'string');
  const shown = planColumn(SHOWN, 'DOUBLE', 0, false);
  const plans = [...numbers.map(({ plan }) => plan), ...(options.binning === 'tree' ? [shown] : [])];
  const read = plans.length === 0 ? {} : await readColumns(connection, sample, plans, rows.sample);
  const support = Math.max(1, Math.ceil((options.minSupport * rows.sample) / rows.all));
  const rules: LevelRule[] = [];
  for (const column of columns) {
    if (column.plan.type === 'string') {
      rules.push(await stringRule(connection, source, column, options.minSupport));
      continue;
    }
    const { bins, binning, step, seed } = options;
    const errors = (read[SHOWN] as NumberColumn | undefined)?.values;
    const own = { bins, binning, step, seed, support, errors, edges: options.edges?.[column.name] };
    rules.push(levelRule(column.name, read[column.name], own));
  }
  return rules;
}

/** SQL for the number of the range that a value lies in: cuts in halves. */
function rangeSql(value: string, edges: readonly number[], from = 0, to = edges.length): string {
  if (from === to) return String(from);
  const middle = (from + to) >>> 1;
  const below = rangeSql(value, edges, from, middle);
  return `CASE WHEN ${value} < ${edges[middle]} THEN ${below} ELSE ${rangeSql(value, edges, middle + 1, to)} END`;
}

/** Returns SQL for the code of a column under its rule; the number of levels where a row is in none. */
export function codeSql(rule: LevelRule, column: FileColumn): string {
  const none = String(rule.levels);
  const nothing = rule.missing ? String(rule.levels - 1) : none;
  const { value } = column.plan;
  const literal = (one: string | number | boolean): string =>
    typeof one === 'string' ? quoteText(one) : `${Number(one)}::DOUBLE`;
  const code =
    rule.cut === 'ranges'
      ? rangeSql(value, rule.edges)
      : rule.values.length === 0
        ? none
        : `coalesce(list_position([${rule.values.map(literal).join(', ')}], ${value}) - 1, ${none})`;
  return `(CASE WHEN ${nothingSql(column)} THEN ${nothing} ELSE ${code} END)::USMALLINT`;
}
