import type { AnySlices } from '../look/slices/types';
import { checkKind } from './check-kind';
import { figure, type Figure, type Trace } from './figure';
import { drawnSlices, errorName, errorWord, slicesTitle, verdictOf, type DrawnSlice } from './slice-words';
import { axisOf, COLOURS, layoutOf, percent, plotlyText, shortText, threeDigits } from './template';

/** Pixels of a row: two lines of words, a bar, and the mark of the rows that were searched. */
const ROW = 78;
/** Letters of a description. */
const LETTERS = 84;
const WIDTH = 0.26;
/** Where the words of a row begin, above its bar. */
const ABOVE = 16;
const BELOW = 0.27;

type Interval = readonly [number, number];

const whiskers = (values: readonly number[], intervals: readonly Interval[]): Record<string, unknown> => ({
  type: 'data',
  symmetric: false,
  array: values.map((value, i) => Math.max(0, intervals[i][1] - value)),
  arrayminus: values.map((value, i) => Math.max(0, value - intervals[i][0])),
  color: COLOURS.text,
});

function errorBars(drawn: readonly DrawnSlice[], found: AnySlices): Trace {
  const errors = drawn.map(({ slice }) => slice.error);
  return {
    type: 'bar',
    orientation: 'h',
    name: 'error',
    x: errors,
    y: drawn.map((_, i) => i),
    width: WIDTH,
    marker: { color: drawn.map(({ confirmed }) => (confirmed ? COLOURS.strange : COLOURS.baseline)) },
    error_x: whiskers(
      errors,
      drawn.map(({ slice }) => slice.interval),
    ),
    customdata: drawn.map(({ slice }) => plotlyText(shortText(slice.description, LETTERS))),
    hovertemplate: `%{customdata}<br>${errorName(found)} %{x:.3g}<extra></extra>`,
  };
}

/** The error on the rows that were searched, below the bar: too high, since it was chosen for being high. */
function searchedMarks(drawn: readonly DrawnSlice[]): Trace {
  const tested = drawn.flatMap(({ slice }, i) =>
    slice.heldOut === null ? [] : [{ i, own: slice.discovery }],
  );
  const errors = tested.map(({ own }) => own.error);
  return {
    type: 'scatter',
    mode: 'markers',
    name: 'where it was searched',
    x: errors,
    y: tested.map(({ i }) => i + BELOW),
    marker: { symbol: 'diamond-open', size: 8, color: COLOURS.text },
    error_x: {
      ...whiskers(
        errors,
        tested.map(({ own }) => own.interval),
      ),
      ...{ thickness: 1, width: 3 },
    },
    hovertemplate: 'where it was searched: %{x:.3g}<extra></extra>',
  };
}

function shareBars(drawn: readonly DrawnSlice[]): Trace {
  const shares = drawn.map(({ slice }) => slice.shareOfErrors);
  return {
    type: 'bar',
    orientation: 'h',
    name: 'share of errors',
    xaxis: 'x2',
    x: shares,
    y: drawn.map((_, i) => i),
    width: WIDTH,
    marker: { color: drawn.map(({ confirmed }) => (confirmed ? COLOURS.train : COLOURS.baseline)) },
    error_x: whiskers(
      shares,
      drawn.map(({ slice }) => slice.shareOfErrorsInterval),
    ),
    hovertemplate: '%{x:.0%}<extra></extra>',
  };
}

/** The lines of words above a bar. */
function wordsOf(one: DrawnSlice, found: AnySlices): string {
  const { n, shareOfExamples, ratio, shareOfErrors, description } = one.slice;
  const of = found.metric === 'error-rate' ? 'errors' : 'loss';
  const facts = [
    `${n} examples (${percent(shareOfExamples)}), ${percent(shareOfErrors)} of ${of}`,
    `${threeDigits(Number(ratio.toPrecision(2)))} times the whole`,
    verdictOf(one),
  ];
  return `<b>${plotlyText(shortText(description, LETTERS))}</b><br><span style="font-size:11px">${facts.join(' · ')}</span>`;
}

function subtitleOf(found: AnySlices, drawn: readonly DrawnSlice[]): string {
  const { rows, level, slices, unconfirmed, overall } = found;
  const left = slices.length + unconfirmed.length - drawn.length;
  const tested = rows.heldOut > 0;
  const halved = rows.splits > 1 ? `, rows parted ${rows.splits} times` : '';
  return [
    tested
      ? rows.bothWays
        ? `bars: error on the half that judged (${rows.heldOut} or ${rows.searched}), ◇ on the half that showed it${halved}`
        : `bars: error on ${rows.heldOut} held-out examples, ◇ on the ${rows.searched} that were searched${halved}`
      : `bars: error on the ${rows.searched} examples that were searched, so too high`,
    `${Math.round(level * 100)} % intervals`,
    ...(overall.seeds ? [`means of ${overall.seeds.n} seeds`] : []),
    ...(left > 0 ? [`${left} more are not drawn`] : []),
  ].join(' · ');
}

/** Returns the outline of the bar in a row: x0, y0, x1, y1. */
export const sliceBox = (one: DrawnSlice, row: number): readonly [number, number, number, number] => [
  0,
  row - WIDTH / 2,
  one.slice.error,
  row + WIDTH / 2,
];

/**
 * Returns bars of found slices, the surest first: the error of each where it was judged and where it was searched, both with their
 * intervals, beside the error of the whole, and the share of all errors that lies in it. Each is described in words, and whether it
 * was confirmed is one of them.
 *
 * @param found slices from `findSlices`
 * @returns a Plotly figure; its title is the sentence it shows
 * @throws InputError `invalid-type` for anything but found slices
 */
export function slices(found: AnySlices): Figure {
  checkKind('slices', 'found', found, 'slices');
  const drawn = drawnSlices(found);
  const title = slicesTitle(found);
  const rate = found.metric === 'error-rate';
  const { overall } = found;
  const height = ROW * Math.max(1, drawn.length);
  const ends = drawn.flatMap(({ slice }) => [
    slice.interval[1],
    slice.error,
    ...(slice.heldOut ? [slice.discovery.interval[1], slice.discovery.error] : []),
  ]);
  const top = Math.max(overall.error, ...ends.filter(Number.isFinite)) * 1.04 || 1;
  return figure({
    title,
    data: [errorBars(drawn, found), searchedMarks(drawn), shareBars(drawn)],
    layout: layoutOf({
      title,
      subtitle: `${found.n} examples · ${subtitleOf(found, drawn)}`,
      xTitle: rate ? 'error rate (share of examples)' : errorName(found),
      yTitle: '',
      xaxis: { domain: [0, 0.64], range: [0, top], ...(rate ? { tickformat: '.0%' } : {}) },
      axes: {
        xaxis2: axisOf(rate ? 'share of all errors' : 'share of all loss', {
          ...{ domain: [0.72, 1], anchor: 'y', tickformat: '.0%', rangemode: 'tozero', nticks: 4 },
        }),
      },
      yaxis: { range: [drawn.length - 0.5, -0.78], showticklabels: false, ticks: '', showgrid: false },
      height: height + 70,
      leftMargin: 28,
      rightMargin: 32,
      headRoom: 20,
      shapes: drawn.map((_, i) => ({
        ...{ type: 'line', x0: overall.error, x1: overall.error, y0: i - 0.2, y1: i + 0.4 },
        line: { color: COLOURS.baseline, dash: 'dash', width: 2 },
      })),
      annotations: [
        {
          ...{
            yref: 'paper',
            x: overall.error,
            y: 1,
            yanchor: 'bottom',
            xanchor: 'center',
            showarrow: false,
          },
          text: `overall ${errorWord(found)(overall.error)}`,
        },
        ...drawn.map((one, i) => ({
          ...{ xref: 'paper', x: 0, xanchor: 'left', y: i, yanchor: 'bottom', yshift: ABOVE, align: 'left' },
          ...{ showarrow: false, text: wordsOf(one, found) },
        })),
      ],
    }),
  });
}
