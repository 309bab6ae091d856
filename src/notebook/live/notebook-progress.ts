import type { Baselines } from '../../build/baselines/types';
import type { RunLog } from '../../build/types';
import type { NotebookHost } from '../../core/host';
import type { MimeBundle } from '../../core/mime';
import type { ProgressEvent } from '../../core/progress';
import { figure, type Figure } from '../../figures/figure';
import { learningCurve } from '../../figures/learning-curve';
import { PLOTLY_MIME } from '../display/bundle-of';
import { figureHtml } from '../display/figure-html';
import { figurePng } from '../display/figure-png';
import { escapeHtml } from '../display/html';
import { viewHtml } from '../display/view-html';
import { baselinesView } from '../display/views/baselines-view';
import { progressLine } from './progress-line';

const MOST_EPOCHS = 500;

/** The log with at most 500 epochs, evenly taken, the first and last among them. */
export function thinnedLog(log: RunLog): RunLog {
  const { epochs } = log;
  if (epochs.length <= MOST_EPOCHS) return log;
  const step = (epochs.length - 1) / (MOST_EPOCHS - 1);
  return { ...log, epochs: Array.from({ length: MOST_EPOCHS }, (_, i) => epochs[Math.round(i * step)]) };
}

/** What the work has come to so far, as it tells it itself. */
function snapshotOf(event: ProgressEvent): RunLog | Baselines | undefined {
  const { snapshot } = (event.detail ?? {}) as { snapshot?: () => RunLog | Baselines };
  return typeof snapshot === 'function' ? snapshot() : undefined;
}

/** The table of a ladder that grows; its picture comes with the result. */
function tableOf(ladder: Baselines, event: ProgressEvent, words: string): MimeBundle {
  const view = viewHtml({ ...baselinesView(ladder), figure: undefined });
  return { 'text/plain': words, 'text/html': lineHtml(event, words) + view };
}

function curveOf(log: RunLog, event: ProgressEvent, words: string): Figure | undefined {
  if (log.epochs.length === 0) return undefined;
  const curve = learningCurve(thinnedLog(log));
  return event.phase === 'end' ? curve : figure({ ...curve, title: `${words} — ${curve.title}` });
}

function lineHtml(event: ProgressEvent, words: string): string {
  const most = event.total ?? event.done;
  const share = most > 0 ? Math.round((100 * event.done) / most) : 0;
  return `<div role="progressbar" aria-valuenow="${share}" style="color:inherit"><div style="height:6px;max-width:360px;background:rgba(128,128,128,.25)"><div style="height:6px;width:${share}%;background:#0072B2"></div></div>${escapeHtml(words)}</div>`;
}

/** Shows one report in a notebook: the first makes the output of this piece of work, later ones replace it. Never throws. */
export function notebookProgress(host: NotebookHost, event: ProgressEvent): void {
  const words = progressLine(event, 200);
  const options = {
    displayId: `hunch-progress-${process.pid}-${event.task}`,
    update: event.phase !== 'start',
  };
  const send = (bundle: MimeBundle): void => {
    try {
      host.publish(bundle, options);
    } catch {
      // Showing never fails the work that is shown.
    }
  };
  const state = snapshotOf(event);
  if (state?.kind === 'baselines' && state.rows.length > 0) return send(tableOf(state, event, words));
  const curve = state?.kind === 'run-log' ? curveOf(state, event, words) : undefined;
  if (!curve) {
    send({ 'text/plain': words, 'text/html': lineHtml(event, words) });
    return;
  }
  const { data, layout, config } = curve;
  const bundle: MimeBundle = { 'text/plain': words, [PLOTLY_MIME]: { data, layout, config } };
  const html = (png?: string): string =>
    lineHtml(event, words) + figureHtml(curve, png === undefined ? {} : { png });
  send({ ...bundle, 'text/html': html() });
  if (event.phase !== 'end') return;
  const picture = figurePng(curve).then(({ png }) => {
    if (png !== undefined) send({ ...bundle, 'text/html': html(png), 'image/png': png });
  });
  host.awaitBeforeIdle?.(picture);
}
