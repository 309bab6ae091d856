import type { Trace } from './figure';

/** A name at the end of a line. */
export interface LineEnd {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly colour: string;
}

const PLOT_HEIGHT = 280;
const LINE_HEIGHT = 16;

/** The range of y that all lines, bands and goals fit in, with a margin of a twentieth; undefined when there are none. */
export function rangeOf(data: readonly Trace[], ends: readonly LineEnd[]): [number, number] | undefined {
  const values = [...data.flatMap((trace) => trace.y as number[]), ...ends.map((end) => end.y)];
  const known = values.filter(Number.isFinite);
  if (known.length === 0) return undefined;
  const low = known.reduce((a, b) => Math.min(a, b));
  const high = known.reduce((a, b) => Math.max(a, b));
  const margin = (high - low) / 20 || Math.abs(high) / 20 || 1;
  return [low - margin, high + margin];
}

/** Returns the names as Plotly annotations, pushed apart upwards where they would cover each other. */
export function endLabels(
  ends: readonly LineEnd[],
  range: readonly [number, number] | undefined,
): Record<string, unknown>[] {
  if (!range) return [];
  let taken = -Infinity;
  return [...ends]
    .sort((a, b) => a.y - b.y)
    .map((end) => {
      const at = ((end.y - range[0]) / (range[1] - range[0])) * PLOT_HEIGHT;
      const place = Math.max(at, taken + LINE_HEIGHT);
      taken = place;
      return {
        x: end.x,
        y: end.y,
        xanchor: 'left',
        yanchor: 'middle',
        xshift: 8,
        yshift: Math.round(place - at),
        showarrow: false,
        text: end.text,
        font: { color: end.colour },
      };
    });
}
