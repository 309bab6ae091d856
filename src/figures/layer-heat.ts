import { decadeTicks } from './decade-ticks';
import type { LayerPanel, LayerSeries } from './layer-panels';
import type { GridCell, GridPanel } from './panel-grid';
import { plotlyText, shortText } from './template';

/** Columns at most. */
const COLUMNS = 200;
/** Letters of a layer's name beside its row. */
export const ROW_LETTERS = 13;

/** One row: each column is the mean of the epochs it covers; null where nothing is known. */
function rowOf({ values }: LayerSeries, log: boolean, columns: number): (number | null)[] {
  return Array.from({ length: columns }, (_, c) => {
    const from = Math.floor((c * values.length) / columns);
    const to = Math.max(from + 1, Math.floor(((c + 1) * values.length) / columns));
    const known = values
      .slice(from, to)
      .map((value) => (log ? (value > 0 ? Math.log10(value) : NaN) : value))
      .filter(Number.isFinite);
    return known.length > 0 ? known.reduce((sum, v) => sum + v, 0) / known.length : null;
  });
}

/** Returns a panel as a heat map, layer by epoch, first layer on top. */
export function layerHeat(panel: LayerPanel, cell: GridCell): GridPanel {
  const log = panel.scale === 'log';
  const { series } = panel;
  const epochs = series[0]?.epochs ?? [];
  const columns = Math.min(COLUMNS, epochs.length);
  const x = Array.from(
    { length: columns },
    (_, c) => epochs[Math.floor(((c + 0.5) * epochs.length) / columns)],
  );
  const z = series.map((one) => rowOf(one, log, columns));
  const known = z.flat().filter((value) => value !== null);
  const ticks = log ? decadeTicks(Math.min(...known), Math.max(...known)) : { nticks: 5 };
  const every = Math.max(1, Math.ceil((series.length * 13) / cell.height));
  const shown = series.flatMap((_, i) => (i % every === 0 ? [i] : []));
  return {
    title: panel.title,
    data: [
      {
        type: 'heatmap',
        xaxis: cell.x,
        yaxis: cell.y,
        x,
        y: series.map((_, i) => i),
        z,
        ...(panel.scale === 'share' ? { zmin: 0, zmax: 1 } : {}),
        colorscale: 'Cividis',
        colorbar: {
          ...{ x: cell.domain[1], xpad: 6, xanchor: 'left', thickness: 9, outlinewidth: 0 },
          ...{ y: (cell.upright[0] + cell.upright[1]) / 2, len: cell.upright[1] - cell.upright[0], ypad: 0 },
          ...ticks,
          ...(panel.scale === 'share' ? { tickformat: '.0%' } : {}),
        },
        customdata: series.map(({ name }) => x.map(() => plotlyText(name))),
        hovertemplate: `%{customdata}, epoch %{x}: ${log ? '10^%{z:.2f}' : '%{z:.3g}'}<extra></extra>`,
      },
    ],
    yaxis: {
      range: [series.length - 0.5, -0.5],
      tickmode: 'array',
      tickvals: shown,
      ticktext:
        cell.column === 0
          ? shown.map((i) => plotlyText(shortText(series[i].name, ROW_LETTERS)))
          : shown.map(() => ''),
      showgrid: false,
      tickfont: { size: 10 },
    },
    shapes: [],
    annotations: [],
  };
}
