import type { CrossAxis, CrossCell, CrossSlices } from '../look/cross/types';
import { checkKind } from './check-kind';
import { errorWords, METRIC_WORDS, pWords } from './error-words';
import { figure, type Figure } from './figure';
import { COLOURS, layoutOf, plotlyText, shortText, wrapText } from './template';

/** Letters of a line of a row's name. */
const LETTERS = 16;

/** Below it a difference counts as one. */
const SURE = 0.05;

/** Returns the sentence that a cross table shows: its worst cell, and whether one side's effect depends on the other. */
export function crossTitle(cross: CrossSlices): string {
  const { cells, worst, overall, metric, a, b, interaction } = cross;
  const word = errorWords(metric === 'error-rate');
  const what = METRIC_WORDS[metric].title;
  const depends =
    interaction && interaction.pValue < SURE
      ? `; the effect of ${a.title} differs by ${b.title} (${pWords(interaction.pValue)})`
      : '';
  if (worst === null)
    return `No cell is surely worse than the whole: ${what} ${word(overall.error)}${depends}`;
  const cell = cells[worst];
  return `The ${what} is ${word(cell.error)} (n = ${cell.n}) in "${a.levels[cell.a].label}" and "${b.levels[cell.b].label}", ${word(overall.error)} overall${depends}`;
}

/** Whether a cell stands out from what its row and its column give: ↑ worse, ↓ better. */
export const outstanding = ({ adjusted, z }: Pick<CrossCell, 'adjusted' | 'z'>): string =>
  adjusted < SURE ? (z > 0 ? ' ↑' : ' ↓') : '';

/** Levels in few words, where the title stands beside them. */
export const levelWords = ({ levels, title }: CrossAxis): string[] =>
  levels.map(({ label, kind }) => {
    const bare = title.replace(/^−/, '');
    if (kind === 'missing') return 'missing';
    if (kind === 'other') return label.replace(` values of ${bare}`, '');
    return label.replace(`${bare} = `, '').replace(new RegExp(`(^|, )${escaped(bare)} `), '$1');
  });

/** Levels in the words of a tick: the axis says what they are of. */
const names = (axis: CrossAxis, letters: number): string[] =>
  levelWords(axis).map((short) => {
    const lines = wrapText(short, letters).slice(0, 4);
    return lines.map((line) => plotlyText(shortText(line, letters + 4))).join('<br>');
  });

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * Returns a heat map of the error in each combination of two sides, with error and n in each cell. Cells that say too little are
 * grey and struck through, the cell that is surely worst is framed.
 *
 * @param cross from `crossSlices`
 * @returns a Plotly figure; its title is the sentence it shows
 * @throws InputError `invalid-type` for anything but a cross table
 */
export function crossSlices(cross: CrossSlices): Figure {
  checkKind('crossSlices', 'cross', cross, 'cross-slices');
  const { a, b, cells, metric, interaction, overall, worst } = cross;
  const share = metric === 'error-rate';
  const word = errorWords(share);
  const { title: what, unit } = METRIC_WORDS[metric];
  const wide = b.levels.length;
  const rows = a.levels.map((_, i) => cells.slice(i * wide, (i + 1) * wide));
  const title = crossTitle(cross);
  const few = cells.filter(({ tooFew }) => tooFew).length;
  const textOf = (cell: CrossCell): string => {
    if (cell.n === 0) return 'n = 0';
    if (cell.tooFew) return `(${word(cell.error)})<br>n = ${cell.n}<br>too few`;
    return `${word(cell.error)}${outstanding(cell)}<br>n = ${cell.n}`;
  };
  const hover = rows.map((row) =>
    row.map((cell) => [
      plotlyText(a.levels[cell.a].label),
      plotlyText(b.levels[cell.b].label),
      cell.n === 0 ? 'no example' : `${word(cell.error)}, ${Math.round(100 * cross.level)} % interval ${word(cell.interval[0])} to ${word(cell.interval[1])}, n = ${cell.n}${cell.tooFew ? ', too few to say' : ''}`, // prettier-ignore
    ]),
  );
  const known = cells.filter(({ tooFew }) => !tooFew).map(({ error }) => error);
  const most = Math.max(overall.error, ...known) || 1;
  const shared = {
    type: 'heatmap',
    x: b.levels.map((_, j) => j),
    y: a.levels.map((_, i) => i),
    xgap: 2,
    ygap: 2,
    customdata: hover,
    hovertemplate: '%{customdata[0]}, %{customdata[1]}: %{customdata[2]}<extra></extra>',
  };
  const letters = Math.max(8, Math.floor(72 / wide));
  const ofColumns = names(b, letters);
  const lines = Math.max(...ofColumns.map((name) => name.split('<br>').length));
  const box = ({ a: i, b: j }: CrossCell): Record<string, number> => ({
    x0: j - 0.5,
    x1: j + 0.5,
    y0: i - 0.5,
    y1: i + 0.5,
  });
  const tested = interaction
    ? ` · ${a.title} × ${b.title}: ${pWords(interaction.pValue)} (n = ${interaction.n})`
    : '';
  const circular = a.circular || b.circular ? ' · difficulty from the same model: circular' : '';
  const arrows = cells.some((cell) => outstanding(cell))
    ? ' · ↑ worse, ↓ better than row and column give'
    : '';
  const greyed = few > 0 ? ` · struck through: fewer than ${cross.smallest} or an interval wider than ${word(cross.widest)}` : ''; // prettier-ignore
  return figure({
    title,
    data: [
      {
        ...shared,
        z: rows.map((row) => row.map(({ tooFew }) => (tooFew ? 1 : null))),
        text: rows.map((row) => row.map((cell) => (cell.tooFew ? textOf(cell) : ''))),
        texttemplate: '%{text}',
        textfont: { size: wide > 7 ? 9 : 10, color: COLOURS.text },
        showscale: false,
        zmin: 0,
        zmax: 1,
        colorscale: [
          [0, 'rgba(128,128,128,0.16)'],
          [1, 'rgba(128,128,128,0.16)'],
        ],
      },
      {
        ...shared,
        z: rows.map((row) => row.map(({ tooFew, error }) => (tooFew ? null : error))),
        text: rows.map((row) => row.map((cell) => (cell.tooFew ? '' : textOf(cell)))),
        texttemplate: '%{text}',
        textfont: { size: wide > 7 ? 9 : 11 },
        zmin: 0,
        zmax: most,
        colorscale: [
          [0, '#F2F7FB'],
          [0.5, '#7FB6D9'],
          [1, '#0072B2'],
        ],
        colorbar: {
          title: { text: `${what}<br>(${unit})` },
          ...(share ? { tickformat: '.0%' } : {}),
          thickness: 12,
        },
      },
    ],
    layout: layoutOf({
      title,
      subtitle: `${cross.n} examples · ${word(overall.error)} overall${tested}${arrows}${greyed}${circular}`,
      xTitle: `${b.title}${b.kind === 'difficulty' ? ', easiest first' : ''}`,
      yTitle: `${a.title}${a.kind === 'difficulty' ? ', easiest on top' : ''}`,
      xaxis: {
        tickmode: 'array',
        tickvals: shared.x,
        ticktext: ofColumns,
        tickfont: { size: wide > 7 ? 10 : 12 },
        showgrid: false,
        range: [-0.5, wide - 0.5],
      },
      yaxis: {
        tickmode: 'array',
        tickvals: shared.y,
        ticktext: names(a, LETTERS),
        showgrid: false,
        range: [a.levels.length - 0.5, -0.5],
      },
      height: 100 + 58 * a.levels.length,
      leftMargin: 160,
      rightMargin: 104,
      bottomMargin: 44 + 15 * lines,
      shapes: [
        ...cells
          .filter(({ tooFew }) => tooFew)
          .map((cell) => ({
            ...box(cell),
            type: 'line',
            layer: 'below',
            line: { color: COLOURS.grid, width: 1 },
          })),
        ...(worst === null
          ? []
          : [{ ...box(cells[worst]), type: 'rect', line: { color: COLOURS.strange, width: 3 } }]),
      ],
    }),
  });
}
