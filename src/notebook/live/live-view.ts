import { currentHost } from '../../core/host';
import { onProgress, type ProgressEvent } from '../../core/progress';
import { otherNotebook } from '../display/other-notebook';
import { notebookProgress } from './notebook-progress';
import { progressLine } from './progress-line';

/** Milliseconds between two pictures of one piece of work: five a second at most. */
const INTERVAL = 200;
const KEY = Symbol.for('hunch.live');
type Holder = { [KEY]?: () => void };

function isQuiet(event: ProgressEvent): boolean {
  return (event.detail as { live?: unknown } | undefined)?.live === false;
}

/**
 * Shows the progress of all work in this process: the learning curve of a training in a notebook, a line of words
 * in a terminal, nothing where the output is not a terminal. The first and last report are always shown, those
 * between at most five times a second. Once a process, however often it is called.
 *
 * @returns a function that takes it away
 */
export function installLiveView(): () => void {
  const holder = globalThis as Holder;
  if (holder[KEY]) return holder[KEY];
  const shown = new Map<number, number>();
  const stop = onProgress((event) => {
    if (isQuiet(event)) return;
    const now = performance.now();
    const last = shown.get(event.task);
    if (event.phase === 'update' && last !== undefined && now - last < INTERVAL) return;
    if (event.phase === 'end') shown.delete(event.task);
    else shown.set(event.task, now);
    const host = currentHost() ?? otherNotebook();
    if (host) notebookProgress(host, event);
    else if (process.stderr.isTTY) {
      const end = event.phase === 'end' ? '\n' : '';
      process.stderr.write(`\r\u001b[K${progressLine(event, process.stderr.columns)}${end}`);
    }
  });
  const remove = (): void => {
    stop();
    delete holder[KEY];
  };
  holder[KEY] = remove;
  return remove;
}
