import { decadeTicks } from './decade-ticks';
import { depthColour } from './depth-colour';
import { endLabels, rangeOf } from './end-labels';
import type { Trace } from './figure';
import type { LayerPanel, LayerSeries } from './layer-panels';
import { USUAL_UPDATES } from './layers-title';
import type { GridCell, GridPanel } from './panel-grid';
import { COLOURS, plotlyText, shortText } from './template';
import { thinExtremes } from './thin-extremes';

/** Letters of a layer's name at the end of its line. */
export const NAME_LETTERS = 13;
/** Layers that are all named at their ends; of more, the first and the last. */
const MOST_NAMED = 4;
const STRETCHES = 150;

/** Returns a value as it stands on the axis of a panel: the logarithm on a log scale, NaN for what has no place. */
export const onScale = (panel: LayerPanel, value: number): number =>
  panel.scale === 'log' ? (value > 0 ? Math.log10(value) : NaN) : value;

/** Returns the part of a series that can be drawn, in at most 302 points. */
export function drawable(panel: LayerPanel, series: LayerSeries): LayerSeries {
  const places = series.values.flatMap((value, i) => (Number.isFinite(onScale(panel, value)) ? [i] : []));
  const kept = thinExtremes(
    places.map((place) => series.values[place]),
    STRETCHES,
  ).map((i) => places[i]);
  const at = (values: readonly number[]): number[] => kept.map((place) => values[place]);
  return {
    ...series,
    epochs: at(series.epochs),
    values: at(series.values),
    ...(series.low && series.high ? { low: at(series.low), high: at(series.high) } : {}),
  };
}

function bandTrace({ epochs, low, high, depth }: LayerSeries, axes: Record<string, string>): Trace {
  const fillcolor = `${depthColour(depth)}33`;
  const x = [...epochs, ...[...epochs].reverse()];
  const y = [...high!, ...[...low!].reverse()];
  return {
    type: 'scatter',
    mode: 'lines',
    ...axes,
    x,
    y,
    fill: 'toself',
    fillcolor,
    line: { width: 0 },
    hoverinfo: 'skip',
  };
}

function lineTrace({ name, epochs, values, depth }: LayerSeries, axes: Record<string, string>): Trace {
  const colour = depthColour(depth);
  return {
    type: 'scatter',
    mode: epochs.length > 30 ? 'lines' : 'lines+markers',
    name: plotlyText(name),
    ...axes,
    x: epochs,
    y: values,
    line: { color: colour, width: 2 },
    marker: { color: colour, size: 4 },
    hovertemplate: 'epoch %{x}: %{y:.3g}',
  };
}

/** Returns ticks at powers of ten; where there is no room for two of them, those of Plotly. */
export function logTicks([low, high]: readonly [number, number]): Record<string, unknown> {
  const { tickvals, ticktext } = decadeTicks(low, high);
  if (tickvals.length < 2) return { type: 'log', dtick: 'D2', exponentformat: 'power' };
  return { type: 'log', tickmode: 'array', tickvals: tickvals.map((power) => 10 ** power), ticktext };
}

/** Returns a panel with a line for each layer, coloured by depth and named at its end. */
export function layerLines(panel: LayerPanel, cell: GridCell): GridPanel {
  const { x, y, height } = cell;
  const axes = { xaxis: x, yaxis: y };
  const drawn = panel.series
    .map((series) => drawable(panel, series))
    .filter(({ epochs }) => epochs.length > 0);
  const gone = panel.scale === 'log' && panel.series.some(({ values }) => values.includes(0));
  const isUpdate = panel.word === 'update ratio';
  const levels = [
    ...drawn.flatMap(({ values, low = [], high = [] }) => [...values, ...low, ...high]),
    ...(isUpdate ? USUAL_UPDATES : []),
  ].map((value) => onScale(panel, value));
  const range = rangeOf(panel.scale === 'share' ? [...levels, 0] : levels) ?? [0, 1];
  const named =
    drawn.length <= MOST_NAMED ? drawn : drawn.filter((_, i) => i === 0 || i === drawn.length - 1);
  const ends = named.map(({ name, epochs, values, depth }) => ({
    x: epochs[epochs.length - 1],
    y: onScale(panel, values[values.length - 1]),
    text: plotlyText(shortText(name, NAME_LETTERS)),
    colour: depthColour(depth),
  }));
  const usual = {
    ...{ type: 'rect', layer: 'below', xref: 'paper', x0: cell.domain[0], x1: cell.domain[1], yref: y },
    ...{ y0: USUAL_UPDATES[0], y1: USUAL_UPDATES[1], line: { width: 0 }, fillcolor: `${COLOURS.human}26` },
  };
  return {
    title: `${panel.title}${gone ? ' (no line: 0)' : ''}`,
    data: [
      ...drawn.filter(({ low }) => low !== undefined).map((series) => bandTrace(series, axes)),
      ...drawn.map((series) => lineTrace(series, axes)),
    ],
    yaxis: {
      range,
      nticks: 5,
      ...(panel.scale === 'log' ? logTicks(range) : {}),
      ...(panel.scale === 'share' ? { tickformat: '.0%' } : {}),
    },
    shapes: isUpdate ? [usual] : [],
    // On a log axis an annotation stands at the logarithm, as the range does.
    annotations: endLabels(ends, { range, height, xref: x, yref: y }),
  };
}
