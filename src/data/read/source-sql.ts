import { quoteText } from './column-plan';
import type { TableFormat } from './table-format';

/** DuckDB expands *, ? and [ in a path; in brackets they stand for themselves. */
const literalPath = (path: string): string => quoteText(path.replace(/[*?[]/g, '[$&]'));

/** SQL for the table function that reads the file; every guess but that of types is taken from DuckDB. */
export function sourceSql(
  path: string,
  format: TableFormat,
  delimiter: string,
  nullValues: readonly string[],
): string {
  const file = literalPath(path);
  if (format === 'parquet') return `read_parquet(${file}, hive_partitioning = false)`;
  if (format === 'csv' || format === 'tsv') {
    const nulls = nullValues.map(quoteText).join(', ');
    return (
      `read_csv(${file}, delim = ${quoteText(delimiter)}, quote = '"', escape = '"', header = true, skip = 0, ` +
      `comment = '', nullstr = [${nulls}], sample_size = -1, hive_partitioning = false, compression = 'none')`
    );
  }
  const layout = format === 'json' ? 'auto' : 'newline_delimited';
  return `read_json(${file}, format = '${layout}', sample_size = -1, hive_partitioning = false, compression = 'uncompressed')`;
}
