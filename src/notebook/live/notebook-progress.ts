import type { Baselines } from '../../build/baselines/types';
import type { NotebookHost } from '../../core/host';
import type { MimeBundle } from '../../core/mime';
import type { ProgressEvent } from '../../core/progress';
import type { CurveSubject } from '../../figures/curve-groups';
import { figure, type Figure } from '../../figures/figure';
import { layers } from '../../figures/layers';
import { learningCurve } from '../../figures/learning-curve';
import { PLOTLY_MIME } from '../display/bundle-of';
import { figureHtml } from '../display/figure-html';
import { figurePng } from '../display/figure-png';
import { escapeHtml } from '../display/html';
import { viewHtml } from '../display/view-html';
import { baselinesView } from '../display/views/baselines-view';
import { progressLine } from './progress-line';

/** What a training says beside its progress. */
interface TrainingDetail {
  readonly live?: boolean | 'layers';
  /** What there is so far. */
  readonly snapshot?: () => CurveSubject | Baselines;
}

const detailOf = ({ detail }: ProgressEvent): TrainingDetail => (detail ?? {}) as TrainingDetail;

/** What the work has come to so far. It is not asked before the first step of a training, which would wait. */
function snapshotOf(event: ProgressEvent): CurveSubject | Baselines | undefined {
  const { snapshot } = detailOf(event);
  return event.phase === 'start' || typeof snapshot !== 'function' ? undefined : snapshot();
}

/** The table of a ladder that grows; its picture comes with the result. */
function ladderHtml(ladder: Baselines): string {
  return ladder.rows.length === 0 ? '' : viewHtml({ ...baselinesView(ladder), figure: undefined });
}

/** What there is to draw of a training: nothing before its second step. */
function drawable(subject: CurveSubject): CurveSubject | undefined {
  const logs = subject.kind === 'runs' ? subject.logs : [subject.kind === 'run' ? subject.log : subject];
  return logs.some(({ epochs, steps }) => epochs.length > 0 || steps.loss.length > 1) ? subject : undefined;
}

function lineHtml(event: ProgressEvent, words: string): string {
  const { part } = event;
  const most = event.total ?? event.done;
  const far = event.done + (part && part.total > 0 ? part.done / part.total : 0);
  const share = most > 0 ? Math.min(100, Math.round((100 * far) / most)) : 0;
  return `<div role="progressbar" aria-valuenow="${share}" style="color:inherit"><div style="height:6px;max-width:360px;background:rgba(128,128,128,.25)"><div style="height:6px;width:${share}%;background:#0072B2"></div></div>${escapeHtml(words)}</div>`;
}

/** Shows one report in a notebook: the first makes the output of this piece of work, later ones replace it. Never throws. */
export function notebookProgress(host: NotebookHost, event: ProgressEvent): void {
  const words = progressLine(event, 200);
  const ended = event.phase === 'end';
  const publish = (bundle: MimeBundle, place: string, update: boolean): void => {
    try {
      host.publish(bundle, { displayId: `hunch-progress-${process.pid}-${event.task}${place}`, update });
    } catch {
      // Showing never fails the work that is shown.
    }
  };
  const show = (drawn: Figure, before: string, place: string, update: boolean): void => {
    const { data, layout, config } = drawn;
    const bundle: MimeBundle = { 'text/plain': words, [PLOTLY_MIME]: { data, layout, config } };
    const html = (png?: string): string => before + figureHtml(drawn, png === undefined ? {} : { png });
    publish({ ...bundle, 'text/html': html() }, place, update);
    if (!ended) return;
    // The picture is ordered once the work is over: it is none of its time.
    const over = new Promise((resolve) => setImmediate(resolve));
    const picture = over
      .then(() => figurePng(drawn))
      .then(({ png }) => {
        if (png !== undefined) publish({ ...bundle, 'text/html': html(png), 'image/png': png }, place, true);
      });
    host.awaitBeforeIdle?.(picture);
  };
  const state = snapshotOf(event);
  const update = event.phase !== 'start';
  const line = lineHtml(event, words);
  if (state?.kind === 'baselines') {
    publish({ 'text/plain': words, 'text/html': line + ladderHtml(state) }, '', update);
    return;
  }
  const subject = state && drawable(state);
  if (!subject) {
    publish({ 'text/plain': words, 'text/html': line }, '', update);
  } else {
    const curve = learningCurve(subject);
    show(ended ? curve : figure({ ...curve, title: `${words} — ${curve.title}` }), line, '', update);
  }
  if (detailOf(event).live !== 'layers') return;
  const inside = '-layers';
  if (event.phase === 'start') publish({ 'text/plain': '', 'text/html': '' }, inside, false);
  else if (subject) show(layers(subject), '', inside, true);
}
