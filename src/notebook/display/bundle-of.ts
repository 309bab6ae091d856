import { inspect } from 'node:util';
import type { MimeBundle } from '../../core/mime';
import type { Figure } from '../../figures/figure';
import { figureHtml } from './figure-html';
import { figurePng, type DrawnFigure } from './figure-png';
import { figuresOf } from './view';
import { viewHtml } from './view-html';
import { viewOf } from './view-of';
import { viewText } from './view-text';

export const PLOTLY_MIME = 'application/vnd.plotly.v1+json';

/** Options of {@link bundleOf}. */
export interface BundleOptions {
  /** Draw figures as pictures too; defaults to true. */
  readonly png?: boolean;
}

/**
 * Returns what a front end needs to show a result: plain words always, HTML, and for figures the interactive form and
 * a picture. A picture that cannot be drawn is left out and a note says so; it never throws for that.
 *
 * @param result a result of the library, or any object
 * @param options whether to draw pictures
 */
export async function bundleOf(result: object, options: BundleOptions = {}): Promise<MimeBundle> {
  const view = viewOf(result);
  if (!view) return { 'text/plain': textOf(result) };
  const drawn = new Map<Figure, DrawnFigure>();
  if (options.png !== false) {
    const figures = figuresOf(view);
    const pictures = await Promise.all(figures.map((figure) => figurePng(figure)));
    figures.forEach((figure, i) => drawn.set(figure, pictures[i]));
  }
  const failed = [...drawn.values()].find(({ warning }) => warning)?.warning;
  const noted = failed ? { ...view, warnings: [...(view.warnings ?? []), failed] } : view;
  const pngOf = (figure: Figure): string | undefined => drawn.get(figure)?.png;
  const png = view.figure && pngOf(view.figure);
  const bundle: MimeBundle = { 'text/plain': viewText(noted) };
  if ((result as { kind?: unknown }).kind === 'figure') {
    const { data, layout, config } = result as Figure;
    bundle[PLOTLY_MIME] = { data, layout, config };
    bundle['text/html'] = figureHtml(result as Figure, png === undefined ? {} : { png });
  } else {
    bundle['text/html'] = viewHtml(noted, pngOf);
  }
  if (png !== undefined) bundle['image/png'] = png;
  return bundle;
}

/** Returns a result in plain words, for a terminal. */
export function textOf(result: object): string {
  const view = viewOf(result);
  return view ? viewText(view) : inspect({ ...result });
}
