import type { AnySlices } from '../look/slices/types';
import { checkKind } from './check-kind';
import { figure, type Figure } from './figure';
import type { Branch } from './slice-branches';
import { errorName, errorWord, slicesTitle, verdictOf } from './slice-words';
import { BAR, LEFT, RIGHT, STEP, treeRows } from './tree-bars';
import { COLOURS, layoutOf, percent, plotlyText, shortText, threeDigits } from './template';

const ROW = 50;
const LETTERS = 80;

/** From as bad as the whole to three times as bad. */
const SCALE = [
  [0, '#F7E3D4'],
  [0.5, '#EBA26B'],
  [1, '#D55E00'],
];
const WORST = 3;

function wordsOf({ words, drawn, depth }: Branch, found: AnySlices): string {
  const name = `${depth > 0 ? '└ ' : ''}${plotlyText(shortText(words, LETTERS))}`;
  if (!drawn) return `<b>${name}</b> <span style="font-size:11px">(all of these; not found by itself)</span>`;
  const { n, shareOfExamples, ratio, error } = drawn.slice;
  const facts = `${n} examples (${percent(shareOfExamples)}) · ${errorName(found)} ${errorWord(found)(error)}, ${threeDigits(Number(ratio.toPrecision(2)))} times the whole · ${verdictOf(drawn)}`;
  return `<b>${name}</b><br><span style="font-size:11px">${facts}</span>`;
}

/** The sentence that the tree shows: where the error is highest, of what was confirmed where anything was. */
function titleOf(found: AnySlices): string {
  const [worst] = [...found.slices].sort((a, b) => b.error - a.error);
  if (!worst) return slicesTitle(found);
  const word = errorWord(found);
  return `The highest ${errorName(found)} is ${word(worst.error)} where ${worst.description}, ${word(found.overall.error)} overall`;
}

/**
 * Returns found slices as a tree: below each slice stand those that narrow it down further. Bars are as long as the share of
 * examples in the slice, the deeper their colour the worse its error, which also stands in words. Slices may overlap, so bars
 * need not add up.
 *
 * @param found slices from `findSlices`
 * @returns a Plotly figure; its title is the sentence it shows
 * @throws InputError `invalid-type` for anything but found slices
 */
export function sliceTree(found: AnySlices): Figure {
  checkKind('sliceTree', 'found', found, 'slices');
  const { rows, bars, widest, end } = treeRows(found);
  const title = titleOf(found);
  const height = Math.max(3, rows.length);
  const lines = bars.map(({ box }) => (box[1] + box[3]) / 2);
  const hover = {
    customdata: bars.map(({ slice }) => [
      plotlyText(shortText(slice.description, LETTERS)),
      percent(slice.shareOfExamples),
      errorWord(found)(slice.error),
    ]),
    hovertemplate: `%{customdata[0]}<br>%{customdata[1]} of examples, ${errorName(found)} %{customdata[2]}<extra></extra>`,
  };
  return figure({
    title,
    data: [
      {
        type: 'bar',
        orientation: 'h',
        name: 'share of examples',
        y: lines,
        x: bars.map(({ slice }) => slice.shareOfExamples),
        base: bars.map(({ box }) => box[0]),
        width: BAR,
        marker: {
          color: bars.map(({ slice }) => slice.ratio),
          ...{ colorscale: SCALE, cmin: 1, cmax: WORST, showscale: true },
          line: { color: COLOURS.text, width: 1 },
          colorbar: {
            title: { text: `${errorName(found)},<br>times the<br>whole` },
            ...{
              thickness: 12,
              len: 0.9,
              tickvals: [1, 1.5, 2, 2.5, 3],
              ticktext: ['1', '1.5', '2', '2.5', '3 and more'],
            },
          },
        },
        ...hover,
      },
      // The whole row answers the pointer, its words too: the bar of a small slice is a few pixels long.
      {
        ...{
          type: 'bar',
          orientation: 'h',
          name: 'row',
          y: lines,
          x: bars.map(() => end),
          width: 0.9,
          offset: -0.6,
        },
        marker: { color: 'rgba(0,0,0,0)' },
        hoverlabel: { bgcolor: COLOURS.text },
        ...hover,
      },
    ],
    layout: {
      barmode: 'overlay',
      ...layoutOf({
        title,
        subtitle: `${found.n} examples, ${errorName(found)} ${errorWord(found)(found.overall.error)} · bars: share of examples, the longest is ${percent(widest)} · slices below another narrow it down; they may overlap`,
        xTitle: '',
        yTitle: '',
        xaxis: {
          ...{
            range: [0, end],
            showticklabels: false,
            ticks: '',
            showgrid: false,
          },
          showline: false,
        },
        yaxis: {
          range: [height - 0.6, -0.9],
          showticklabels: false,
          ticks: '',
          showgrid: false,
        },
        height: ROW * (height + 0.3) + 24,
        leftMargin: LEFT,
        rightMargin: RIGHT,
        bottomMargin: 24,
        annotations: rows.map((row, i) => ({
          ...{ xref: 'paper', x: 0, xanchor: 'left', xshift: row.depth * STEP, y: i, yanchor: 'bottom' },
          ...{ yshift: row.drawn ? 5 : -8, align: 'left', showarrow: false, text: wordsOf(row, found) },
        })),
      }),
    },
  });
}
