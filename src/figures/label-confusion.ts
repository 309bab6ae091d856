import type { LabelConfusion, LabelConfusionRow } from '../look/types';
import { checkKind } from './check-kind';
import { figure, type Figure, type Trace } from './figure';
import { COLOURS, layoutOf, percent, plotlyText, shortText } from './template';

/** Labels that are drawn at most; the others are in the table. */
const MOST_LABELS = 30;

const mistakes = ({ missed, falseAlarms }: LabelConfusionRow): number => missed + falseAlarms;

/** The parts of a bar, from the axis outwards: what they count, colour, and a pattern that tells them apart without colour. */
const PARTS = [
  { key: 'found', name: 'found', colour: COLOURS.human, pattern: '' },
  { key: 'missed', name: 'missed', colour: COLOURS.validation, pattern: '/' },
  { key: 'falseAlarms', name: 'false alarms', colour: COLOURS.strange, pattern: 'x' },
] as const;

/**
 * Returns a bar for each label of a multi-label task, worst first: examples found, missed, and given the label falsely, with recall
 * and precision in words. The first thirty labels are drawn.
 *
 * @param confusion counts of each label
 * @returns a Plotly figure; its title names the label with most mistakes
 * @throws InputError `invalid-type` for anything but a label confusion
 * @example
 * const p = predictionsFrom([{ y: 'rain', p: '' }, { y: 'wind', p: 'wind' }], { label: 'y', predicted: 'p', separator: ',' });
 * figures.labelConfusion(labelConfusion(p)).title // => '"rain" has most mistakes: 1 missed, 0 false alarms'
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
  const data = PARTS.map(({ key, name, colour, pattern }): Trace => ({
    type: 'bar',
    orientation: 'h',
    name,
    y: rows.map((_, i) => i),
    x: rows.map((row) => row[key]),
    text: rows.map((row) => (row[key] > 0 ? `${row[key]} ${name}` : '')),
    textposition: 'inside',
    insidetextanchor: 'middle',
    marker: { color: colour, pattern: { shape: pattern, fgcolor: '#FFFFFF', size: 6, solidity: 0.15 } },
    hovertemplate: `%{x} ${name}<extra></extra>`,
  }));
  const longest = Math.max(1, ...rows.map(({ label }) => Math.min(22, [...label].length)));
  const left = sorted.length - rows.length;
  return figure({
    title,
    data,
    layout: {
      ...layoutOf({
        title,
        subtitle: `${confusion.n} examples · each bar: found, missed, false alarms · beside it: recall, precision${left > 0 ? ` · ${left} labels with fewer mistakes not drawn` : ''}`,
        xTitle: 'examples',
        yTitle: '',
        xaxis: { rangemode: 'tozero' },
        yaxis: {
          tickmode: 'array',
          tickvals: rows.map((_, i) => i),
          ticktext: rows.map(({ label }) => plotlyText(shortText(label, 22))),
          autorange: 'reversed',
          showgrid: false,
        },
        height: Math.max(110, 34 * rows.length),
        leftMargin: 30 + 8 * longest,
        rightMargin: 130,
        annotations: rows.map((row, i) => ({
          x: row.found + mistakes(row),
          y: i,
          xanchor: 'left',
          xshift: 6,
          showarrow: false,
          text: `${percent(row.recall)}, ${percent(row.precision)}`,
        })),
      }),
      barmode: 'stack',
      uniformtext: { minsize: 9, mode: 'hide' },
    },
  });
}
