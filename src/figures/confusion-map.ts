import type { Confusion } from '../look/types';
import { figure, type Figure } from './figure';
import { strangeTick } from './strange';
import { COLOURS, layoutOf, percent, plotlyText, shortText, threeDigits } from './template';

/** Counts of predicted against true classes. */
export type Counts = Pick<Confusion, 'name' | 'n' | 'classes' | 'counts' | 'deviations'>;

/** What is said of a heat map. */
export interface MapWords {
  readonly title: string;
  /** What was counted: "examples". */
  readonly examples: string;
  /** Places of the true classes whose rows are strange. */
  readonly marked: ReadonlySet<number>;
}

/** Light enough for dark words everywhere; mistakes have a scale of their own, so that those of a good model are seen too. */
const RIGHT = [
  [0, '#F2F7FB'],
  [1, '#6FB4DF'],
];
const MISTAKES = [
  [0, '#FBF8F2'],
  [0.5, '#F5CD80'],
  [1, '#E69F00'],
];
/** The share that has the deepest orange, at least. */
const LEAST_TOP = 0.05;

/** Returns a heat map of predicted against true classes; rows that are strange are named in vermilion and framed. */
export function confusionMap(confusion: Counts, { title, examples, marked }: MapWords): Figure {
  const { classes, counts } = confusion;
  const totals = counts.map((row) => row.reduce((a, b) => a + b, 0));
  const rates = counts.map((row, i) => row.map((count) => (totals[i] > 0 ? count / totals[i] : null)));
  const small = classes.length <= 12;
  const counted = (i: number, j: number): string => {
    const sd = confusion.deviations?.[i][j] ?? 0;
    return sd > 0 && counts[i][j] > 0
      ? `${counts[i][j]} ± ${threeDigits(Number(sd.toPrecision(2)))}`
      : String(counts[i][j]);
  };
  const words = counts.map((row, i) =>
    row.map((count, j) =>
      small && count > 0 ? `${counted(i, j)}<br>${percent(rates[i][j] ?? NaN)}` : counted(i, j),
    ),
  );
  const names = classes.map(plotlyText);
  const ticktext = classes.map((name) => plotlyText(shortText(name, 22)));
  const longest = Math.max(1, ...classes.map((name) => Math.min(22, [...name].length)));
  const crowded = longest * 8 > 560 / Math.max(1, classes.length);
  const ticks = { tickmode: 'array', tickvals: classes.map((_, i) => i), ticktext, showgrid: false };
  const place = { x: classes.map((_, i) => i), y: classes.map((_, i) => i) };
  const cells = {
    ...{ type: 'heatmap', ...place, zmin: 0, xgap: 1, ygap: 1, hoverongaps: false },
    texttemplate: classes.length <= 30 ? '%{text}' : '',
    textfont: { color: '#1B1B1B' },
    customdata: counts.map((row, i) => row.map((_, j) => [names[i], names[j]])),
    hovertemplate: 'true %{customdata[0]}, predicted %{customdata[1]}: %{text}<extra></extra>',
  };
  const onDiagonal = <T>(of: readonly (readonly T[])[], yes: boolean, other: T): T[][] =>
    of.map((row, i) => row.map((value, j) => ((i === j) === yes ? value : other)));
  const worst = rates.reduce(
    (most, row, i) => Math.max(most, ...row.map((rate, j) => (i === j ? 0 : (rate ?? 0)))),
    0,
  );
  return figure({
    title,
    data: [
      {
        ...cells,
        name: 'mistakes',
        z: onDiagonal(rates, false, null),
        text: onDiagonal(words, false, ''),
        zmax: Math.max(LEAST_TOP, worst),
        colorscale: MISTAKES,
        colorbar: {
          title: { text: 'mistakes,<br>share of<br>true class' },
          tickformat: '.0%',
          thickness: 12,
        },
      },
      {
        ...cells,
        name: 'right',
        z: onDiagonal(rates, true, null),
        text: onDiagonal(words, true, ''),
        zmax: 1,
        colorscale: RIGHT,
        showscale: false,
      },
    ],
    layout: layoutOf({
      title,
      subtitle: `${confusion.n} ${examples} · rows are true classes, each cell: count${confusion.deviations ? ' ± standard deviation over seeds' : ''}, share of its row · blue is right, orange are mistakes`,
      xTitle: 'predicted class',
      yTitle: 'true class',
      xaxis: { ...ticks, tickangle: crowded ? -90 : 0 },
      yaxis: {
        ...ticks,
        ticktext: ticktext.map((name, i) => (marked.has(i) ? strangeTick(shortText(classes[i], 22)) : name)),
        autorange: 'reversed',
      },
      height: Math.min(640, 150 + 46 * classes.length) + (crowded ? 8 * longest : 0),
      rightMargin: 110,
      leftMargin: 50 + 8 * longest + (marked.size > 0 ? 18 : 0),
      bottomMargin: crowded ? 50 + 8 * longest : 56,
      shapes: [...marked].map((i) => ({
        ...{ type: 'rect', x0: -0.5, x1: classes.length - 0.5, y0: i - 0.5, y1: i + 0.5 },
        line: { color: COLOURS.strange, width: 2 },
      })),
    }),
  });
}
