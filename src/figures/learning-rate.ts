import type { LearningRateSearch, RateCurve } from '../build/learning-rate-search';
import { checkKind } from './check-kind';
import { figure, type Figure, type Trace } from './figure';
import { COLOURS, layoutOf, threeDigits } from './template';

const LINES = [
  { color: COLOURS.train, dash: 'solid' },
  { color: COLOURS.human, dash: 'dot' },
  { color: '#CC79A7', dash: 'dashdot' },
  { color: '#56B4E9', dash: 'longdash' },
] as const;

/** The sentence that the search says. */
export function learningRateTitle({ suggestion, method, suggestions, reason }: LearningRateSearch): string {
  if (suggestion === null || !suggestions) return reason!.message.replace(/\.$/, '');
  const { range, n } = suggestions[method];
  const [low, high] = range.map(threeDigits);
  return `Try a learning rate of ${threeDigits(suggestion)}${n > 1 ? `; the repeats say ${low} to ${high}` : ''}`;
}

/** Losses worth seeing: from the least to half above the start; what explodes leaves the figure. */
function rangeOf(curves: readonly RateCurve[]): [number, number] | undefined {
  const all = curves.flatMap(({ smoothed }) => smoothed);
  if (all.length === 0) return undefined;
  const low = all.reduce((a, b) => Math.min(a, b));
  const top = curves.reduce((most, { smoothed }) => Math.max(most, ...smoothed.slice(0, 10)), -Infinity);
  const margin = Math.max(0.5 * (top - low), 0.05 * Math.abs(top), 1e-6);
  return [low - margin / 5, top + margin];
}

function tracesOf(curves: readonly RateCurve[], rates: readonly number[]): Trace[] {
  return curves.flatMap((curve, i) => {
    const line = LINES[i % LINES.length];
    const x = rates.slice(0, curve.losses.length);
    const name = `seed ${curve.seed}`;
    const hovertemplate = `${name}, rate %{x:.3g}: %{y:.4g}<extra></extra>`;
    return [
      {
        ...{
          type: 'scatter',
          mode: 'markers',
          name: `${name}, each batch`,
          x,
          y: curve.losses,
          hovertemplate,
        },
        marker: { size: 3, color: line.color, opacity: 0.45 },
      },
      {
        ...{ type: 'scatter', mode: 'lines', name, x, y: curve.smoothed, hovertemplate },
        line: { ...line, width: 2 },
      },
    ];
  });
}

/**
 * Returns the curves of a learning-rate search: the loss against the learning rate, each batch as a point and smoothed as a
 * line for each repeat, the suggestion as a line with the range of the repeats shaded.
 *
 * @param search what `findLearningRate` returns
 * @returns a Plotly figure; its title is the suggestion, or why there is none
 * @throws InputError `invalid-type` for anything else
 */
export function learningRate(search: LearningRateSearch): Figure {
  checkKind('learningRate', 'search', search, 'learning-rate-search');
  const { curves, rates, suggestion, suggestions, method, optimizer, batchSize, n, smoothing } = search;
  const title = learningRateTitle(search);
  const range = rangeOf(curves);
  const [low, high] = suggestions?.[method].range ?? [];
  const upright = { yref: 'paper', y0: 0, y1: 1 } as const;
  const shapes =
    suggestion === null
      ? []
      : [
          {
            ...{ type: 'rect', ...upright, x0: low, x1: high, layer: 'below' },
            ...{ fillcolor: `${COLOURS.validation}33`, line: { width: 0 } },
          },
          {
            ...{ type: 'line', ...upright, x0: suggestion, x1: suggestion },
            line: { color: COLOURS.validation, dash: 'dash', width: 2 },
          },
        ];
  const words = { yref: 'paper', y: 1, yanchor: 'bottom', showarrow: false } as const;
  const seeds = curves.map(({ seed }, i) => `${seed} (${LINES[i % LINES.length].dash})`);
  return figure({
    title,
    data: tracesOf(curves, rates),
    layout: layoutOf({
      title,
      subtitle: [
        `${optimizer}, ${batchSize} examples a step of ${n}`,
        search.loss,
        `smoothed by ${smoothing}`,
        `seeds ${seeds.slice(0, 6).join(', ')}${seeds.length > 6 ? ', …' : ''}`,
      ]
        .filter(Boolean)
        .join(' · '),
      xTitle: 'learning rate (log scale)',
      yTitle: 'loss of the mini-batch',
      xaxis: {
        type: 'log',
        dtick: 1,
        exponentformat: 'power',
        range: [Math.log10(rates[0]), Math.log10(rates[rates.length - 1])],
      },
      yaxis: range ? { range } : {},
      headRoom: 20,
      shapes,
      annotations:
        suggestion === null
          ? []
          : [
              {
                ...{
                  ...words,
                  x: Math.log10(suggestion),
                  xanchor: 'center',
                  text: `${method}: ${threeDigits(suggestion)}`,
                },
                font: { color: COLOURS.validation },
              },
            ],
    }),
  });
}
