import type { Confusion } from '../look/types';
import { checkKind } from './check-kind';
import { figure, type Figure } from './figure';
import { layoutOf, percent, plotlyText, shortText, threeDigits } from './template';

/** Returns the pair of classes mixed up most often, or undefined when nothing is wrong. */
function worstPair(confusion: Confusion): { label: number; predicted: number; count: number } | undefined {
  let worst: { label: number; predicted: number; count: number } | undefined;
  confusion.counts.forEach((row, label) =>
    row.forEach((count, predicted) => {
      if (label !== predicted && count > (worst?.count ?? 0)) worst = { label, predicted, count };
    }),
  );
  return worst;
}

/**
 * Returns a heat map of predicted against true classes: colour is the share of the true class, words are counts
 * (and shares up to twelve classes).
 *
 * @param confusion counts of predicted against true classes
 * @returns a Plotly figure; its title names the pair mixed up most often
 * @throws InputError `invalid-type` for anything but a confusion
 * @example
 * const counts = { kind: 'confusion', name: 'pets', n: 12, classes: ['cat', 'dog'], counts: [[7, 3], [0, 2]], warnings: [] };
 * figures.confusion(counts).title // => '"cat" is taken for "dog" most often: 3 of 10'
 */
export function confusion(confusion: Confusion): Figure {
  checkKind('confusion', 'confusion', confusion, 'confusion');
  const { classes, counts } = confusion;
  const totals = counts.map((row) => row.reduce((a, b) => a + b, 0));
  const rates = counts.map((row, i) => row.map((count) => (totals[i] > 0 ? count / totals[i] : null)));
  const worst = worstPair(confusion);
  const title = worst
    ? `"${classes[worst.label]}" is taken for "${classes[worst.predicted]}" most often: ${worst.count} of ${totals[worst.label]}`
    : 'No example is predicted wrongly';
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
  return figure({
    title,
    data: [
      {
        type: 'heatmap',
        x: classes.map((_, i) => i),
        y: classes.map((_, i) => i),
        z: rates,
        text: words,
        texttemplate: classes.length <= 30 ? '%{text}' : '',
        zmin: 0,
        zmax: 1,
        xgap: 1,
        ygap: 1,
        colorscale: [
          [0, '#F2F7FB'],
          [0.5, '#7FB6D9'],
          [1, '#0072B2'],
        ],
        colorbar: { title: { text: 'share of<br>true class' }, tickformat: '.0%', thickness: 12 },
        customdata: counts.map((row, i) => row.map((_, j) => [names[i], names[j]])),
        hovertemplate: 'true %{customdata[0]}, predicted %{customdata[1]}: %{text}<extra></extra>',
      },
    ],
    layout: layoutOf({
      title,
      subtitle: `${confusion.n} examples · rows are true classes, each cell: count${confusion.deviations ? ' ± standard deviation over seeds' : ''}, share of its row`,
      xTitle: 'predicted class',
      yTitle: 'true class',
      xaxis: { ...ticks, tickangle: crowded ? -90 : 0 },
      yaxis: { ...ticks, autorange: 'reversed' },
      height: Math.min(640, 150 + 46 * classes.length) + (crowded ? 8 * longest : 0),
      rightMargin: 110,
      leftMargin: 50 + 8 * longest,
      bottomMargin: crowded ? 50 + 8 * longest : 56,
    }),
  });
}
