import { currentHost } from '../../core/host';
import { onProgress } from '../../core/progress';
import { otherNotebook } from '../display/other-notebook';
import { notebookProgress } from './notebook-progress';
import { isQuiet } from './is-quiet';
import { progressLine } from './progress-line';

/** Milliseconds between two pictures of one piece of work: five a second at most. */
const INTERVAL = 200;
/** Share of the time of a piece of work that may go into its pictures. */
const BUDGET = 0.02;

/** What the pictures of one piece of work have cost, in milliseconds. */
interface Shown {
  readonly begun: number;
  /** Whether one was drawn since the start, when the last one was done, and what it took. */
  drawn: boolean;
  last: number;
  cost: number;
  spent: number;
}
const KEY = Symbol.for('hunch.live');
type Holder = { [KEY]?: () => void };

/**
 * Shows the progress of all work in this process: the learning curve of a training in a notebook, a line of words
 * in a terminal, nothing where the output is not a terminal. The first and last report are always shown, those
 * between at most five times a second, and so seldom that all of them take about 2 % of the time. Once a process,
 * however often it is called.
 *
 * @returns a function that takes it away
 */
export function installLiveView(): () => void {
  const holder = globalThis as Holder;
  if (holder[KEY]) return holder[KEY];
  const shown = new Map<number, Shown>();
  const stop = onProgress((event) => {
    if (isQuiet(event)) return;
    const now = performance.now();
    const own = shown.get(event.task) ?? { begun: now, drawn: false, last: -Infinity, cost: 0, spent: 0 };
    // This picture and the last one are still to be paid.
    const dear = own.spent + 2 * own.cost > BUDGET * (now - own.begun);
    const early = now - own.last < INTERVAL || (own.cost > 0 && dear);
    if (event.phase === 'update' && early) return;
    if (event.phase === 'end') shown.delete(event.task);
    else shown.set(event.task, own);
    const host = currentHost() ?? otherNotebook();
    if (host) notebookProgress(host, event);
    else if (process.stderr.isTTY) {
      const end = event.phase === 'end' ? '\n' : '';
      process.stderr.write(`\r\u001b[K${progressLine(event, process.stderr.columns)}${end}`);
    }
    const first = !own.drawn;
    own.drawn = event.phase !== 'start';
    own.last = performance.now();
    // With the first picture comes what is done once: code is loaded, the data are summed up.
    if (first) return;
    own.cost = own.last - now;
    own.spent += own.cost;
  });
  const remove = (): void => {
    stop();
    delete holder[KEY];
  };
  holder[KEY] = remove;
  return remove;
}
