import type { Baseline, Baselines } from '../build/baselines/types';
import { checkKind } from './check-kind';
import { figure, type Figure } from './figure';
import { COLOURS, layoutOf, percent, plotlyText, threeDigits, wrapText } from './template';

const ROW = 34;

/** "best", "simplest good", "clearly worse": what is said of a model beside its dot. */
export function verdictOf(ladder: Pick<Baselines, 'best' | 'simplestGood'>, row: Baseline): string {
  const words = [
    ...(row.model === ladder.simplestGood ? [row.trivial ? 'not clearly beaten' : 'simplest good'] : []),
    ...(row.model === ladder.best ? ['best'] : []),
    ...(row.behindBest?.clearlyWorse ? ['clearly worse'] : []),
  ];
  return words.join(', ');
}

/** A share with a decimal where it is near to all. */
const nearPercent = (share: number): string =>
  share > 0.985 && share < 1 ? `${(100 * share).toFixed(1)} %` : percent(share);

/**
 * The range of x: that of all models, or of those that learn where the others lie so far off that nothing could be told
 * apart. Those are then marked at the border.
 */
function rangeOf(rows: readonly Baseline[], goal: number | null): readonly [number, number] {
  const spanOf = (some: readonly Baseline[]): [number, number] => {
    const values = [...some.flatMap((row) => [...row.interval, row.score, row.trainScore]), goal ?? NaN];
    const known = values.filter(Number.isFinite);
    return [
      known.reduce((a, b) => Math.min(a, b), Infinity),
      known.reduce((a, b) => Math.max(a, b), -Infinity),
    ];
  };
  const all = spanOf(rows);
  const learning = spanOf(rows.filter(({ trivial }) => !trivial));
  const close = learning[1] > learning[0] && learning[1] - learning[0] < (all[1] - all[0]) / 3;
  const [low, high] = close ? learning : all;
  const margin = (high - low) / 16 || Math.abs(high) / 16 || 1;
  return [low - margin, high + margin];
}

function colourOf(ladder: Baselines, row: Baseline): string {
  if (row.model === ladder.simplestGood) return COLOURS.validation;
  return row.behindBest?.clearlyWorse ? COLOURS.baseline : COLOURS.train;
}

/**
 * Returns a dot with its interval for each model of a ladder, the simplest on top, training scores as hollow dots, and the
 * human level as a dashed green line where it is of the same metric.
 *
 * @param ladder from `baselines`
 * @returns a Plotly figure; its title is the sentence of the ladder
 * @throws InputError `invalid-type` for anything but a ladder of baselines
 */
export function baselines(ladder: Baselines): Figure {
  checkKind('baselines', 'ladder', ladder, 'baselines');
  const { rows, human, metric, n, trainN, level } = ladder;
  const share = ladder.metricUnit === 'share';
  const word = share ? nearPercent : threeDigits;
  const title = ladder.message.replace(/\.$/, '');
  const goal = human && human.goal.metric === metric ? human.goal : null;
  const places = rows.map((_, i) => i);
  const range = rangeOf(rows, goal?.value ?? null);
  const shown = rows.map(({ score }) => Math.max(range[0], Math.min(range[1], score)));
  const outside = rows.map(({ score }, i) => score !== shown[i]);
  return figure({
    title,
    data: [
      {
        type: 'scatter',
        mode: 'markers',
        name: 'training',
        x: rows.map(({ trainScore }) => (trainScore < range[0] || trainScore > range[1] ? null : trainScore)),
        y: places,
        marker: { symbol: 'circle-open', size: 9, color: COLOURS.text },
        hovertemplate: 'training %{x:.3g}<extra></extra>',
      },
      {
        type: 'scatter',
        mode: 'markers',
        name: 'validation',
        cliponaxis: false,
        x: shown,
        y: places,
        marker: {
          size: 11,
          color: rows.map((row) => colourOf(ladder, row)),
          symbol: rows.map((row, i) => {
            if (outside[i]) return row.score < range[0] ? 'triangle-left' : 'triangle-right';
            return row.model === ladder.simplestGood ? 'diamond' : 'circle';
          }),
        },
        error_x: {
          type: 'data',
          symmetric: false,
          array: rows.map((row, i) => (outside[i] ? 0 : Math.max(0, row.interval[1] - row.score))),
          arrayminus: rows.map((row, i) => (outside[i] ? 0 : Math.max(0, row.score - row.interval[0]))),
          color: COLOURS.text,
        },
        hovertemplate: '%{x:.3g}<extra></extra>',
      },
    ],
    layout: layoutOf({
      title,
      subtitle: `${ladder.name}: ${trainN} training and ${n} validation examples · ${Math.round(level * 100)} % intervals over examples and ${ladder.seeds.length} seeds · hollow: training score${outside.includes(true) ? ' · triangle: beyond the border' : ''}`,
      xTitle: `${ladder.metricTitle}${share ? ' (share of examples)' : ', lower is better'}`,
      yTitle: '',
      height: 96 + ROW * rows.length,
      leftMargin: 158,
      rightMargin: 150,
      headRoom: goal ? 22 : 0,
      xaxis: { range, ...(share && { tickformat: '.0%' }) },
      yaxis: {
        tickmode: 'array',
        tickvals: places,
        ticktext: rows.map((row) => wrapText(row.model, 22).map(plotlyText).join('<br>')),
        range: [rows.length - 0.5, -0.5],
        showgrid: true,
      },
      shapes: goal
        ? [
            {
              type: 'line',
              yref: 'paper',
              y0: 0,
              y1: 1,
              x0: goal.value,
              x1: goal.value,
              line: { color: COLOURS.human, dash: 'dash', width: 2 },
            },
          ]
        : [],
      annotations: [
        ...rows.map((row, i) => ({
          xref: 'paper',
          x: 1,
          xanchor: 'left',
          xshift: 8,
          y: i,
          showarrow: false,
          align: 'left',
          text: [word(row.score), verdictOf(ladder, row)].filter((part) => part !== '').join('<br>'),
        })),
        ...(goal
          ? [
              {
                x: goal.value,
                yref: 'paper',
                y: 1,
                yanchor: 'bottom',
                xanchor: goal.value > (range[0] + range[1]) / 2 ? 'right' : 'left',
                showarrow: false,
                font: { color: COLOURS.human },
                text: plotlyText(`people: ${word(goal.value)} (${goal.source})`),
              },
            ]
          : []),
      ],
    }),
  });
}
