/** A name at the end of a line. */
export interface LineEnd {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly colour: string;
}

/** Where labels stand. */
export interface LabelPlace {
  /** What the y axis shows, bottom and top. */
  readonly range: readonly [number, number];
  /** Pixels of the y axis. */
  readonly height: number;
  /** Axes that x and y belong to; default to `x` and `y`. */
  readonly xref?: string;
  readonly yref?: string;
}

const LINE_HEIGHT = 16;

/** The range that all values fit in, with a margin of a twentieth; undefined when none is finite. */
export function rangeOf(values: Iterable<number>): [number, number] | undefined {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) return undefined;
  const margin = (high - low) / 20 || Math.abs(high) / 20 || 1;
  return [low - margin, high + margin];
}

/**
 * Returns the names as Plotly annotations, pushed apart where they would cover each other: upwards, and down again from
 * the top where there is no more room.
 */
export function endLabels(ends: readonly LineEnd[], place: LabelPlace): Record<string, unknown>[] {
  const { range, height, xref = 'x', yref = 'y' } = place;
  const sorted = [...ends].sort((a, b) => a.y - b.y);
  const at = sorted.map(({ y }) => ((y - range[0]) / (range[1] - range[0])) * height);
  const put = [...at];
  put.forEach((_, i) => {
    if (i > 0) put[i] = Math.max(put[i], put[i - 1] + LINE_HEIGHT);
  });
  for (let i = put.length - 1, top = height; i >= 0; i--, top = put[i + 1] - LINE_HEIGHT) {
    if (put[i] > top) put[i] = Math.max(top, i * LINE_HEIGHT);
  }
  return sorted.map((end, i) => ({
    xref,
    yref,
    x: end.x,
    y: end.y,
    xanchor: 'left',
    yanchor: 'middle',
    xshift: 8,
    yshift: Math.round(put[i] - at[i]),
    showarrow: false,
    text: end.text,
    font: { color: end.colour },
  }));
}
