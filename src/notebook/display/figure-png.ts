import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Warning } from '../../core/warning';
import type { Figure } from '../../figures/figure';
import type { DrawAnswer } from './png-worker';

/** A figure as a picture in base64, or the warning that says why there is none. */
export interface DrawnFigure {
  readonly png?: string;
  readonly warning?: Warning;
}

/** Options of {@link figurePng}. */
export interface FigurePngOptions {
  /** Milliseconds to wait for the picture; defaults to 20,000. */
  readonly timeout?: number;
}

const IDLE = 30_000;
const waiting = new Map<number, (answer: DrawAnswer) => void>();
let worker: Worker | undefined;
let idle: NodeJS.Timeout | undefined;
let requests = 0;

function close(reason: string): void {
  const closed = worker;
  worker = undefined;
  clearTimeout(idle);
  for (const [id, settle] of [...waiting]) settle({ id, error: reason });
  void closed?.terminate();
}

function start(): Worker {
  const made = new Worker(join(__dirname, 'png-worker.js'), { execArgv: [] });
  made.on('message', (answer: DrawAnswer) => waiting.get(answer.id)?.(answer));
  made.on('error', (error) => worker === made && close(error.message));
  made.on('exit', () => worker === made && close('the drawing thread ended'));
  made.unref();
  return made;
}

/** Keeps the process alive while a picture is awaited, and closes the thread when it was idle for long. */
function rest(): void {
  clearTimeout(idle);
  if (waiting.size > 0) {
    worker?.ref();
    return;
  }
  worker?.unref();
  idle = setTimeout(() => close('idle'), IDLE);
  idle.unref();
}

/**
 * Returns a figure as a PNG picture of twice its size, drawn in one background thread that starts at the first call.
 * Never throws: where the picture cannot be drawn, or not in time, the result holds a warning instead.
 *
 * @param figure a Plotly figure
 * @param options how long to wait
 */
export function figurePng(figure: Figure, options: FigurePngOptions = {}): Promise<DrawnFigure> {
  const { timeout = 20_000 } = options;
  return new Promise((resolve) => {
    const id = ++requests;
    let timer: NodeJS.Timeout | undefined;
    const settle = ({ png, error }: DrawAnswer): void => {
      clearTimeout(timer);
      waiting.delete(id);
      rest();
      const message = `The figure could not be drawn as a picture: ${(error ?? 'unknown').replace(/[.]+$/, '')}.`;
      resolve(png === undefined ? { warning: { code: 'no-picture', message, count: 1 } } : { png });
    };
    waiting.set(id, settle);
    try {
      worker ??= start();
      rest();
      timer = setTimeout(() => close(`it took longer than ${timeout / 1000} s`), timeout);
      const { data, layout } = JSON.parse(JSON.stringify(figure)) as Figure;
      worker.postMessage({ id, data, layout });
    } catch (error) {
      settle({ id, error: error instanceof Error ? error.message : String(error) });
    }
  });
}
