import { columnValue } from '../../../data/column-value';
import { countLabels } from '../../../data/label-rows';
import { needsPreparing } from '../../../data/needs-preparing';
import type { Column, Dataset, Table, Task } from '../../../data/types';
import { threeDigits } from '../../../figures/template';
import type { Predictions } from '../../../metrics/types';
import { firstRows, type Cell, type View, type ViewTable } from '../view';

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

/** The raw columns of a data set: what each is read as, what it holds, and how much is missing. */
function columnsTable({ columns, roles = {}, n }: Dataset): ViewTable[] {
  if (!columns) return [];
  const { rows, more } = firstRows(columns.names);
  const told = (name: string): readonly Cell[] => {
    const column = columns.columns[name];
    const distinct = new Set<unknown>();
    let missing = 0;
    for (let row = 0; row < n; row++) {
      const value = columnValue(column, row);
      if (value === null || Number.isNaN(value)) missing++;
      else distinct.add(value instanceof Date ? value.getTime() : value);
    }
    const share = { value: missing / n, share: true };
    return [name, column.type, roles[name] ?? '', distinct.size, share, shorten(String(cellAt(column, 0)))];
  };
  const head = ['column', 'type', 'read as', 'different values', 'missing (%)', 'first'];
  return [{ head, rows: rows.map(told), more }];
}

const shorten = (text: string): string => (text.length > 40 ? `${text.slice(0, 39)}…` : text);

/** What a task calls one of its K. */
const CLASS_WORDS: Readonly<Record<Task, string>> = {
  classification: 'class',
  'multi-label': 'label',
  regression: '',
};

/** How many labels the examples of a multi-label task have. */
function perExample({ n, classes, labels }: Dataset, counts: readonly number[]): string {
  const k = classes.length;
  let bare = 0;
  for (let i = 0; i < n; i++) if (!labels.subarray(i * k, (i + 1) * k).includes(1)) bare++;
  const all = counts.reduce((sum, count) => sum + count, 0);
  return `${threeDigits(all / n)} labels an example on average; ${bare} examples have none.`;
}

/** What is shown of a data set: its size and how many examples each class has. */
export function datasetView(data: Dataset): View {
  const counts = countLabels(data);
  const sorted = data.classes
    .map((name, code) => ({ name, count: counts[code] }))
    .sort((a, b) => b.count - a.count);
  const { rows, more } = firstRows(sorted);
  const { origin, columns } = data;
  const raw = `${columns?.names.length} raw column${columns?.names.length === 1 ? '' : 's'}`;
  const inputs = needsPreparing(data) ? raw : `shape ${data.features.shape.join('×')}`;
  return {
    answer: `${data.name}: ${data.n} examples of ${inputs} for ${data.task}${data.classes.length > 0 ? `, ${data.classes.length} ${data.task === 'multi-label' ? 'labels' : 'classes'}` : ''}.`,
    notes: [
      ...(data.task === 'multi-label' ? [perExample(data, counts)] : []),
      ...(origin ? [`${origin.title}, ${origin.licence}, ${origin.url}`] : []),
    ],
    tables: [
      ...(data.classes.length > 0
        ? [
            {
              head: [CLASS_WORDS[data.task], 'examples', 'share (%)'],
              rows: rows.map(({ name, count }) => [name, count, { value: count / data.n, share: true }]),
              more,
            },
          ]
        : []),
      ...columnsTable(data),
    ],
    warnings: data.warnings,
  };
}

/** What is shown of predictions: each metric with its interval. */
export function predictionsView(predictions: Predictions): View {
  const [first] = predictions.metrics;
  const { bySeed, seed, metrics } = predictions;
  const several = predictions.task === 'multi-label';
  const notes = [
    ...(several ? ['accuracy: share of the examples with every label right (exact match).'] : []),
    ...(bySeed
      ? [
          `Rows are those of seed ${seed ?? 'unknown'}, in the middle by its mean loss; metrics are means over the seeds with their standard deviation (sd), intervals are for other seeds and other examples.`,
        ]
      : []),
  ];
  return {
    answer: `${predictions.name}: ${first ? `${first.metric} ${threeDigits(first.value)}${bySeed ? ` (mean of ${bySeed.length} seeds)` : ''} on ` : ''}${predictions.n} examples.`,
    notes,
    tables: [
      {
        head: [
          'metric',
          bySeed ? 'mean over seeds, interval' : 'value, interval',
          ...(bySeed ? ['sd over seeds'] : []),
          'level (%)',
          'examples',
        ],
        rows: metrics.map((one) => [
          one.metric,
          { value: one.value, interval: one.interval },
          ...(bySeed ? [one.seeds?.sd ?? NaN] : []),
          one.level * 100,
          one.n,
        ]),
      },
    ],
    warnings: predictions.warnings,
  };
}
