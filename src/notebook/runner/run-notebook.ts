import type { Message } from '../kernel/message';
import { startKernel, type ExecuteResult } from '../client/kernel-client';
import { sourceOf, type Notebook, type NotebookCell } from './notebook';

/** What happens while a notebook runs. */
export type RunEvent =
  | { readonly type: 'start'; readonly cells: number }
  | { readonly type: 'cell'; readonly index: number; readonly cells: number; readonly firstLine: string }
  | { readonly type: 'message'; readonly index: number; readonly message: Message }
  | {
      readonly type: 'done';
      readonly index: number;
      readonly seconds: number;
      readonly result: ExecuteResult;
    };

export interface RunNotebookOptions {
  /** Folder the cells run in; defaults to the process's own. */
  readonly cwd?: string;
  /** Milliseconds a cell may take; defaults to 600,000. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
}

/** The cell that ended a run. */
export interface RunFailure {
  /** Number among the code cells, from 1. */
  readonly cell: number;
  readonly source: string;
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

export interface NotebookRun {
  /** The notebook with the outputs of the cells that ran. */
  readonly notebook: Notebook;
  readonly failure: RunFailure | null;
  readonly seconds: number;
}

const KERNEL = { name: 'hunch', display_name: 'TypeScript (Hunch)', language: 'typescript' };

/** The same cell with new outputs, and an id as format 4.5 asks. */
function withOutputs(cell: NotebookCell, position: number, result: ExecuteResult | undefined): NotebookCell {
  const { outputs, execution_count, ...rest } = cell;
  const base = { ...rest, id: cell.id ?? `cell-${position + 1}`, metadata: cell.metadata ?? {} };
  if (cell.cell_type !== 'code') return base;
  return { ...base, execution_count: result?.executionCount ?? null, outputs: result?.outputs ?? [] };
}

function firstLineOf(source: string): string {
  return (
    source
      .split('\n')
      .find((line) => line.trim() !== '' && !line.startsWith('import '))
      ?.trim() ?? ''
  );
}

/**
 * Runs the code cells of a notebook one after the other in a Hunch kernel of its own and returns it with their outputs. The
 * first error, a timeout or the signal ends the run; what ran until then is in the returned notebook.
 *
 * @throws Error when the kernel cannot be started or is lost
 */
export async function runNotebook(
  notebook: Notebook,
  options: RunNotebookOptions = {},
): Promise<NotebookRun> {
  const { cwd, timeoutMs = 600_000, signal, onEvent = () => undefined } = options;
  const begun = performance.now();
  const kernel = await startKernel(cwd === undefined ? {} : { cwd });
  const stop = (): void => kernel.interrupt();
  signal?.addEventListener('abort', stop);
  const results = new Map<NotebookCell, ExecuteResult>();
  let failure: RunFailure | null = null;
  try {
    const codeCells = notebook.cells.filter((cell) => cell.cell_type === 'code');
    onEvent({ type: 'start', cells: codeCells.length });
    for (const [index, cell] of codeCells.entries()) {
      if (signal?.aborted) break;
      const source = sourceOf(cell);
      onEvent({ type: 'cell', index, cells: codeCells.length, firstLine: firstLineOf(source) });
      const cellBegun = performance.now();
      const result = await kernel.execute(source, {
        timeoutMs,
        onMessage: (message) => onEvent({ type: 'message', index, message }),
      });
      results.set(cell, result);
      onEvent({ type: 'done', index, seconds: (performance.now() - cellBegun) / 1000, result });
      if (result.status === 'ok') continue;
      const { ename, evalue, traceback } = result.error ?? {
        ename: 'Aborted',
        evalue: 'the cell did not run',
        traceback: [],
      };
      failure = { cell: index + 1, source, ename, evalue, traceback };
      break;
    }
    if (signal?.aborted && !failure) {
      failure = {
        cell: results.size,
        source: '',
        ename: 'Interrupted',
        evalue: 'the run was stopped',
        traceback: [],
      };
    }
  } finally {
    signal?.removeEventListener('abort', stop);
    await kernel.shutdown();
  }
  const cells = notebook.cells.map((cell, i) => withOutputs(cell, i, results.get(cell)));
  return {
    notebook: {
      ...notebook,
      cells,
      nbformat_minor: Math.max(5, notebook.nbformat_minor ?? 5),
      metadata: { ...notebook.metadata, kernelspec: KERNEL },
    },
    failure,
    seconds: (performance.now() - begun) / 1000,
  };
}
