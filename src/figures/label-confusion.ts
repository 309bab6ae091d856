import type { LabelConfusion, LabelConfusionRow } from '../look/types';
import { checkKind } from './check-kind';
import { figure, type Figure, type Trace } from './figure';
import { COLOURS, layoutOf, percent, plotlyText, shortText } from './template';

/** Labels that are drawn at most; the others are in the table. */
const MOST_LABELS = 30;

const mistakes = ({ missed, falseAlarms }: LabelConfusionRow): number => missed + falseAlarms;

/** The parts of a bar, from the axis outwards; the words beside it count them in the same order. */
const PARTS = [
  { key: 'found', name: 'found', colour: COLOURS.human },
  { key: 'missed', name: 'missed', colour: COLOURS.validation },
  { key: 'falseAlarms', name: 'false alarms', colour: COLOURS.strange },
] as const;

/**
 * Returns a bar for each label of a multi-label task, worst first: examples found, missed, and given the label falsely, with recall
 * and precision in words. The first thirty labels are drawn.
 *
 * @param confusion counts of each label
 * @returns a Plotly figure; its title names the label with most mistakes
 * @throws InputError `invalid-type` for anything but a label confusion
 * @example
 * const rain = { label: 'rain', found: 3, missed: 1, falseAlarms: 0, neither: 6, recall: 0.75, precision: 1 };
 * const counts = { kind: 'label-confusion', name: 'skies', n: 10, labels: [rain], warnings: [] };
 * figures.labelConfusion(counts).title // => '"rain" has most mistakes: 1 missed, 0 false alarms'
 */
export function labelConfusion(confusion: LabelConfusion): Figure {
  checkKind('labelConfusion', 'confusion', confusion, 'label-confusion');
  const sorted = [...confusion.labels].sort((a, b) => mistakes(b) - mistakes(a));
  const rows = sorted.slice(0, MOST_LABELS);
  const [worst] = rows;
  const title =
    worst && mistakes(worst) > 0
      ? `"${worst.label}" has most mistakes: ${worst.missed} missed, ${worst.falseAlarms} false alarm${worst.falseAlarms === 1 ? '' : 's'}`
      : 'No label is predicted wrongly';
  const data = PARTS.map(({ key, name, colour }): Trace => ({
    type: 'bar',
    orientation: 'h',
    name,
    y: rows.map((_, i) => i),
    x: rows.map((row) => row[key]),
    marker: { color: colour, line: { color: '#FFFFFF', width: 1 } },
    hovertemplate: `%{x} ${name}<extra></extra>`,
  }));
  const longest = Math.max(1, ...rows.map(({ label }) => Math.min(22, [...label].length)));
  const most = Math.max(1, ...rows.map((row) => row.found + mistakes(row)));
  const left = sorted.length - rows.length;
  return figure({
    title,
    data,
    layout: {
      ...layoutOf({
        title,
        subtitle: `${confusion.n} examples · bars: found (green), missed (orange), false alarms (vermilion), and beside them recall, precision${left > 0 ? ` · ${left} labels with fewer mistakes not drawn` : ''}`,
        xTitle: 'examples',
        yTitle: '',
        xaxis: { range: [0, 1.02 * most] },
        yaxis: {
          tickmode: 'array',
          tickvals: rows.map((_, i) => i),
          ticktext: rows.map(({ label }) => plotlyText(shortText(label, 22))),
          autorange: 'reversed',
          showgrid: false,
        },
        height: Math.max(110, 34 * rows.length),
        leftMargin: 30 + 8 * longest,
        rightMargin: 280,
        annotations: rows.map((row, i) => ({
          x: row.found + mistakes(row),
          y: i,
          xanchor: 'left',
          xshift: 6,
          showarrow: false,
          text: `${row.found} found, ${row.missed} missed, ${row.falseAlarms} false · ${percent(row.recall)}, ${percent(row.precision)}`,
        })),
      }),
      barmode: 'stack',
    },
  });
}
