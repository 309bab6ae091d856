import { inspect } from 'node:util';
import type { MimeBundle } from '../../core/mime';
import type { Figure } from '../../figures/figure';
import { figureHtml } from './figure-html';
import { figurePng } from './figure-png';
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
  const figures = [view.figure, ...(view.folded ?? []).map(({ figure }) => figure)];
  const [drawn, ...folded] = await Promise.all(
    figures.map((figure) => (figure && options.png !== false ? figurePng(figure) : undefined)),
  );
  const png = drawn?.png;
  const noted = drawn?.warning ? { ...view, warnings: [...(view.warnings ?? []), drawn.warning] } : view;
  const bundle: MimeBundle = { 'text/plain': viewText(noted) };
  if ((result as { kind?: unknown }).kind === 'figure') {
    const { data, layout, config } = result as Figure;
    bundle[PLOTLY_MIME] = { data, layout, config };
    bundle['text/html'] = figureHtml(result as Figure, png === undefined ? {} : { png });
  } else {
    bundle['text/html'] = viewHtml(
      noted,
      png,
      folded.map((picture) => picture?.png),
    );
  }
  if (png !== undefined) bundle['image/png'] = png;
  return bundle;
}

/** Returns a result in plain words, for a terminal. */
export function textOf(result: object): string {
  const view = viewOf(result);
  return view ? viewText(view) : inspect({ ...result });
}
