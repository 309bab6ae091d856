import type { Trace } from './figure';
import { axisOf, layoutOf } from './template';

/** Where a panel of a grid stands. */
export interface GridCell {
  /** Names of its axes: `x2`, `y2`. */
  readonly x: string;
  readonly y: string;
  /** Pixels. */
  readonly height: number;
  /** From left to right in shares of the plot. */
  readonly domain: readonly [number, number];
  /** From bottom to top in shares of the plot. */
  readonly upright: readonly [number, number];
  readonly column: number;
}

/** A panel as parts of a Plotly figure. */
export interface GridPanel {
  readonly title: string;
  readonly data: readonly Trace[];
  readonly yaxis: Readonly<Record<string, unknown>>;
  readonly shapes: readonly Record<string, unknown>[];
  readonly annotations: readonly Record<string, unknown>[];
}

/** Pixels of a grid of two columns. */
export interface GridSpace {
  readonly height: number;
  readonly left: number;
  /** Kept free to the right of each panel. */
  readonly right: number;
  /** Between the columns, beside that. */
  readonly between: number;
}

const WIDTH = 720;
const ROW_GAP = 48;
const BOTTOM = 56;

/** Returns the places of so many panels, row by row in two columns. */
export function gridCells(count: number, { height, left, right, between }: GridSpace): readonly GridCell[] {
  const rows = Math.ceil(count / 2);
  const all = rows * height + (rows - 1) * ROW_GAP;
  const plot = WIDTH - left - right;
  const width = (plot - right - between) / 2;
  return Array.from({ length: count }, (_, i) => {
    const [row, column] = [Math.floor(i / 2), i % 2];
    const bottom = (all - row * (height + ROW_GAP) - height) / all;
    const from = (column * (width + right + between)) / plot;
    return {
      x: i === 0 ? 'x' : `x${i + 1}`,
      y: i === 0 ? 'y' : `y${i + 1}`,
      height,
      domain: [from, Math.min(1, from + width / plot)],
      upright: [Math.max(0, bottom), Math.min(1, bottom + height / all)],
      column,
    };
  });
}

/** Returns traces and layout of panels in a grid that share the range of their x axes. */
export function layGrid(
  parts: {
    readonly title: string;
    readonly subtitle: string;
    readonly xTitle: string;
    readonly xRange: readonly [number, number];
    readonly space: GridSpace;
  },
  cells: readonly GridCell[],
  panels: readonly GridPanel[],
): { readonly data: readonly Trace[]; readonly layout: Readonly<Record<string, unknown>> } {
  const { space } = parts;
  const rows = Math.ceil(cells.length / 2);
  const axes = cells.map((cell, i) => {
    const last = i + 2 >= cells.length;
    const xaxis = axisOf(last ? parts.xTitle : '', {
      domain: cell.domain,
      anchor: cell.y,
      range: parts.xRange,
      tickformat: 'd',
      ...(parts.xRange[1] < 11 ? { dtick: parts.xRange[1] < 6 ? 1 : 2 } : { nticks: 5 }),
    });
    return { xaxis, yaxis: axisOf('', { domain: cell.upright, anchor: cell.x, ...panels[i].yaxis }) };
  });
  const named = axes.slice(1).flatMap(({ xaxis, yaxis }, i) => [
    [`xaxis${i + 2}`, xaxis],
    [`yaxis${i + 2}`, yaxis],
  ]);
  const titles = cells.map((cell, i) => ({
    ...{ xref: 'paper', yref: 'paper', x: cell.domain[0], y: cell.upright[1], xanchor: 'left' },
    ...{ yanchor: 'bottom', yshift: 4, showarrow: false, text: `<b>${panels[i].title}</b>` },
  }));
  const [first] = axes;
  return {
    data: panels.flatMap(({ data }) => data),
    layout: layoutOf({
      title: parts.title,
      subtitle: parts.subtitle,
      xTitle: '',
      yTitle: '',
      xaxis: first?.xaxis ?? { visible: false },
      yaxis: first?.yaxis ?? { visible: false },
      axes: Object.fromEntries(named) as Record<string, Record<string, unknown>>,
      height: rows * space.height + (rows - 1) * ROW_GAP + BOTTOM,
      headRoom: 14,
      leftMargin: space.left,
      rightMargin: space.right,
      bottomMargin: BOTTOM,
      shapes: panels.flatMap(({ shapes }) => shapes),
      annotations: [...titles, ...panels.flatMap(({ annotations }) => annotations)],
    }),
  };
}
