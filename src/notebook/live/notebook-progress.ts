import type { Baselines } from '../../build/baselines/types';
import type { NotebookHost } from '../../core/host';
import type { MimeBundle } from '../../core/mime';
import type { ProgressEvent } from '../../core/progress';
import type { CurveSubject } from '../../figures/curve-groups';
import type { Figure } from '../../figures/figure';
import { escapeHtml } from '../display/html';
import { progressLine } from './progress-line';

/** What a training says beside its progress. */
interface TrainingDetail {
  readonly live?: boolean | 'layers';
  /** What there is so far. */
  readonly snapshot?: () => CurveSubject | Baselines;
}

/** What draws is loaded with the first picture, not before the first step of a training. */
const pictures = (): typeof import('./progress-pictures') =>
  require('./progress-pictures') as typeof import('./progress-pictures');

const detailOf = ({ detail }: ProgressEvent): TrainingDetail => (detail ?? {}) as TrainingDetail;

/** What the work has come to so far. It is not asked before the first step of a training, which would wait. */
function snapshotOf(event: ProgressEvent): CurveSubject | Baselines | undefined {
  const { snapshot } = detailOf(event);
  return event.phase === 'start' || typeof snapshot !== 'function' ? undefined : snapshot();
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
    const { pictured, figurePng } = pictures();
    const { bundle, html } = pictured(drawn, words, before);
    publish(bundle, place, update);
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
    publish({ 'text/plain': words, 'text/html': line + pictures().ladderHtml(state) }, '', update);
    return;
  }
  const subject = state && drawable(state);
  if (!subject) {
    publish({ 'text/plain': words, 'text/html': line }, '', update);
  } else {
    show(pictures().curveOf(subject, ended ? undefined : words), line, '', update);
  }
  if (detailOf(event).live !== 'layers') return;
  const inside = '-layers';
  if (event.phase === 'start') publish({ 'text/plain': '', 'text/html': '' }, inside, false);
  else if (subject) show(pictures().layersOf(subject), '', inside, true);
}
