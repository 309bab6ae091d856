import type { PanelParts } from './curve-panel';
import { endLabels } from './end-labels';
import type { Trace } from './figure';
import type { RateLine } from './rate-line';
import { axisOf, COLOURS, layoutOf } from './template';

/** A panel with its place. */
export interface LaidPanel extends PanelParts {
  readonly title: string;
  /** Height beside that of the others. */
  readonly share: number;
  /** Epochs that are named above the panel. */
  readonly marks: readonly { readonly epoch: number; readonly value: number }[];
}

/** Panels above each other that share the epochs. */
export interface PanelsParts {
  readonly title: string;
  readonly subtitle: string;
  readonly panels: readonly LaidPanel[];
  /** A small panel beneath. */
  readonly rate: RateLine | undefined;
  /** Where the x axis begins on a log scale, and where it ends. */
  readonly firstEpoch: number;
  readonly lastEpoch: number;
  readonly xScale: 'linear' | 'log';
}

const GAP = 26;
const RATE_HEIGHT = 70;
const BOTTOM = 56;

/** Heights in pixels: one panel alone has 284, several share 420. */
function heightsOf({ panels, rate }: PanelsParts): number[] {
  const whole = panels.length === 1 ? 284 : 420;
  const shares = panels.reduce((sum, { share }) => sum + share, 0);
  const heights = panels.map(({ share }) => Math.round((whole * share) / shares));
  return rate ? [...heights, RATE_HEIGHT] : heights;
}

const nameOf = (letter: 'x' | 'y', i: number): string => (i === 0 ? letter : `${letter}${i + 1}`);
const axisName = (i: number): string => (i === 0 ? 'yaxis' : `yaxis${i + 1}`);

function rateTrace({ x, y }: RateLine, yaxis: string): Trace {
  const line = { color: COLOURS.text, width: 1.5 };
  const hovertemplate = 'epoch %{x:.3g}: %{y:.3g}';
  return { type: 'scatter', mode: 'lines', name: 'learning rate', yaxis, x, y, line, hovertemplate };
}

/** The trace without the points that a log scale has no place for. */
function onLogScale(trace: Trace): Trace {
  const x = trace.x as readonly number[];
  const kept = (values: unknown): unknown => (values as readonly unknown[]).filter((_, i) => x[i] > 0);
  return { ...trace, x: kept(x), y: kept(trace.y) };
}

/** Returns the traces and the layout of panels above each other. */
export function layPanels(parts: PanelsParts): {
  readonly data: readonly Trace[];
  readonly layout: Readonly<Record<string, unknown>>;
} {
  const { panels, rate, lastEpoch, firstEpoch, xScale } = parts;
  const log = xScale === 'log';
  const at = (epoch: number): number => (log ? Math.log10(epoch) : epoch);
  const xRange = log ? [at(firstEpoch), at(lastEpoch) + 0.02] : [0, lastEpoch * 1.01];
  const heights = heightsOf(parts);
  const all = heights.reduce((sum, height) => sum + height, 0) + GAP * (heights.length - 1);
  const bottoms = heights.map((_, i) => heights.slice(i + 1).reduce((sum, height) => sum + height + GAP, 0));
  const own = (i: number): Record<string, unknown> => {
    const bottom = bottoms[i] / all;
    const range = panels[i]?.range;
    return {
      domain: [bottom, Math.min(1, bottom + heights[i] / all)],
      nticks: Math.max(3, Math.round(heights[i] / 40)),
      ...(range && { range }),
    };
  };
  const rateAxis = rate && Math.max(...rate.y) > 20 * Math.min(...rate.y) ? { type: 'log', dtick: 1 } : {};
  const axes = Object.fromEntries(
    heights
      .map((_, i) => [
        axisName(i),
        i < panels.length
          ? axisOf(panels[i].title, own(i))
          : axisOf('', { ...own(i), ...rateAxis, title: { text: 'learning<br>rate' } }),
      ])
      .slice(1),
  ) as Record<string, Record<string, unknown>>;
  const labels = panels.flatMap(({ ends, range }, i) =>
    range
      ? endLabels(
          ends.map((end) => ({ ...end, x: at(end.x) })),
          { range, height: heights[i], yref: nameOf('y', i) },
        )
      : [],
  );
  const stars = panels.flatMap(({ marks, range }, i) =>
    marks
      .filter(({ epoch }) => range && (!log || epoch > 0))
      .map(({ epoch, value }) => {
        const x = at(epoch);
        const along = (x - xRange[0]) / (xRange[1] - xRange[0]);
        return { x, y: value, along, yref: nameOf('y', i), top: range![1], epoch };
      }),
  );
  const starLines = stars.map(({ epoch, y, top, yref }) => ({
    ...{ type: 'line', xref: 'x', x0: epoch, x1: epoch, yref, y0: y, y1: top },
    line: { color: COLOURS.text, dash: 'dot', width: 1 },
  }));
  const starNames = stars.map(({ x, along, top, yref, epoch }) => ({
    ...{ x, y: top, yref, yanchor: 'bottom', showarrow: false, text: `★ best: epoch ${epoch}` },
    xanchor: along > 0.85 ? 'right' : along < 0.15 ? 'left' : 'center',
  }));
  const longest = Math.max(4, ...panels.flatMap(({ ends }) => ends.map(({ text }) => text.length)));
  const data = panels.flatMap((panel) => panel.data);
  if (rate) data.push(rateTrace(rate, nameOf('y', panels.length)));
  return {
    data: log ? data.map(onLogScale) : data,
    layout: layoutOf({
      title: parts.title,
      subtitle: parts.subtitle,
      xTitle: log ? 'epoch (log scale)' : 'epoch',
      yTitle: panels[0].title,
      xaxis: {
        ...(log
          ? { type: 'log', dtick: xRange[1] - xRange[0] < 2.5 ? 'D2' : 1 }
          : lastEpoch < 2
            ? {}
            : { tickformat: 'd', ...(lastEpoch < 6 && { dtick: 1 }) }),
        range: xRange,
        anchor: nameOf('y', heights.length - 1),
      },
      yaxis: own(0),
      axes,
      height: all + BOTTOM,
      rightMargin: Math.min(280, 24 + 8 * longest),
      shapes: [...panels.flatMap(({ shapes }) => shapes), ...starLines],
      annotations: [...starNames, ...labels],
    }),
  };
}
