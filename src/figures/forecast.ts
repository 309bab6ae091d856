import type { Forecast } from '../look/forecast/types';
import { checkKind } from './check-kind';
import { endLabels, rangeOf, type LineEnd } from './end-labels';
import { errorWords, withInterval } from './error-words';
import { figure, type Figure, type Trace } from './figure';
import { forecastTitle } from './forecast-title';
import { PLOT_HEIGHT, sizeAxis, valuesOf } from './size-axis';
import { COLOURS, layoutOf } from './template';

/** A line of the level that a goal sets. */
const levelLine = (y: number, color: string, dash: string): Record<string, unknown> => ({
  type: 'line',
  xref: 'paper',
  x0: 0,
  x1: 1,
  y0: y,
  y1: y,
  line: { color, dash, width: 2 },
});

function measured({ observed }: Forecast): Trace[] {
  const bar = (end: 0 | 1): number[] =>
    observed.map(({ error, interval }) => {
      const away = Math.abs(interval[end] - error);
      return Number.isFinite(away) ? away : 0;
    });
  const test: Trace = {
    type: 'scatter',
    mode: 'markers',
    name: 'measured',
    x: observed.map(({ size }) => size),
    y: observed.map(({ error }) => error),
    error_y: { type: 'data', symmetric: false, array: bar(1), arrayminus: bar(0), color: COLOURS.validation, thickness: 1.5, width: 3 }, // prettier-ignore
    marker: { color: COLOURS.validation, size: 7, symbol: 'square' },
    hovertemplate: '%{x} examples: %{y:.4g}<extra>measured</extra>',
  };
  const trained = observed.filter(({ train }) => Number.isFinite(train));
  if (trained.length === 0) return [test];
  const train: Trace = {
    type: 'scatter',
    mode: 'lines+markers',
    name: 'training',
    x: trained.map(({ size }) => size),
    y: trained.map((point) => point.train),
    line: { color: COLOURS.train, width: 2, dash: 'dash' },
    marker: { color: COLOURS.train, size: 5 },
    hovertemplate: '%{x} examples: %{y:.4g}<extra>training</extra>',
  };
  return [train, test];
}

/**
 * Returns a forecast as a picture: what was measured with bars, the fitted line, and from the largest size on to four
 * times it the forecast with its band; lines for human level and noise floor.
 *
 * @param forecast a result of `forecast`
 * @returns a Plotly figure; its title answers whether more data would help
 * @throws InputError `invalid-type` for anything else
 */
export function forecast(forecast: Forecast): Figure {
  checkKind('forecast', 'forecast', forecast, 'forecast');
  const { share, band, n, double, quadruple, humanLevel, noiseFloor } = forecast;
  const word = errorWords(share);
  const inside = band.filter(({ size }) => size <= n * 1.0001);
  const beyond = band.filter(({ size }) => size >= n * 0.9999);
  const line = (points: typeof band, dash: string, name: string): Trace => ({
    type: 'scatter',
    mode: 'lines',
    name,
    x: points.map(({ size }) => size),
    y: points.map(({ error }) => error),
    line: { color: COLOURS.validation, width: 2, dash },
    hovertemplate: `%{x:.0f} examples: %{y:.4g}<extra>${name}</extra>`,
  });
  const data: Trace[] = [
    {
      type: 'scatter',
      mode: 'lines',
      x: [...beyond.map(({ size }) => size), ...beyond.map(({ size }) => size).reverse()],
      y: [
        ...beyond.map(({ interval }) => interval[1]),
        ...beyond.map(({ interval }) => interval[0]).reverse(),
      ],
      fill: 'toself',
      fillcolor: `${COLOURS.validation}33`,
      line: { width: 0 },
      hoverinfo: 'skip',
    },
    line(inside, 'solid', 'fitted'),
    line(beyond, 'dot', 'forecast'),
    ...measured(forecast),
    {
      type: 'scatter',
      mode: 'markers',
      name: 'forecast',
      x: [double.size, quadruple.size],
      y: [double.error, quadruple.error],
      marker: { color: COLOURS.validation, size: 9, symbol: 'diamond-open', line: { width: 2 } },
      hovertemplate: '%{x} examples: %{y:.4g}<extra>forecast</extra>',
    },
  ];
  const last = forecast.observed[forecast.observed.length - 1];
  const ends: LineEnd[] = [
    {
      x: quadruple.size,
      y: quadruple.error,
      text: `4×: ${word(quadruple.error)}`,
      colour: COLOURS.validation,
    },
  ];
  if (Number.isFinite(last.train))
    ends.push({ x: quadruple.size, y: last.train, text: 'training', colour: COLOURS.train });
  const shapes: Record<string, unknown>[] = [
    { type: 'line', x0: n, x1: n, yref: 'paper', y0: 0, y1: 1, line: { color: COLOURS.grid, width: 2 } },
  ];
  for (const [level, colour, dash, name] of [
    [humanLevel, COLOURS.human, 'dash', 'human level'],
    [noiseFloor, COLOURS.baseline, 'dashdot', 'noise floor'],
  ] as const) {
    if (level === null) continue;
    shapes.push(levelLine(level, colour, dash));
    ends.push({ x: quadruple.size, y: level, text: `${name} ${word(level)}`, colour });
  }
  const reach = [...forecast.observed.flatMap(({ interval }) => interval), 0];
  const range = rangeOf([...valuesOf(data), ...ends.map(({ y }) => y), ...reach]);
  const title = forecastTitle(forecast);
  const test = Number.isFinite(forecast.testN) ? `${forecast.testN} test examples` : 'test examples unknown';
  return figure({
    title,
    data,
    layout: layoutOf({
      title,
      subtitle: `4×: ${withInterval(share, quadruple.error, quadruple.interval)} · ${Math.round(forecast.level * 100)} % intervals over seeds, test examples and models · ${forecast.seeds} seeds · ${test} · ${forecast.observed.length} sizes`,
      xTitle: 'training examples (logarithmic)',
      yTitle: `${forecast.title}${share ? ' (share of examples)' : ''}`,
      xaxis: sizeAxis(forecast.observed[0].size, quadruple.size),
      yaxis: { ...(range ? { range } : {}), ...(share ? { tickformat: '.0%' } : {}) },
      rightMargin: 140,
      shapes,
      annotations: [
        ...(range ? endLabels(ends, { range, height: PLOT_HEIGHT }) : []).map((label) => ({
          ...label,
          x: Math.log10(label.x as number),
        })),
        {
          x: Math.log10(n),
          yref: 'paper',
          y: 1,
          yanchor: 'bottom',
          showarrow: false,
          text: `now: ${n.toLocaleString('en-US')}`,
        },
      ],
    }),
  });
}
