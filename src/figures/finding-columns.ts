import type { RunLog } from '../build/types';
import type { ColumnProfiles } from '../data/profile/types';
import type { FindingData } from '../suspect/types';
import { figure, type Figure } from './figure';
import { foldTicks } from './fold-ticks';
import { evidenceOf, titleOf } from './strange';
import { COLOURS, layoutOf, percent, threeDigits } from './template';
import { namedRows } from './named-rows';

const MOST_COLUMNS = 12;

/** What was measured of each column. */
interface Measured {
  readonly title: string;
  /** Of the columns that have a value, `strange` larger the stranger. */
  readonly rows: readonly { readonly column: string; readonly value: number; readonly strange: number }[];
  readonly scale: 'share' | 'linear' | 'fold';
  readonly word: (value: number) => string;
}

/** A share with a decimal where it is near to all. */
const share = (value: number): string =>
  value > 0.985 && value < 1 ? `${(100 * value).toFixed(1)} %` : percent(value);
const fold = (value: number): number => Math.abs(Math.log10(value));
const times = (value: number): string => `${threeDigits(value)} ×`;

/** The quantity that bears out a finding, by a number that its evidence holds. */
function measuredOf(finding: FindingData, log: RunLog, train: ColumnProfiles): Measured | null {
  const has = (name: string): boolean => evidenceOf(finding, name) !== undefined;
  const { names } = train;
  const each = (valueOf: (c: number) => number, strange = Math.abs): Measured['rows'] =>
    names
      .map((column, c) => ({ column, value: valueOf(c), strange: strange(valueOf(c)) }))
      .filter((row) => Number.isFinite(row.strange));
  if (has('skill')) {
    return {
      title:
        log.task === 'regression'
          ? 'variance explained by this column alone'
          : 'labels told by this column alone',
      rows: train.alone.map(({ column, skill }) => ({ column, value: skill, strange: skill })),
      ...{ scale: 'share', word: share },
    };
  }
  if (has('missing')) {
    const n = log.data.train!.n;
    const rows = each((c) => train.missing[c] / n);
    return { title: 'examples without a value', rows, scale: 'share', word: share };
  }
  if (has('gap')) {
    const gaps = new Map(train.sentinels.map((one) => [one.column, one]));
    const rows = each((c) => gaps.get(names[c])?.gap ?? 0);
    const title = 'distance of a repeated value from all others (standard deviations)';
    return { title, rows, scale: 'linear', word: threeDigits };
  }
  if (has('otherScale')) {
    const rows = each((c) => Math.hypot(train.mean[c], train.sd[c]), fold);
    return {
      title: 'size of the inputs (root mean square, log scale)',
      rows,
      scale: 'fold',
      word: threeDigits,
    };
  }
  const validation = log.data.validation?.columns;
  if (has('shift') && has('ratio') && validation?.names.length === names.length) {
    const spread = evidenceOf(finding, 'ratio')!;
    if (Math.abs(Math.log(spread)) > Math.abs(evidenceOf(finding, 'shift')!)) {
      const rows = each((c) => validation.sd[c] / train.sd[c], fold);
      return { title: 'spread in validation / in training (log scale)', rows, scale: 'fold', word: times };
    }
    const rows = each((c) => (validation.mean[c] - train.mean[c]) / train.sd[c]);
    const title = 'shift from training to validation (standard deviations)';
    return { title, rows, scale: 'linear', word: threeDigits };
  }
  return null;
}

/**
 * Returns what was measured of each column as bars, worst first, at most twelve, the one of a finding in vermilion; null where
 * the log does not have it of more than one column.
 */
export function findingColumns(finding: FindingData, log: RunLog): Figure | null {
  const { column } = finding.where;
  const train = log.data.train?.columns;
  const measured = column !== undefined && train ? measuredOf(finding, log, train) : null;
  if (!measured) return null;
  const sorted = [...measured.rows].sort((a, b) => b.strange - a.strange);
  const rows = sorted.slice(0, MOST_COLUMNS);
  if (rows.length < 2 || !rows.some((row) => row.column === column)) return null;
  const isFold = measured.scale === 'fold';
  const x = rows.map(({ value }) => (isFold ? Math.log10(value) : value));
  const [low, high] = [Math.min(0, ...x), Math.max(0, ...x)];
  const range = measured.scale === 'share' ? [0, 1] : [low - 0.02 * (high - low), high + 0.02 * (high - low)];
  const left = measured.rows.length - rows.length;
  const of = train!.of === 'columns' ? 'columns' : 'numbers of an example';
  const layout = layoutOf({
    title: titleOf(finding),
    subtitle: [
      `${log.data.train!.n} training examples`,
      left > 0 ? `the ${rows.length} strangest of ${measured.rows.length} ${of}` : '',
    ]
      .filter(Boolean)
      .join(' · '),
    xTitle: measured.title,
    yTitle: '',
    xaxis: {
      range,
      ...(isFold ? foldTicks(range[0], range[1]) : {}),
      ...(measured.scale === 'share' ? { tickformat: '.0%' } : {}),
    },
    ...namedRows(rows.map((row) => ({ name: row.column, strange: row.column === column }))),
    rightMargin: 90,
    shapes: [
      {
        ...{ type: 'line', yref: 'paper', y0: 0, y1: 1, x0: 0, x1: 0 },
        line: { color: COLOURS.text, width: 1 },
      },
    ],
    annotations: rows.map((row, i) => ({
      ...{ x: Math.max(0, x[i]), y: i, xanchor: 'left', xshift: 6, showarrow: false },
      text: row.column === column ? `<b>${measured.word(row.value)}</b>` : measured.word(row.value),
      font: { color: row.column === column ? COLOURS.strange : COLOURS.text },
    })),
  });
  const bars = {
    ...{ type: 'bar', orientation: 'h', y: rows.map((_, i) => i), x, width: 0.6 },
    marker: { color: rows.map((row) => (row.column === column ? COLOURS.strange : COLOURS.baseline)) },
    customdata: rows.map(({ value }) => measured.word(value)),
    hovertemplate: '%{customdata}<extra></extra>',
  };
  return figure({ title: titleOf(finding), data: [bars], layout });
}
