import { asResult } from '../core/showable';

/** One Plotly trace as plain JSON. */
export type Trace = Readonly<Record<string, unknown>>;

/** A Plotly figure as plain JSON: `Plotly.newPlot(node, figure.data, figure.layout, figure.config)` draws it. */
export interface Figure {
  readonly kind: 'figure';
  /** The sentence the figure shows; also its alternative text. */
  readonly title: string;
  readonly data: readonly Trace[];
  readonly layout: Readonly<Record<string, unknown>>;
  readonly config: Readonly<Record<string, unknown>>;
}

/** Returns a showable figure from its parts. */
export function figure(
  parts: Omit<Figure, 'kind' | 'config'> & { readonly config?: Figure['config'] },
): Figure {
  return asResult({
    kind: 'figure' as const,
    title: parts.title,
    data: parts.data,
    layout: parts.layout,
    config: parts.config ?? { responsive: true, displaylogo: false },
  });
}
