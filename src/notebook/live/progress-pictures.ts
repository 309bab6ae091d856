import type { Baselines } from '../../build/baselines/types';
import type { MimeBundle } from '../../core/mime';
import type { CurveSubject } from '../../figures/curve-groups';
import { figure, type Figure } from '../../figures/figure';
import { layers } from '../../figures/layers';
import { learningCurve } from '../../figures/learning-curve';
import { PLOTLY_MIME } from '../display/bundle-of';
import { figureHtml } from '../display/figure-html';
import { viewHtml } from '../display/view-html';
import { baselinesView } from '../display/views/baselines-view';

export { figurePng } from '../display/figure-png';

/** The figure of a piece of work for a front end; `html` puts its picture in, where there is one. */
interface Pictured {
  readonly bundle: MimeBundle;
  html(png?: string): string;
}

/** Returns the table of a ladder that grows; its picture comes with the result. */
export function ladderHtml(ladder: Baselines): string {
  return ladder.rows.length === 0 ? '' : viewHtml({ ...baselinesView(ladder), figure: undefined });
}

/** Returns the learning curve of a training, with words before its title while it goes on. */
export function curveOf(subject: CurveSubject, words?: string): Figure {
  const curve = learningCurve(subject);
  return words === undefined ? curve : figure({ ...curve, title: `${words} — ${curve.title}` });
}

/** Returns what the layers of a training look like. */
export const layersOf = (subject: CurveSubject): Figure => layers(subject);

/** Returns a figure as a front end needs it, below a piece of HTML. */
export function pictured(drawn: Figure, words: string, before: string): Pictured {
  const { data, layout, config } = drawn;
  const html = (png?: string): string => before + figureHtml(drawn, png === undefined ? {} : { png });
  const plain: MimeBundle = { 'text/plain': words, [PLOTLY_MIME]: { data, layout, config } };
  return { bundle: { ...plain, 'text/html': html() }, html };
}
