import type { Column, Dataset, Table } from '../../../data/types';
import { threeDigits } from '../../../figures/template';
import type { Predictions } from '../../../metrics/types';
import { firstRows, type Cell, type View } from '../view';

function cellAt(column: Column, row: number): Cell {
  if (column.type === 'string') return column.codes[row] < 0 ? '—' : column.dictionary[column.codes[row]];
  if (column.valid && column.valid[row] === 0) return '—';
  const value = column.values[row];
  if (column.type === 'boolean') return value ? 'true' : 'false';
  if (column.type !== 'date') return value;
  return Number.isFinite(value) && Math.abs(value) <= 8.64e15 ? new Date(value).toISOString() : '—';
}

/** What is shown of a table: its first rows. */
export function tableView(table: Table): View {
  const { rows, more } = firstRows(
    Array.from({ length: Math.min(table.n, 11) }, (_, i) => i),
    10,
  );
  const names = table.names.slice(0, 12);
  const left = table.names.length - names.length;
  return {
    answer: `${table.n} rows, ${table.names.length} columns${left > 0 ? ` (${names.length} shown)` : ''}.`,
    tables: [
      {
        head: names.map((name) => `${name} (${table.columns[name].type})`),
        rows: rows.map((row) => names.map((name) => cellAt(table.columns[name], row))),
        more: more > 0 ? table.n - 10 : 0,
      },
    ],
    warnings: table.warnings,
  };
}

/** What is shown of a data set: its size and how many examples each class has. */
export function datasetView(data: Dataset): View {
  const counts = new Array<number>(data.classes.length).fill(0);
  if (data.task === 'classification') for (const code of data.labels) counts[code]++;
  const sorted = data.classes
    .map((name, code) => ({ name, count: counts[code] }))
    .sort((a, b) => b.count - a.count);
  const { rows, more } = firstRows(sorted);
  const { origin } = data;
  return {
    answer: `${data.name}: ${data.n} examples of shape ${data.features.shape.join('×')} for ${data.task}${data.classes.length > 0 ? `, ${data.classes.length} classes` : ''}.`,
    notes: origin ? [`${origin.title}, ${origin.licence}, ${origin.url}`] : [],
    tables:
      data.task === 'classification'
        ? [
            {
              head: ['class', 'examples', 'share (%)'],
              rows: rows.map(({ name, count }) => [name, count, { value: count / data.n, share: true }]),
              more,
            },
          ]
        : [],
  };
}

/** What is shown of predictions: each metric with its interval. */
export function predictionsView(predictions: Predictions): View {
  const [first] = predictions.metrics;
  return {
    answer: `${predictions.name}: ${first ? `${first.metric} ${threeDigits(first.value)} on ` : ''}${predictions.n} examples.`,
    tables: [
      {
        head: ['metric', 'value, interval', 'level (%)', 'examples'],
        rows: predictions.metrics.map((one) => [
          one.metric,
          { value: one.value, interval: one.interval },
          one.level * 100,
          one.n,
        ]),
      },
    ],
    warnings: predictions.warnings,
  };
}
