import { startKernel, type ExecuteResult } from '../client/kernel-client';
import { wholeText, type Notebook } from './notebook';
import { progressText } from './progress-text';
import { runnableNotebook } from './runnable-notebook';

/** What happens while a notebook runs; `cell` counts the code cells from 1. */
export type RunEvent =
  | { readonly type: 'start'; readonly cell: number; readonly cells: number; readonly source: string }
  | { readonly type: 'progress'; readonly cell: number; readonly text: string }
  | {
      readonly type: 'end';
      readonly cell: number;
      readonly cells: number;
      readonly source: string;
      readonly seconds: number;
      readonly status: ExecuteResult['status'];
    };

export interface RunNotebookOptions {
  /** Folder the cells run in; defaults to the process's own. */
  readonly cwd?: string;
  /** Seconds a cell may take; defaults to 600. */
  readonly timeout?: number;
  /** Stops the running cell and ends the run. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
}

/** The cell that ended a run. */
export interface RunFailure {
  /** Number among the code cells, from 1. */
  readonly cell: number;
  /** Number among all cells, from 1. */
  readonly position: number;
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

/** What a run left. */
export interface NotebookRun {
  /** The notebook with the outputs of the cells that ran. */
  readonly notebook: Notebook;
  readonly failure: RunFailure | null;
  /** The signal ended it. */
  readonly stopped: boolean;
  /** Code cells that ended without an error. */
  readonly done: number;
}

/**
 * Runs the code cells of a notebook one after the other in a Hunch kernel of its own and returns it with their outputs. The
 * first error, a timeout or the signal ends the run; what ran until then is in the returned notebook.
 *
 * @throws Error when the kernel cannot be started or is lost
 */
export async function runNotebook(source: Notebook, options: RunNotebookOptions = {}): Promise<NotebookRun> {
  const { cwd, timeout = 600, signal, onEvent = () => undefined } = options;
  const notebook = runnableNotebook(source);
  const codeCells = notebook.cells.flatMap((cell, i) =>
    cell.cell_type === 'code' ? [{ cell, position: i }] : [],
  );
  const cells = codeCells.length;
  const results = new Map<number, ExecuteResult>();
  const kernel = await startKernel(cwd === undefined ? {} : { cwd });
  const stop = (): void => kernel.interrupt();
  signal?.addEventListener('abort', stop);
  let failure: RunFailure | null = null;
  let done = 0;
  try {
    for (const [index, { cell: code, position }] of codeCells.entries()) {
      if (signal?.aborted || failure) break;
      const cell = index + 1;
      const text = wholeText(code.source);
      const begun = performance.now();
      onEvent({ type: 'start', cell, cells, source: text });
      const result = await kernel.execute(text, {
        timeoutMs: timeout * 1000,
        onMessage: (message) => {
          const words = progressText(message);
          if (words !== undefined) onEvent({ type: 'progress', cell, text: words });
        },
      });
      results.set(position, result);
      const { status, error } = result;
      onEvent({
        type: 'end',
        cell,
        cells,
        source: text,
        seconds: (performance.now() - begun) / 1000,
        status,
      });
      if (status === 'ok') done++;
      else {
        const { ename = 'Aborted', evalue = 'the cell did not run', traceback = [] } = error ?? {};
        failure = { cell, position: position + 1, ename, evalue, traceback };
      }
    }
  } finally {
    signal?.removeEventListener('abort', stop);
    await kernel.shutdown();
  }
  const executed = notebook.cells.map((cell, i) => {
    const result = results.get(i);
    return result ? { ...cell, execution_count: result.executionCount, outputs: [...result.outputs] } : cell;
  });
  return { notebook: { ...notebook, cells: executed }, failure, stopped: signal?.aborted ?? false, done };
}
